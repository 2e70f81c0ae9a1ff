"""Sharing whole pence: nothing lost, nobody a penny from exact, and always the same way."""

import re
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.pennies import line_pence, odd_penny_order, split_pence

WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=15).filter(any)
PENCE = st.integers(-(10**14), 10**14)


def order_of(weights: list[int]) -> list[str]:
    return [odd_penny_order("INV-1", 1, f"M-{place}") for place in range(len(weights))]


@given(PENCE, WEIGHTS)
def test_loses_no_penny(total: int, weights: list[int]) -> None:
    assert sum(split_pence(total, weights, order=order_of(weights))) == total


@given(PENCE, WEIGHTS)
def test_gives_each_less_than_a_penny_from_exact(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    for share, weight in zip(split_pence(total, weights, order=order_of(weights)), weights, strict=True):
        assert abs(share - Fraction(total * weight, whole)) < 1


@given(PENCE, WEIGHTS)
def test_takes_back_exactly_what_it_gave(total: int, weights: list[int]) -> None:
    order = order_of(weights)
    there, back = split_pence(total, weights, order=order), split_pence(-total, weights, order=order)
    assert back == [-share for share in there]


@given(st.integers(0, 10**14), WEIGHTS)
def test_gives_nobody_more_than_one_of_greater_weight(total: int, weights: list[int]) -> None:
    shares = split_pence(total, weights, order=order_of(weights))
    by_weight = sorted(zip(weights, shares, strict=True))
    for (lighter, less), (heavier, more) in pairwise(by_weight):
        assert lighter == heavier or less <= more


@given(st.integers(0, 10**14), WEIGHTS)
def test_gives_nothing_to_a_weight_of_nothing(total: int, weights: list[int]) -> None:
    shares = split_pence(total, weights, order=order_of(weights))
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


@given(st.integers(0, 10**6), st.integers(1, 15))
def test_serves_equal_remainders_in_order(total: int, members: int) -> None:
    order = order_of([1] * members)
    shares = split_pence(total, [1] * members, order=order)
    odd = total % members
    served = sorted(range(members), key=lambda place: order[place])[:odd]
    assert [share - total // members for share in shares] == [
        int(place in served) for place in range(members)
    ]


@given(st.integers(0, 10**9), WEIGHTS, st.randoms())
def test_does_not_mind_in_which_row_a_member_stands(total: int, weights: list[int], random: object) -> None:
    order = order_of(weights)
    shares = split_pence(total, weights, order=order)
    places = sorted(range(len(weights)), key=lambda place: order[place])
    moved = split_pence(total, [weights[p] for p in places], order=[order[p] for p in places])
    assert moved == [shares[p] for p in places]


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10000, [1, 1, 1], [3334, 3333, 3333]),
        (10001, [1, 1, 1], [3334, 3334, 3333]),
        (2, [1, 1, 1], [1, 1, 0]),
        (-10001, [1, 1, 1], [-3334, -3334, -3333]),
        (5000, [1, 1, 1, 1, 1], [1000] * 5),
        (100, [50, 30, 20], [50, 30, 20]),
        (1, [1, 2], [0, 1]),
        (0, [1, 2], [0, 0]),
        (
            2,
            [2, 1],
            [1, 1],
        ),  # two thirds of a penny left over go before one third, though that one weighs more
        (10, [7, 3, 2], [6, 2, 2]),
    ],
)
def test_shares_the_worked_examples(total: int, weights: list[int], shares: list[int]) -> None:
    assert split_pence(total, weights, order=[f"{place:02}" for place in range(len(weights))]) == shares


THIRDS = ("1 person", "2 council", "3 community")


@pytest.mark.parametrize(
    ("surplus", "thirds"),
    [
        (1_800_00, [600_00, 600_00, 600_00]),
        (100_00, [33_34, 33_33, 33_33]),
        (100_01, [33_34, 33_34, 33_33]),
        (2, [1, 1, 0]),
        (0, [0, 0, 0]),
    ],
)
def test_example_1_a_surplus_in_thirds_gives_the_odd_pence_to_the_person_then_the_council(
    surplus: int, thirds: list[int]
) -> None:
    assert split_pence(surplus, [1, 1, 1], order=THIRDS) == thirds


def test_example_11_their_own_part_of_a_surplus_comes_back_first_and_the_rest_is_shared_in_thirds() -> None:
    rest, own = split_pence(1_800_00, [9_000_00, 1_000_00], order=["council", "own"])
    assert (own, rest) == (180_00, 1_620_00)
    assert split_pence(rest, [1, 1, 1], order=THIRDS) == [540_00] * 3


def test_orders_the_odd_pennies_by_the_published_hash() -> None:
    assert odd_penny_order("INV-7", 3, "M-012") == sha256(b"INV-7:3:M-012").hexdigest()


@pytest.mark.parametrize(
    ("weights", "order", "why"),
    [
        ([0, 0], ["a", "b"], "At least one weight must be above zero."),
        ([1, -1], ["a", "b"], "A weight cannot be below zero."),
        ([1], [], "Each weight needs its own place in the order."),
    ],
)
def test_refuses_what_cannot_be_shared(weights: list[int], order: list[str], why: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        split_pence(100, weights, order=order)


@pytest.mark.parametrize(
    ("units", "rate", "pence"), [("1.5", 1333, 2000), ("0.25", 1330, 333), ("-0.5", 3, -2), ("0.333", 3, 1)]
)
def test_prices_a_line_rounding_half_up(units: str, rate: int, pence: int) -> None:
    assert line_pence(Decimal(units), rate) == pence
