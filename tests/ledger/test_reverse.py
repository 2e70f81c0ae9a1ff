"""Putting a mistake right: once, exactly, and for a reason."""

from datetime import date

import pytest

from ledger.actions import UnableToReverse, reverse
from ledger.models import Entry, ReversalReason
from ledger.queries import balance_pence
from tests.ledger.makers import JUNE, MAY, Purse, close_may, make_entry, make_purse

pytestmark = pytest.mark.django_db

IN_JUNE = date(2026, 6, 9)


def pledge(purse: Purse, pence: int, **more: str) -> Entry:
    posted = make_entry(purse, kind="pledge", source=purse.budget, target=purse.pool, pence=pence, **more)
    return Entry.objects.get(pk=posted.entry_id)


def undo(entry: Entry, *, words: str = "Pledged twice", on: date = MAY) -> Entry:
    posted = reverse(entry_id=entry.pk, reason=ReversalReason.DUPLICATE, words=words, on=on, by="user:test")
    return Entry.objects.get(pk=posted.entry_id)


def test_moves_the_money_back_on_the_same_day() -> None:
    purse = make_purse(budget_pence=500)
    reversal = undo(pledge(purse, 300), on=IN_JUNE)
    assert (balance_pence(account_id=purse.budget), balance_pence(account_id=purse.pool)) == (500, 0)
    assert (reversal.effective_date, reversal.concerned_date) == (MAY, None)


def test_is_dated_later_where_the_month_has_closed_and_says_which_day_it_concerns() -> None:
    purse = make_purse(budget_pence=500)
    entry = pledge(purse, 300)
    close_may(purse.book)
    reversal = undo(entry, on=IN_JUNE)
    assert (reversal.effective_date, reversal.concerned_date) == (IN_JUNE, MAY)


def test_is_the_same_reversal_when_asked_again_whatever_closed_meanwhile() -> None:
    purse = make_purse(budget_pence=500)
    entry = pledge(purse, 300)
    first = undo(entry)
    close_may(purse.book)
    assert undo(entry, on=IN_JUNE) == first


def test_refuses_a_second_reversal_in_other_words() -> None:
    purse = make_purse(budget_pence=500)
    entry = pledge(purse, 300)
    undo(entry)
    with pytest.raises(UnableToReverse, match="reversed already"):
        undo(entry, words="Something else")


def test_refuses_to_reverse_a_reversal() -> None:
    purse = make_purse(budget_pence=500)
    reversal = undo(pledge(purse, 300))
    with pytest.raises(UnableToReverse):
        undo(reversal)


def test_refuses_when_the_money_has_moved_on() -> None:
    purse = make_purse(budget_pence=500)
    entry = pledge(purse, 300)
    make_entry(purse, kind="invoice", source=purse.pool, target=purse.payable, pence=1)
    with pytest.raises(UnableToReverse, match="not enough money"):
        undo(entry)


def test_refuses_a_day_in_a_closed_month() -> None:
    purse = make_purse(budget_pence=500)
    entry = pledge(purse, 300)
    close_may(purse.book)
    with pytest.raises(UnableToReverse, match="a month that is closed"):
        undo(entry, on=MAY)
    assert undo(entry, on=JUNE)


def test_reverses_two_entries_whose_long_keys_begin_alike() -> None:
    purse = make_purse(budget_pence=500)
    first, second = (pledge(purse, 100, key="k" * 199 + end) for end in "ab")
    undo(first)
    undo(second)
    assert balance_pence(account_id=purse.pool) == 0
