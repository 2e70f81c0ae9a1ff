"""Proving all the money: the books themselves, and everything that points into them."""

from collections.abc import Iterator

from ledger.queries import CHECKS as CHECKS_OF_BOOKS
from ledger.queries import Fault, find_faults
from ledger.queries import sql_of as books_sql_of
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
    "payments",
    "bank_statements",
    "direct_payments",
    "entries",
    "counts",
)
OF_THE_BOOKS = "books/"
ALL_CHECKS = (*(f"{OF_THE_BOOKS}{name}" for name in CHECKS_OF_BOOKS), *CHECKS)


def faults(*, council: Council | None = None) -> Iterator[Fault]:
    """
    Work a council's money out again from its rows and name each row that is wrong; without a council, everybody's.

    First the books (`ledger.queries.faults`), then that every budget, pledge, return, commitment, line and payment is
    what its entry moved and what the bank says, and that no entry is without one of them; last, that what was counted
    is as it was written.
    """
    for name in ALL_CHECKS:
        yield from found_by(name, council=council)


def found_by(name: str, *, council: Council | None) -> Iterator[Fault]:
    """Give the rows that one check (of `ALL_CHECKS`) finds wrong; without a council, everybody's."""
    book_id = council.book_id if council else None
    values = {"council": council and council.pk, "book": book_id}
    if name.startswith(OF_THE_BOOKS):
        return find_faults(books_sql_of(f"faults/{name.removeprefix(OF_THE_BOOKS)}.sql"), values)
    return find_faults(sql_of(f"faults/{name}.sql"), values)
