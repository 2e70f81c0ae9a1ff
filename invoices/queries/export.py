"""A council's figures as files: shares, holds, what is left, and spend by month. Read from the books."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from invoices.queries.shares import shares_of_council
from people.models import Council

SQL = Path(__file__).parents[1] / "sql"
ROWS_AT_A_TIME = 10_000


class ExportFile(NamedTuple):
    """One file of an export: its name, its columns, and its rows, which are read as they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def export_files(*, council: Council) -> Iterator[ExportFile]:
    """
    Give the files of a council's export one after the other, money in pence.

    Take all rows of one before asking for the next. Shares of nothing are left out; a credit is below zero.
    `left.csv` counts free and promised money together; a `spent-` file is there for every month of service with
    accepted lines.
    """
    shares = ("invoice_number", "line_number", "membership_ref", "stream", "share_pence")
    paid = shares_of_council(council_id=council.pk)
    yield ExportFile("shares.csv", shares, (share[:-1] for share in paid if share.pence))
    held = ("invoice_number", "line_number", "reason")
    yield ExportFile("held.csv", held, _rows("export_held.sql", council))
    left = ("membership_ref", "stream", "left_pence")
    yield ExportFile("left.csv", left, _rows("export_left.sql", council))
    for month, rows in groupby(_rows("export_spent.sql", council), key=lambda row: row[0]):
        columns = ("membership_ref", "spent_pence")
        yield ExportFile(f"spent-{month}.csv", columns, (row[1:] for row in rows))


@cache
def _sql(name: str) -> str:
    lines = (SQL / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def _rows(name: str, council: Council) -> Iterator[tuple[Any, ...]]:
    """Run one query, keeping only some of its rows in memory at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_sql(name), {"council": council.pk, "book": council.book_id})
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows
