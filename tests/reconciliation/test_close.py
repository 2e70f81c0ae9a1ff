"""Closing a month: after it is signed, in order, with nothing new; late items then go to the open month."""

from datetime import date

import pytest
from django.utils import timezone

from ledger.models import Period
from reconciliation.actions import UnableToCloseMonth, UnableToReconcile, ask_for_month_end, close_month, sign
from reconciliation.models import MonthEnd, MonthEndState, Statement
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import (
    APRIL,
    JUNE,
    MAY,
    Pool,
    bill,
    count,
    credit,
    doubts,
    make_finance_officer,
    make_pool,
)

pytestmark = pytest.mark.django_db


def signed(pool: Pool, start_date: date) -> MonthEnd:
    """A month, counted and signed."""
    officer = make_finance_officer(council=pool.council)
    return sign(month_end=count(pool.council, start_date=start_date), by=officer, on=JUNE, at=timezone.now())


def close(month_end: MonthEnd) -> MonthEnd:
    """Close a month as whoever signed it."""
    assert month_end.signed_by is not None
    return close_month(month_end=month_end, by=month_end.signed_by, at=timezone.now())


def test_seals_the_month() -> None:
    pool = make_pool()
    bill(pool, day=date(2026, 4, 8))
    month_end = close(signed(pool, APRIL))
    assert (month_end.state, month_end.period) == (MonthEndState.CLOSED, Period.objects.get())
    assert close(month_end) == month_end


def test_refuses_before_it_is_signed_and_anybody_but_a_finance_officer() -> None:
    pool = make_pool()
    month_end = count(pool.council, start_date=APRIL)
    with pytest.raises(UnableToCloseMonth, match=r"has to be signed"):
        close_month(month_end=month_end, by=make_finance_officer(council=pool.council), at=timezone.now())
    with pytest.raises(UnableToCloseMonth, match=r"Only a finance officer"):
        close_month(month_end=month_end, by=make_commissioner(council=pool.council), at=timezone.now())


def test_refuses_when_something_arrived_since_it_was_counted() -> None:
    pool = make_pool()
    month_end = signed(pool, APRIL)
    bill(pool, day=date(2026, 4, 9))
    with pytest.raises(UnableToCloseMonth, match=r"Something new has arrived in 1 cluster"):
        close(month_end)


def test_closes_months_in_order() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    close(signed(pool, APRIL))
    june = count(pool.council, start_date=JUNE, on=date(2026, 7, 1))
    sign(month_end=june, by=officer, on=date(2026, 7, 1), at=timezone.now())
    with pytest.raises(UnableToCloseMonth, match=r"Months close in order"):
        close_month(month_end=june, by=officer, at=timezone.now())


def test_begins_with_the_month_the_books_begin_in() -> None:
    pool = make_pool()
    with pytest.raises(
        UnableToCloseMonth, match=r"the books begin in April 2026. Sign and close that month first"
    ):
        close(signed(pool, MAY))


def test_refuses_to_count_a_closed_month() -> None:
    pool = make_pool()
    close(signed(pool, APRIL))
    with pytest.raises(UnableToReconcile, match=r"April 2026 is closed and sealed"):
        ask_for_month_end(council=pool.council, start_date=APRIL, on=JUNE, by="user:1")


def test_counts_late_items_in_the_month_they_were_dated_in() -> None:
    pool = make_pool(members=3)
    early = bill(pool, day=date(2026, 4, 8))
    close(signed(pool, APRIL))
    bill(pool, day=date(2026, 4, 9), on=date(2026, 5, 12))
    credit(pool, early, pence=10_01, day=date(2026, 4, 20), on=date(2026, 5, 12))
    bill(pool)
    month_end = count(pool.council)
    assert doubts(month_end) == []
    assert month_end.cluster_months.get().billed_pence == 50_00 - 10_01 + 50_00
    assert Statement.objects.filter(cluster_month__month_end=month_end).count() == 6
