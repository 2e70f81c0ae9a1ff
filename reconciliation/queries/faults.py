"""Proving all the money: the books themselves, and everything that points into them."""

from collections.abc import Iterator

from ledger.queries import Fault, find_faults
from ledger.queries import faults as faults_of_books
from people.models import Council
from reconciliation.queries.sql import sql_of

CHECKS = (
    "allocations",
    "pledges",
    "returns",
    "commitments",
    "lines",
    "invoices",
    "documents",
    "entries",
    "counts",
)


def faults(*, council: Council | None = None) -> Iterator[Fault]:
    """
    Work a council's money out again from its rows and name each row that is wrong; without a council, everybody's.

    First the books (`ledger.queries.faults`), then that every budget, pledge, return, commitment and line is what
    its entry moved, and that no entry is without one of them; last, that what was counted is as it was written.
    """
    book_id = council.book_id if council else None
    yield from faults_of_books(book_id=book_id)
    for check in CHECKS:
        yield from find_faults(
            sql_of(f"faults/{check}.sql"), {"council": council and council.pk, "book": book_id}
        )
