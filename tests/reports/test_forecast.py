"""What was planned by a day, and what the year will come to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.forecast import Pot, Span, counted_by, forecast_pence, half_up, planned_in
from reports.rules.months import months_in, year_around

APRIL_1 = date(2026, 4, 1)
YEAR = Span(start=APRIL_1, end=date(2027, 4, 1))


def test_counts_a_pot_evenly_by_day() -> None:
    pot = Pot(pence=365_00, span=YEAR)
    assert counted_by(pot, APRIL_1) == 0
    assert counted_by(pot, date(2026, 5, 1)) == 30_00
    assert counted_by(pot, date(2027, 4, 1)) == 365_00
    assert counted_by(pot, date(2030, 1, 1)) == 365_00


def test_counts_money_that_was_taken_back_from_that_day_on() -> None:
    put_in = Pot(pence=365_00, span=YEAR)
    taken_back = Pot(pence=-65_00, span=Span(start=date(2027, 1, 1), end=YEAR.end))
    assert planned_in([put_in, taken_back], YEAR) == 300_00


@given(st.integers(-(10**9), 10**9), st.integers(0, 364), st.integers(0, 800))
def test_months_add_up_to_the_year_to_the_penny(pence: int, starts: int, days: int) -> None:
    start = APRIL_1 + timedelta(days=starts)
    pot = Pot(pence=pence, span=Span(start=start, end=start + timedelta(days=days)))
    months = [planned_in([pot], month) for month in months_in(YEAR)]
    assert sum(months) == planned_in([pot], YEAR)


@pytest.mark.parametrize(
    ("spent", "spent_from", "spent_to", "forecast"),
    [
        (30_00, APRIL_1, date(2026, 5, 1), 365_00),
        (31_00, date(2026, 5, 1), date(2026, 6, 1), 31_00 + 304_00),
        (500_00, APRIL_1, date(2027, 4, 1), 500_00),
        (0, APRIL_1, date(2026, 5, 1), 0),
        (-7_00, APRIL_1, date(2026, 5, 1), -7_00),
    ],
)
def test_forecasts_the_rest_of_the_year_by_the_days_so_far(
    spent: int, spent_from: date, spent_to: date, forecast: int
) -> None:
    found = forecast_pence(spent_pence=spent, spent_from=spent_from, spent_to=spent_to, year_end=YEAR.end)
    assert found == forecast


def test_rounds_half_away_from_nothing() -> None:
    assert [half_up(top, 2) for top in (3, 1, 0, -1, -3)] == [2, 1, 0, -1, -2]


def test_finds_the_year_a_day_lies_in() -> None:
    assert year_around(date(2027, 3, 31), starts=APRIL_1) == YEAR
    assert year_around(date(2027, 4, 1), starts=APRIL_1).start == date(2027, 4, 1)
    assert year_around(date(2027, 2, 1), starts=date(2028, 2, 29)).end == date(2027, 3, 1)
