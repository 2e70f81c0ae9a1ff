"""Opening books and accounts."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from ledger import rules
from ledger.models import Account, Book
from ledger.models.account import GUARDED_KINDS
from ledger.queries import open_from


class AccountName(NamedTuple):
    """What an account is: whose money, from which stream, and what is happening to it."""

    kind: str
    owner_id: UUID
    stream: str
    earmark_id: UUID | None = None

    def id_in(self, book_id: UUID) -> UUID:
        """Give the id the account has in a book, whether or not it is open yet."""
        return rules.account_id(
            book_id=book_id,
            kind=self.kind,
            owner_id=self.owner_id,
            stream=self.stream,
            earmark_id=self.earmark_id,
        )


def open_book(*, name: str) -> Book:
    """Start an empty book for one council."""
    return Book.objects.create(name=name)


@transaction.atomic
def open_accounts(*, book_id: UUID, names: Iterable[AccountName]) -> dict[AccountName, UUID]:
    """
    Make sure these accounts are open and give their ids. Opening one twice changes nothing.

    Guarded kinds start with a balance of nothing, the others carry none.
    """
    ids = {name: name.id_in(book_id) for name in names}
    Account.objects.bulk_create(
        [
            Account(
                id=account_id,
                book_id=book_id,
                kind=name.kind,
                owner_id=name.owner_id,
                stream=name.stream,
                earmark_id=name.earmark_id,
                balance_pence=0 if name.kind in GUARDED_KINDS else None,
                move_count=0,
            )
            for name, account_id in sorted(ids.items(), key=lambda item: item[1])
        ],
        ignore_conflicts=True,
    )
    return ids


def hold_open(*, book_id: UUID) -> date | None:
    """
    Keep a book from closing until this transaction ends, and give its first open day (none: all are open).

    So that a date chosen now is still open when it is posted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(ledger_door(%s))", [book_id])
    return open_from(book_id=book_id)
