"""What a sum a week buys, with price steps: the most there is, never more than it pays for."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.rules.what_if import (
    SMALLEST,
    Money,
    Thing,
    buys,
    buys_if_chosen,
    spread,
    weekly_pence,
)
from commissioning.rules.worth import rate_at

STEPS = [(Decimal(0), 20_00), (Decimal(10), 18_00), (Decimal(20), 15_00)]


@pytest.mark.parametrize(
    ("pence", "units", "rate"),
    [
        (100_00, "5", 20_00),
        (179_99, "8.99", 20_00),
        (180_00, "10", 18_00),
        (200_00, "11.11", 18_00),
        (299_99, "16.66", 18_00),
        (300_00, "20", 15_00),
        (0, "0", 20_00),
    ],
)
def test_buys_the_most_at_the_step_that_is_reached(pence: int, units: str, rate: int) -> None:
    bought = buys(pence, STEPS)
    assert (bought.weekly_units, bought.unit_rate_pence) == (Decimal(units), rate)


def test_asks_the_lowest_steps_price_below_it() -> None:
    assert buys(50_00, [(Decimal(10), 10_00)]).weekly_units == Decimal(5)


def test_wants_a_price() -> None:
    for steps in ([], [(Decimal(0), 0)]):
        with pytest.raises(ValueError, match="at least one price"):
            buys(1, steps)


def test_says_roughly_where_there_are_few() -> None:
    about = buys(204_99, STEPS).about
    assert about.weekly_pence == 200_00
    assert about.weekly_units == Decimal(11)


def test_spreads_money_over_weeks_and_over_things() -> None:
    assert weekly_pence(pence=520_00, on=date(2026, 4, 1), until=date(2027, 3, 31)) == 10_00
    assert weekly_pence(pence=520_00, on=date(2027, 3, 30), until=date(2027, 4, 1)) == 520_00
    assert weekly_pence(pence=520_00, on=date(2027, 4, 2), until=date(2027, 4, 1)) == 520_00
    assert spread(100, [3, 1]) == [75, 25]
    assert spread(100, [0, 0, 0]) == [33, 33, 33]


@pytest.mark.parametrize(
    ("beside", "weight", "once", "pence", "units"),
    [
        ([], 10_00, 0, 180_00, "10"),
        ([], 10_00, 1, 179_99, "8.99"),
        ([30_00], 10_00, 0, 45_00, "2.25"),
        ([0, 0], 10_00, 0, 60_00, "3"),
        ([], 0, 0, 180_00, "10"),
        ([], 10_00, 1_800_00, 0, "0"),
    ],
)
def test_buys_of_one_more_thing_with_its_part_after_what_it_costs_once(
    beside: list[int], weight: int, once: int, pence: int, units: str
) -> None:
    thing = Thing(words="Cooking", unit="session", steps=STEPS, weight=weight, once_pence=once)
    bought = buys_if_chosen(Money(pence=1_800_00, weekly_pence=180_00), thing, beside=beside)
    assert (bought.weekly_pence, bought.weekly_units) == (pence, Decimal(units))


def test_buys_nothing_with_no_money() -> None:
    thing = Thing(words="Cooking", unit="session", steps=STEPS, weight=10_00)
    assert buys_if_chosen(Money(pence=0, weekly_pence=0), thing, beside=[]).weekly_units == 0


steps = st.lists(
    st.tuples(st.decimals(min_value=0, max_value=200, places=2), st.integers(min_value=1, max_value=100_00)),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each[0],
)


@given(pence=st.integers(min_value=0, max_value=10**7), prices=steps)
def test_never_buys_more_than_the_money_pays_for_at_the_price_that_is_asked(
    pence: int, prices: list[tuple[Decimal, int]]
) -> None:
    bought = buys(pence, prices)
    assert bought.weekly_units * bought.unit_rate_pence <= pence
    if bought.weekly_units:
        assert rate_at(prices, weekly_units=bought.weekly_units) == bought.unit_rate_pence


@given(
    pence=st.integers(min_value=0, max_value=10**6),
    more=st.integers(min_value=0, max_value=10**6),
    prices=steps,
)
def test_more_money_never_buys_less(pence: int, more: int, prices: list[tuple[Decimal, int]]) -> None:
    assert buys(pence + more, prices).weekly_units >= buys(pence, prices).weekly_units


@given(pence=st.integers(min_value=1, max_value=10**6), prices=steps)
def test_buys_the_most_there_is(pence: int, prices: list[tuple[Decimal, int]]) -> None:
    more = buys(pence, prices).weekly_units + SMALLEST
    assert more * rate_at(prices, weekly_units=more) > pence
