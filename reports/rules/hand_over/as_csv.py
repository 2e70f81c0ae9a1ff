"""
The journal that a council's finance system imports: CSV, a line for each account of an entry.

Money stands twice: pounds with two decimals, as finance systems take it, and whole pence. The side an account is not on
is empty. The debits of every entry equal its credits, so any choice of whole entries balances.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from people.rules import safe_text
from reports.rules.hand_over.entries import JournalEntry, JournalLine

COLUMNS = (
    *("entry_key", "entry_id", "line", "effective_date", "recorded_at", "concerned_date"),
    *("kind", "reason_code", "reason", "reverses"),
    *("account", "account_kind", "stream", "service_code", "cost_centre", "subjective_code", "vat_code"),
    "vat_category",
    *("debit", "credit", "debit_pence", "credit_pence"),
)


def csv_of(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """Write entries as CSV (UTF-8, comma, CRLF as RFC 4180 has it), a piece for each; no text is run as a formula."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for entry in entries:
        for number, line in enumerate(entry.lines, start=1):
            writer.writerow([*_about(entry, number), *_about_line(line)])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()  # the heading, where there is no entry


def _about(entry: JournalEntry, number: int) -> list[str]:
    concerned = entry.concerned_date.isoformat() if entry.concerned_date else ""
    return [
        safe_text(entry.key),
        str(entry.entry_id),
        str(number),
        entry.effective_date.isoformat(),
        entry.recorded,
        concerned,
        entry.kind,
        entry.reason_code,
        safe_text(entry.reason),
        safe_text(entry.reverses),
    ]


def _about_line(line: JournalLine) -> list[str]:
    codes = (
        *(line.stream, line.service_code, line.cost_centre),
        *(line.subjective_code, line.vat_code, line.vat_category),
    )
    pounds, pence = line.pounds.removeprefix("-"), str(line.pence)
    amounts = [pounds, "", pence, ""] if line.is_debit else ["", pounds, "", pence]
    return [line.account, line.account_kind, *(safe_text(code) for code in codes), *amounts]
