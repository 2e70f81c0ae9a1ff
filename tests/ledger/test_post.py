"""Posting: money moves once, balanced, and never below nothing."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from ledger.actions import AccountName, Draft, Move, UnableToPost, open_accounts, open_book, post, post_many
from ledger.models import AccountKind, Entry
from ledger.queries import balance_pence

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 4)


def make_purse() -> tuple[UUID, UUID, UUID]:
    """A book with the council's funding and one budget."""
    book = open_book(name="Testshire")
    funding = AccountName(AccountKind.FUNDING, uuid4(), "council")
    budget = AccountName(AccountKind.BUDGET, uuid4(), "council")
    ids = open_accounts(book_id=book.pk, names=[funding, budget])
    return book.pk, ids[funding], ids[budget]


def allocate(book: UUID, source: UUID, target: UUID, pence: int, key: str = "allocate:1") -> Draft:
    return Draft(
        key=key, kind="allocate", effective_date=MAY, reason="Budget agreed", moves=[Move(source, target, pence)]
    )


def test_moves_money_once_however_often_it_is_asked() -> None:
    book, funding, budget = make_purse()
    first = post(book_id=book, draft=allocate(book, funding, budget, 500_00), by="user:1")
    again = post(book_id=book, draft=allocate(book, funding, budget, 500_00), by="user:1")
    assert first.is_first and not again.is_first and first.entry_id == again.entry_id
    assert balance_pence(account_id=budget) == 500_00
    assert balance_pence(account_id=funding) == -500_00


def test_refuses_the_same_key_with_another_body() -> None:
    book, funding, budget = make_purse()
    post(book_id=book, draft=allocate(book, funding, budget, 500_00), by="user:1")
    with pytest.raises(UnableToPost, match="says something else"):
        post(book_id=book, draft=allocate(book, funding, budget, 500_01), by="user:1")


def test_refuses_to_overdraw_and_moves_nothing() -> None:
    book, funding, budget = make_purse()
    pool = AccountName(AccountKind.POOL_SHARE, uuid4(), "council")
    share = open_accounts(book_id=book, names=[pool])[pool]
    drafts = [
        allocate(book, funding, budget, 100),
        Draft(key="p:1", kind="pledge", effective_date=MAY, reason="Pledge", moves=[Move(budget, share, 101)]),
    ]
    with pytest.raises(UnableToPost, match="not enough money"):
        post_many(book_id=book, drafts=drafts, by="user:1")
    assert Entry.objects.count() == 0
    assert balance_pence(account_id=budget) == 0


def test_refuses_a_move_its_kind_may_not_make() -> None:
    book, funding, budget = make_purse()
    draft = Draft(key="x", kind="pay", effective_date=MAY, reason="x", moves=[Move(funding, budget, 1)])
    with pytest.raises(UnableToPost, match="cannot move money between"):
        post(book_id=book, draft=draft, by="user:1")
