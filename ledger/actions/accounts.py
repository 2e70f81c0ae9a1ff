"""Opening books and accounts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from ledger import rules
from ledger.models import Account, Book
from ledger.models.account import GUARDED_KINDS
from ledger.queries import already_open, hold_door, open_from


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


def open_accounts(*, book_id: UUID, names: Iterable[AccountName]) -> dict[AccountName, UUID]:
    """
    Make sure these accounts are open and give their ids. Opening one twice changes nothing.

    Guarded kinds start with a balance of nothing, the others carry none.
    """
    ids = {name: name.id_in(book_id) for name in names}
    there = already_open(account_ids=ids.values())
    if missing := {name: account_id for name, account_id in ids.items() if account_id not in there}:
        _open(book_id, missing)
    return ids


@transaction.atomic
def _open(book_id: UUID, ids: Mapping[AccountName, UUID]) -> None:
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
        ignore_conflicts=True,  # somebody else may open them at the same moment
    )


def hold_open(*, book_id: UUID) -> date | None:
    """
    Keep a book from closing until this transaction ends, and give its first open day (none: all are open).

    So that a date chosen now is still open when it is posted.
    """
    hold_door(book_id=book_id)
    return open_from(book_id=book_id)
