"""
The report as one CSV file: a table for each part, its name in the first column.

Filter the first column for one part and its first row is the heading. Money stands twice: whole pence for
programs, pounds for people. Text that a spreadsheet would take for a formula is marked as text.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

from people.rules import safe_text
from reports.rules.commissioning import CommissioningReport
from reports.rules.months import in_url
from reports.rules.sections import sections_of
from reports.rules.tables import Column, Kind, Row, Section, Table, Unsaid, Value, plain_number


def csv_of(report: CommissioningReport) -> str:
    """Write a whole report as CSV (UTF-8, comma, CRLF as RFC 4180 has it)."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerows(_about(report))
    for section in sections_of(report):
        writer.writerows(_section_rows(section))
    return written.getvalue()


def _about(report: CommissioningReport) -> Iterator[list[str]]:
    """Say first whose report it is, of which month, and how far it is proved."""
    subject = report.subject
    yield ["report", "council", "name", "cluster", "cluster_name", "month", "standing", "made_on"]
    names = (subject.council_code, subject.council_name, subject.cluster_ref, subject.cluster_name)
    dates = [in_url(subject.month), report.standing.value, subject.made_on.isoformat()]
    yield ["report", *(safe_text(name) for name in names), *dates]


def _section_rows(section: Section) -> Iterator[list[str]]:
    for words in section.words:
        yield [section.key, "note", safe_text(words)]
    if section.table is not None and section.table.rows:
        yield from _table_rows(section.key, section.table)
    elif section.nothing:
        yield [section.key, "note", section.nothing]


def _table_rows(key: str, table: Table) -> Iterator[list[str]]:
    yield [key, *(heading for column in table.columns for heading in _headings(column))]
    for row in table.rows:
        yield [key, *_cells(table.columns, row)]
    if table.total is not None:
        yield [key, *_cells(table.columns, table.total)]


def _headings(column: Column) -> list[str]:
    if column.kind == Kind.PENCE:
        return [f"{column.label} (pence)", f"{column.label} (pounds)"]
    return [column.label]


def _cells(columns: Iterable[Column], row: Row) -> list[str]:
    return [cell for column, value in zip(columns, row, strict=True) for cell in _cell(column, value)]


def _cell(column: Column, value: Value) -> list[str]:
    """Write one value; money twice."""
    if column.kind == Kind.PENCE:
        if isinstance(value, int):
            sign, (pounds, odd) = "-" if value < 0 else "", divmod(abs(value), 100)
            return [str(value), f"{sign}{pounds}.{odd:02d}"]
        return [str(value), str(value)]
    if isinstance(value, Unsaid):
        return [str(value)]
    if isinstance(value, Decimal):
        return [plain_number(value)]
    return [
        value.isoformat()
        if isinstance(value, date)
        else safe_text(str(value))
        if isinstance(value, str)
        else str(value)
    ]
