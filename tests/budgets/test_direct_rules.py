"""Direct payments by day: no day is in two instalments or in none, and what is spread evenly adds up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.direct import Span, above_pence, even_pence, may_stay_pence, periods

START, UNTIL = date(2026, 4, 1), date(2027, 4, 1)
DAY = timedelta(days=1)


def test_pays_every_four_weeks_and_what_is_left_at_the_end() -> None:
    assert list(periods(is_monthly=False, start=START, until=date(2026, 6, 1))) == [
        Span(first=date(2026, 4, 1), last=date(2026, 4, 28)),
        Span(first=date(2026, 4, 29), last=date(2026, 5, 26)),
        Span(first=date(2026, 5, 27), last=date(2026, 5, 31)),
    ]


def test_pays_by_calendar_month_from_any_day_of_it() -> None:
    assert list(periods(is_monthly=True, start=date(2027, 1, 31), until=date(2027, 4, 1))) == [
        Span(first=date(2027, 1, 31), last=date(2027, 1, 31)),
        Span(first=date(2027, 2, 1), last=date(2027, 2, 28)),
        Span(first=date(2027, 3, 1), last=date(2027, 3, 31)),
    ]


@pytest.mark.parametrize("is_monthly", [True, False])
def test_pays_for_no_days_where_the_money_has_ended(is_monthly: bool) -> None:
    assert list(periods(is_monthly=is_monthly, start=START, until=START)) == []
    assert list(periods(is_monthly=is_monthly, start=START, until=START - DAY)) == []
    assert list(periods(is_monthly=is_monthly, start=START, until=START + DAY)) == [
        Span(first=START, last=START)
    ]


@given(st.booleans(), st.dates(START, UNTIL), st.integers(0, 800))
def test_has_each_day_in_one_instalment(is_monthly: bool, start: date, days: int) -> None:
    paid = [
        span.first + DAY * number
        for span in periods(is_monthly=is_monthly, start=start, until=start + DAY * days)
        for number in range((span.last - span.first).days + 1)
    ]
    assert paid == [start + DAY * number for number in range(days)]


def test_spreads_an_amount_evenly_over_its_days() -> None:
    def of(first: date, last: date) -> int:
        return even_pence(365_00, span=Span(first=first, last=last), start=START, until=UNTIL)

    assert of(START, START) == 1_00
    assert of(START + DAY, START + DAY) == 1_00
    assert of(UNTIL - DAY, UNTIL - DAY) == 1_00
    assert of(START, UNTIL - DAY) == 365_00
    assert of(START - 9 * DAY, UNTIL + 9 * DAY) == 365_00


def test_gives_nothing_to_days_outside() -> None:
    for day in (START - DAY, UNTIL):
        assert even_pence(365_00, span=Span(first=day, last=day), start=START, until=UNTIL) == 0
    assert (
        even_pence(365_00, span=Span(first=UNTIL + DAY, last=UNTIL + 9 * DAY), start=START, until=UNTIL) == 0
    )
    assert even_pence(5, span=Span(first=START, last=START), start=START, until=START) == 0


@given(st.booleans(), st.integers(0, 10_000_000))
def test_loses_no_penny_of_what_is_spread_over_instalments(is_monthly: bool, annual: int) -> None:
    spans = periods(is_monthly=is_monthly, start=START, until=UNTIL)
    assert sum(even_pence(annual, span=span, start=START, until=UNTIL) for span in spans) == annual


def test_spreads_a_great_amount_to_the_penny_too() -> None:
    span = Span(first=START, last=START)
    assert (
        even_pence(9_007_199_254_740_993, span=span, start=START, until=START + DAY) == 9_007_199_254_740_993
    )


def test_lets_some_weeks_and_what_is_set_aside_stay() -> None:
    assert may_stay_pence(weekly_pence=100_00, weeks=8, contingency_pence=50_00) == 850_00
    assert above_pence(850_01, may_stay_pence=850_00) == 1
    assert above_pence(850_00, may_stay_pence=850_00) == 0
    assert above_pence(849_00, may_stay_pence=850_00) == 0
