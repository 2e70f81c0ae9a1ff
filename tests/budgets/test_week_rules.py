"""Weekly money by day: whole weeks and spans cut in two lose nothing, and a rate may change within a week."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.weeks import FromDay, by_day_pence, day_pence, days_between, span_pence

MONDAY = date(2026, 3, 30)
PENCE = st.integers(0, 10_000_000)
DAYS = st.integers(0, 120)


def after(days: int) -> date:
    """So many days after a Monday."""
    return MONDAY + timedelta(days=days)


@given(PENCE, st.integers(1, 60))
def test_never_loses_a_penny_of_whole_weeks(weekly: int, weeks: int) -> None:
    assert span_pence(weekly, first=MONDAY, last=after(7 * weeks - 1)) == weekly * weeks


@given(PENCE, DAYS, DAYS, DAYS)
def test_comes_to_the_same_cut_in_two(weekly: int, first: int, one: int, other: int) -> None:
    start, cut, last = after(first), after(first + one), after(first + one + other)
    whole = span_pence(weekly, first=start, last=last, week_from=MONDAY)
    before = span_pence(weekly, first=start, last=cut - timedelta(days=1), week_from=MONDAY)
    assert before + span_pence(weekly, first=cut, last=last, week_from=MONDAY) == whole


@given(PENCE, PENCE, st.integers(1, 30), st.integers(31, 60))
def test_prices_each_day_at_the_amount_that_stands_on_it(old: int, new: int, change: int, last: int) -> None:
    amounts = [FromDay(first=MONDAY, weekly_pence=old), FromDay(first=after(change), weekly_pence=new)]
    whole = by_day_pence(amounts, first=MONDAY, last=after(last), week_from=MONDAY)
    before = span_pence(old, first=MONDAY, last=after(change - 1), week_from=MONDAY)
    rest = span_pence(new, first=after(change), last=after(last), week_from=MONDAY)
    assert whole == before + rest


def test_counts_weeks_from_the_day_it_is_told() -> None:
    assert [day_pence(8, day=day, week_from=MONDAY) for day in days_between(MONDAY, after(7))] == [
        *([1] * 6),
        2,
        1,
    ]
    assert day_pence(8, day=after(-1), week_from=MONDAY) == 2
    assert span_pence(8, first=after(6), last=after(6)) == 1
    assert span_pence(8, first=after(6), last=after(6), week_from=MONDAY) == 2


def test_pays_nothing_for_no_days_and_before_anything_begins() -> None:
    assert span_pence(700, first=MONDAY, last=after(-1)) == 0
    later = [FromDay(first=after(3), weekly_pence=700)]
    assert by_day_pence(later, first=MONDAY, last=after(3), week_from=MONDAY) == 100
    assert by_day_pence([], first=MONDAY, last=after(3), week_from=MONDAY) == 0


def test_pays_not_a_penny_on_any_day_before_anything_begins() -> None:
    later = [FromDay(first=after(7), weekly_pence=700)]
    assert by_day_pence(later, first=MONDAY, last=after(6), week_from=MONDAY) == 0


def test_takes_what_was_agreed_last_where_it_reaches_back() -> None:
    planned = FromDay(first=after(5), weekly_pence=1_400)
    agreed_later = FromDay(first=after(2), weekly_pence=700)
    amounts = [FromDay(first=MONDAY, weekly_pence=2_100), planned, agreed_later]
    assert by_day_pence(amounts, first=MONDAY, last=after(6), week_from=MONDAY) == 2 * 300 + 5 * 100
