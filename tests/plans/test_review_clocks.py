"""When plans are looked at again: worked out from what happened, so that nobody can hide it (care rules 1 and 3.14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.reviews import Called, Clock, ClockKind, Happened, Periods, clocks_of, months_after

PERIODS = Periods(first_days=56, yearly_days=365, paid_first_months=6, paid_months=12)
AGREED = date(2026, 1, 5)


def due(happened: Happened, kind: ClockKind) -> date:
    """By when a clock of a kind runs out; there is exactly one."""
    (clock,) = [clock for clock in clocks_of(happened, PERIODS) if clock.kind == kind]
    return clock.due_date


def kinds(happened: Happened) -> list[ClockKind]:
    return [clock.kind for clock in clocks_of(happened, PERIODS)]


def test_example_14_review_clock() -> None:
    paid = Happened(agreed_date=AGREED, paid_directly_from=date(2026, 3, 1))
    assert due(paid, ClockKind.DIRECT_PAYMENT) == date(2026, 9, 1)
    done = date(2026, 8, 10)
    reviewed = Happened(
        agreed_date=AGREED,
        paid_directly_from=date(2026, 3, 1),
        reviewed_dates=[done],
        paid_reviewed_dates=[done],
    )
    assert due(reviewed, ClockKind.DIRECT_PAYMENT) == date(2027, 8, 10)
    worried = Happened(
        agreed_date=AGREED,
        reviewed_dates=[done],
        paid_directly_from=date(2026, 3, 1),
        paid_reviewed_dates=[done],
        called=[Called(on=date(2026, 10, 2), why="capacity")],
    )
    first = clocks_of(worried, PERIODS)[0]
    assert (first.kind, first.due_date, first.why) == (ClockKind.CALLED, date(2026, 10, 2), "capacity")


def test_asks_for_nothing_before_there_is_a_plan() -> None:
    assert kinds(Happened(agreed_date=None)) == []


def test_looks_first_after_some_weeks_then_every_year_after_the_last_review() -> None:
    assert kinds(Happened(agreed_date=AGREED)) == [ClockKind.FIRST]
    assert due(Happened(agreed_date=AGREED), ClockKind.FIRST) == AGREED + timedelta(days=56)
    reviewed = Happened(agreed_date=AGREED, reviewed_dates=[date(2026, 6, 1), date(2026, 3, 1)])
    assert kinds(reviewed) == [ClockKind.YEARLY]
    assert due(reviewed, ClockKind.YEARLY) == date(2027, 6, 1)


def test_follows_an_earlier_day_that_the_plan_names_until_a_review_of_that_day_or_later() -> None:
    named = date(2026, 2, 1)
    assert kinds(Happened(agreed_date=AGREED, plan_says_date=named)) == [ClockKind.PLAN_SAYS, ClockKind.FIRST]
    before = Happened(agreed_date=AGREED, plan_says_date=named, reviewed_dates=[named - timedelta(days=1)])
    assert kinds(before) == [ClockKind.PLAN_SAYS, ClockKind.YEARLY]
    on_the_day = Happened(agreed_date=AGREED, plan_says_date=named, reviewed_dates=[named])
    assert kinds(on_the_day) == [ClockKind.YEARLY]


def test_counts_a_direct_payments_reviews_from_its_beginning_only() -> None:
    before = Happened(
        agreed_date=AGREED, paid_directly_from=date(2026, 3, 1), paid_reviewed_dates=[date(2026, 2, 28)]
    )
    assert due(before, ClockKind.DIRECT_PAYMENT) == date(2026, 9, 1)
    that_day = Happened(
        agreed_date=AGREED, paid_directly_from=date(2026, 3, 1), paid_reviewed_dates=[date(2026, 3, 1)]
    )
    assert due(that_day, ClockKind.DIRECT_PAYMENT) == date(2027, 3, 1)


def test_puts_what_was_called_for_before_another_of_the_same_day() -> None:
    day = AGREED + timedelta(days=56)
    happened = Happened(agreed_date=AGREED, called=[Called(on=day, why="worry")], plan_says_date=day)
    assert kinds(happened) == [ClockKind.CALLED, ClockKind.FIRST, ClockKind.PLAN_SAYS]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 3, 1), 6, date(2026, 9, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_counts_calendar_months(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(("days", "late"), [(-1, 0), (0, 0), (1, 1), (40, 40)])
def test_is_late_from_the_day_after(days: int, late: int) -> None:
    clock = Clock(kind=ClockKind.FIRST, due_date=AGREED)
    assert clock.days_late(AGREED + timedelta(days=days)) == late


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(agreed=days, reviewed=st.lists(days, max_size=5), paid=st.none() | days, named=st.none() | days)
def test_never_leaves_somebody_with_a_plan_without_a_clock(
    agreed: date, reviewed: list[date], paid: date | None, named: date | None
) -> None:
    happened = Happened(
        agreed_date=agreed, reviewed_dates=reviewed, paid_directly_from=paid, plan_says_date=named
    )
    clocks = clocks_of(happened, PERIODS)
    last = max([agreed, *reviewed])
    assert any(clock.due_date <= last + timedelta(days=366) for clock in clocks)
    assert [clock.due_date for clock in clocks] == sorted(clock.due_date for clock in clocks)
