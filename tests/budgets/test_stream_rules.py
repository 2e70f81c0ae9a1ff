"""The kinds of money and the ways to hold it: each says what it means, in plain and in easy words."""

import pytest

from budgets.rules.streams import HOLDINGS, easy_holding_words, holding_words


def test_says_who_holds_a_fund() -> None:
    assert holding_words("isf", "Kind Help Ltd") == (
        "Kind Help Ltd holds it in a fund for you, and buys the help you ask for."
    )
    assert easy_holding_words("isf", "Kind Help Ltd") == "Kind Help Ltd looks after this money for you."
    assert holding_words("isf").startswith(" holds it")
    assert easy_holding_words("isf").startswith(" looks after")


@pytest.mark.parametrize("delivery", ["council_managed", "direct_payment", "mixed"])
def test_says_what_a_way_to_hold_money_means_in_two_ways(delivery: str) -> None:
    assert holding_words(delivery) == HOLDINGS[delivery].said
    assert easy_holding_words(delivery) == HOLDINGS[delivery].easy_said


def test_knows_no_other_way_to_hold_money() -> None:
    with pytest.raises(KeyError):
        holding_words("under the mattress")
    with pytest.raises(KeyError):
        easy_holding_words("under the mattress")
