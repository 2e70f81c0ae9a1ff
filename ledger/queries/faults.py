"""Proving the books from their rows: every account, entry, transfer, period and closing balance."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from ledger.models import Account, Entry, Period, Transfer
from ledger.queries.statements import sql_of

CHECKS = ("books", "accounts", "entries", "transfers", "periods", "closing_balances")
FETCHED_AT_ONCE = 500


class Fault(NamedTuple):
    """A row that is not as it should be: where it is, what is wrong with it, what it should say and what it says."""

    table: str
    row_id: UUID
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.table} {self.row_id} {self.what}: expected {self.expected}, found {self.found}"


class Proven(NamedTuple):
    """How much was looked at."""

    accounts: int
    entries: int
    transfers: int
    periods: int


def faults(*, book_id: UUID | None = None) -> Iterator[Fault]:
    """
    Work everything in a book out again from its rows and give the rows that are wrong; without a book, in all.

    Names and hashes show a row changed by hand, sums show one that was added or taken away; a deleted row is
    told by the row that misses it. A hand that also works out every hash anew is told by the seal of the
    period, where it is closed, as printed on the reports.
    """
    for check in CHECKS:
        yield from find_faults(sql_of(f"faults/{check}.sql"), {"book": book_id})


def find_faults(statement: str, values: Mapping[str, Any]) -> Iterator[Fault]:
    """
    Run one check: a query whose columns are those of `Fault`.

    Rows come a few at a time, so that a book with a million faults needs no more memory than one with none.
    """
    with transaction.atomic(), connection.cursor() as settings:
        # The whole answer is wanted, so it is not to be planned for its first rows; and sums want memory.
        settings.execute("SET LOCAL cursor_tuple_fraction = 1; SET LOCAL work_mem = '64MB'")
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(FETCHED_AT_ONCE):
                yield from (Fault(*row) for row in rows)


def proven(*, book_id: UUID | None = None) -> Proven:
    """Count what `faults` looks at."""
    of_book = {} if book_id is None else {"book": book_id}
    return Proven(
        accounts=Account.objects.filter(**of_book).count(),
        entries=Entry.objects.filter(**of_book).count(),
        transfers=Transfer.objects.filter(**of_book).count(),
        periods=Period.objects.filter(**of_book).count(),
    )
