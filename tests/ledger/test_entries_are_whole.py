"""An entry and its transfers are one statement, true, and move only what they may. Tried by plain SQL."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions import AccountName, UnableToPost, open_accounts
from ledger.models import AccountKind, Entry
from ledger.queries import balance_pence
from tests.ledger.makers import (
    BOTH,
    ENTRY,
    JUNE,
    MAY,
    TRANSFER,
    Purse,
    by_hand,
    close_may,
    make_entry,
    make_purse,
)

pytestmark = pytest.mark.django_db


def test_writes_by_hand_what_is_right() -> None:
    purse = make_purse()
    by_hand(BOTH, purse)
    assert balance_pence(account_id=purse.budget) == 100


def test_refuses_an_entry_without_transfers() -> None:
    with pytest.raises(IntegrityError, match="has no transfers"):
        by_hand(ENTRY, make_purse())


def test_refuses_a_transfer_before_its_entry() -> None:
    with pytest.raises(IntegrityError, match="written in one statement with its entry"):
        by_hand(TRANSFER, make_purse())


def test_refuses_a_transfer_added_by_a_later_statement_of_the_same_transaction() -> None:
    purse = make_purse()
    entry = by_hand(BOTH, purse)
    bank = AccountName(AccountKind.BUDGET, uuid4(), "council")
    other = open_accounts(book_id=purse.book, names=[bank])[bank]
    with pytest.raises(IntegrityError, match="written in one statement with its entry"):
        by_hand(TRANSFER, purse, entry=entry, target=other)


def test_refuses_a_transfer_added_inside_a_savepoint() -> None:
    purse = make_purse()
    with transaction.atomic():
        entry = by_hand(BOTH, purse)
    other = AccountName(AccountKind.BUDGET, uuid4(), "council")
    target = open_accounts(book_id=purse.book, names=[other])[other]
    with pytest.raises(IntegrityError, match="one statement"), transaction.atomic():
        by_hand(TRANSFER, purse, entry=entry, target=target)


@pytest.mark.django_db(transaction=True)
def test_refuses_a_transfer_added_by_a_later_transaction() -> None:
    purse = make_purse()
    entry = by_hand(BOTH, purse)
    other = AccountName(AccountKind.BUDGET, uuid4(), "council")
    target = open_accounts(book_id=purse.book, names=[other])[other]
    with pytest.raises(IntegrityError, match="one statement"):
        by_hand(TRANSFER, purse, entry=entry, target=target)


def test_refuses_transfers_dated_otherwise_than_their_entry() -> None:
    with pytest.raises(IntegrityError, match="shares its date"):
        by_hand(BOTH, make_purse(), transfer_date=MAY + timedelta(days=1))


def test_refuses_a_transfer_that_says_another_book() -> None:
    with pytest.raises(IntegrityError, match="shares its date and book"):
        by_hand(BOTH, make_purse(), transfer_book=make_purse().book)


@pytest.mark.parametrize("side", ["source", "target"])
def test_refuses_to_reach_into_another_book(side: str) -> None:
    there = make_purse()
    with pytest.raises(IntegrityError, match="shares its date and book"):
        by_hand(BOTH, make_purse(), **{side: {"source": there.funding, "target": there.budget}[side]})


def test_refuses_a_book_that_is_not_there() -> None:
    with pytest.raises(IntegrityError):
        by_hand(BOTH, make_purse(), book=uuid4())


@pytest.mark.parametrize("side", ["source", "target"])
def test_refuses_an_account_that_is_not_open(side: str) -> None:
    purse = make_purse()
    with pytest.raises(IntegrityError, match="between accounts"):
        by_hand(BOTH, purse, **{side: uuid4()})


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("allocate", "pool", "funding"),
        ("pledge", "funding", "budget"),
        ("pay", "funding", "payable"),
        ("invoice", "budget", "payable"),
    ],
)
def test_refuses_a_move_its_kind_may_not_make(kind: str, source: str, target: str) -> None:
    purse = make_purse(budget_pence=500)
    with pytest.raises(IntegrityError, match="its kind of entry may move money between"):
        by_hand(BOTH, purse, kind=kind, source=getattr(purse, source), target=getattr(purse, target))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"pence": 0}, "ledger_transfer_moves_something"),
        ({"pence": -1}, "ledger_transfer_moves_something"),
        ({"kind": "gift"}, "its kind of entry may move money between"),
        ({"reason": ""}, "ledger_entry_says_why"),
        ({"entry_date": "infinity"}, "ledger_entry_is_of_a_day"),
        ({"entry_date": "-infinity"}, "ledger_entry_is_of_a_day"),
        ({"entry_date": "2026-05-01 BC"}, "ledger_entry_is_of_a_day"),
        ({"entry_date": "2200-01-01"}, "ledger_entry_is_of_a_day"),
        ({"reversal_reason": "edit"}, "ledger_entry_says_why_it_reverses"),
        ({"xid_off": 1}, "does not say truly when it was recorded"),
        ({"xid_off": -1}, "does not say truly when it was recorded"),
        ({"seconds_off": -60}, "does not say truly when it was recorded"),
    ],
)
def test_refuses_what_is_not_so(changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule):
        by_hand(BOTH, make_purse(), **changes)


def test_refuses_a_move_from_an_account_to_itself() -> None:
    purse = make_purse()
    with pytest.raises(IntegrityError, match="ledger_transfer_goes_elsewhere"):
        by_hand(BOTH, purse, target=purse.funding)


def test_refuses_the_same_two_accounts_twice_in_an_entry() -> None:
    twice = BOTH + ", (%(book)s, %(entry)s, %(source)s, %(target)s, 1, %(transfer_date)s, 0)"
    with pytest.raises(IntegrityError, match="ledger_transfer_goes_once_in_an_entry"):
        by_hand(twice, make_purse())


def test_refuses_a_key_that_is_used() -> None:
    purse = make_purse()
    by_hand(BOTH, purse, key="k")
    with pytest.raises(IntegrityError, match="ledger_entry_key_is_used_once"):
        by_hand(BOTH, purse, key="k")


def test_refuses_to_overdraw() -> None:
    purse = make_purse(budget_pence=99)
    with pytest.raises(IntegrityError, match="ledger_account_is_not_overdrawn"):
        by_hand(BOTH, purse, kind="pledge", source=purse.budget, target=purse.pool)


def test_refuses_a_date_in_a_closed_period() -> None:
    purse = make_purse()
    make_entry(purse, source=purse.funding, target=purse.budget, pence=1)
    close_may(purse.book)
    with pytest.raises(IntegrityError, match="closed period"):
        by_hand(BOTH, purse, entry_date=JUNE - timedelta(days=1))


def test_refuses_a_date_before_the_first_period() -> None:
    purse = make_purse()
    close_may(purse.book)
    with pytest.raises(IntegrityError, match="closed period"):
        by_hand(BOTH, purse, entry_date=date(2020, 1, 1))


def test_takes_the_first_day_after_a_closed_period() -> None:
    purse = make_purse()
    close_may(purse.book)
    entry = by_hand(BOTH, purse, entry_date=JUNE)
    assert Entry.objects.get(pk=entry).effective_date == JUNE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_refuses_to_post_with_an_older_snapshot(level: str) -> None:
    purse = make_purse()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        with pytest.raises(IntegrityError, match="read committed"):
            by_hand(BOTH, purse)
        transaction.set_rollback(True)


def test_looks_at_the_books_and_not_at_a_temporary_table_of_the_same_name() -> None:
    purse = make_purse()
    with connection.cursor() as cursor:
        for table in ("ledger_account", "ledger_period", "ledger_entry"):
            cursor.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM public.{table}")
        cursor.execute("UPDATE ledger_account SET balance_pence = 500 WHERE kind = 'budget'")
    public = BOTH.replace("INTO ledger_", "INTO public.ledger_")
    with pytest.raises(IntegrityError, match="ledger_account_is_not_overdrawn"):
        by_hand(public, purse, kind="pledge", source=purse.budget, target=purse.pool)


# ---- Reversals -------------------------------------------------------------------------------------------------


def reverse_by_hand(entry: UUID, *, purse: Purse, **changes: Any) -> None:
    back = {"source": purse.budget, "target": purse.funding}
    by_hand(BOTH, purse, **{"reverses": entry, "reversal_reason": "edit", **back, **changes})


def test_reverses_by_hand_exactly() -> None:
    purse = make_purse()
    reverse_by_hand(by_hand(BOTH, purse), purse=purse)
    assert balance_pence(account_id=purse.budget) == 0


@pytest.mark.parametrize(
    "changes", [{"pence": 99}, {"entry_date": MAY - timedelta(days=1)}, {"kind": "pledge"}]
)
def test_refuses_a_reversal_that_is_not_exact(changes: dict[str, Any]) -> None:
    purse = make_purse()
    entry = by_hand(BOTH, purse)
    with pytest.raises(IntegrityError, match=r"exact negative|its kind of entry"):
        reverse_by_hand(entry, purse=purse, **changes)


def test_refuses_a_reversal_of_half_an_entry() -> None:
    purse = make_purse()
    other = AccountName(AccountKind.BUDGET, uuid4(), "council")
    second = open_accounts(book_id=purse.book, names=[other])[other]
    two = BOTH + ", (%(book)s, %(entry)s, %(source)s, %(second)s, 1, %(transfer_date)s, 0)"
    entry = by_hand(two, purse, second=second)
    with pytest.raises(IntegrityError, match="exact negative"):
        reverse_by_hand(entry, purse=purse)


def test_refuses_a_second_reversal() -> None:
    purse = make_purse(budget_pence=500)
    entry = by_hand(BOTH, purse)
    reverse_by_hand(entry, purse=purse)
    with pytest.raises(IntegrityError, match="ledger_entry_is_reversed_once"):
        reverse_by_hand(entry, purse=purse)


def test_refuses_to_reverse_a_reversal() -> None:
    purse = make_purse(budget_pence=500)
    entry = by_hand(BOTH, purse, kind="allocate", source=purse.funding, target=purse.budget)
    reverse_by_hand(entry, source=purse.budget, target=purse.funding, kind="allocate", purse=purse)
    reversal = Entry.objects.get(reverses=entry).pk
    with pytest.raises(IntegrityError, match="no reversal itself"):
        reverse_by_hand(reversal, source=purse.funding, target=purse.budget, kind="allocate", purse=purse)


def test_refuses_to_reverse_what_is_not_there_yet() -> None:
    purse = make_purse(budget_pence=500)
    with pytest.raises(IntegrityError, match="there before it"):
        reverse_by_hand(uuid4(), purse=purse)


def test_says_refusals_in_plain_words() -> None:
    purse = make_purse()
    with pytest.raises(UnableToPost, match="refused this entry"):
        make_entry(purse, source=purse.funding, target=purse.budget, pence=10**19)
