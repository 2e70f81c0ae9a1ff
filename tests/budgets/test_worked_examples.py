"""The worked examples of the care rules that are about weeks, contributions and statements, each by its number."""

from datetime import date

import pytest

from budgets.rules.contribution import (
    Figures,
    Line,
    Rates,
    Step,
    charge_pence,
    contribution,
    shared_out,
    tariff_income_pence,
)
from budgets.rules.weeks import days_of_week_pence, span_pence

RATES = Rates(
    upper_capital_pence=23_250_00,
    lower_capital_pence=14_250_00,
    tariff_step_pence=250_00,
    tariff_pence=1_00,
    allowance_pence=160_30,
)
FIGURES = Figures(capital_pence=0, income_pence=352_26, disregards_pence=111_65, dre_pence=12_60)


def dec(day: int) -> date:
    """A day of December 2025."""
    return date(2025, 12, day)


@pytest.mark.parametrize(("last", "pence"), [(3, 300_00), (31, 3_100_00), (7, 700_00), (1, 100_00)])
def test_example_2_prices_weekly_amounts_by_day_with_both_ends(last: int, pence: int) -> None:
    assert span_pence(700_00, first=dec(1), last=dec(last)) == pence


def test_example_2_counts_the_last_day_too_so_that_28_days_are_four_weeks() -> None:
    assert span_pence(722_31, first=dec(1), last=dec(28)) == 4 * 722_31


def test_example_4_shares_a_week_over_its_days_without_losing_a_penny() -> None:
    assert days_of_week_pence(722_31) == [103_18] * 6 + [103_23]


def test_example_6_works_out_the_contribution_line_by_line() -> None:
    found = contribution(FIGURES, RATES)
    assert found.weekly_pence == 67_71
    assert found.lines == (
        Line(Step.INCOME, 352_26),
        Line(Step.TARIFF, 0),
        Line(Step.DISREGARDS, -111_65),
        Line(Step.DRE, -12_60),
        Line(Step.ALLOWANCE, -160_30),
    )
    assert shared_out(391_95, weekly_pence=found.weekly_pence) == (391_95, 67_71, 324_24)


@pytest.mark.parametrize(
    ("capital_pence", "tariff_pence"),
    [
        (0, 0),
        (14_250_00, 0),
        (14_250_01, 1_00),
        (14_500_00, 1_00),
        (14_500_01, 2_00),
        (23_250_00, 36_00),
    ],
)
def test_example_7_assumes_income_from_capital(capital_pence: int, tariff_pence: int) -> None:
    assert tariff_income_pence(capital_pence, RATES) == tariff_pence
    found = contribution(
        Figures(capital_pence=capital_pence, income_pence=200_00, disregards_pence=0, dre_pence=0), RATES
    )
    assert (found.tariff_pence, found.pays_in_full) == (tariff_pence, False)
    assert found.weekly_pence == 200_00 - 160_30 + tariff_pence


def test_example_7_pays_in_full_above_the_upper_limit() -> None:
    found = contribution(
        Figures(capital_pence=23_250_01, income_pence=0, disregards_pence=0, dre_pence=0), RATES
    )
    assert (found.weekly_pence, found.pays_in_full, found.tariff_pence) == (None, True, 0)
    assert found.lines == (Line(Step.CAPITAL, 23_250_01),)
    assert shared_out(391_95, weekly_pence=found.weekly_pence) == (391_95, 391_95, 0)


def test_example_8_never_charges_more_than_care_cost() -> None:
    assert charge_pence(67_71, cost_pence=40_00) == 40_00
    assert charge_pence(67_71, cost_pence=67_71) == 67_71
    assert charge_pence(67_71, cost_pence=67_72) == 67_71


def test_example_9_says_who_pays_what_care_costs() -> None:
    shares = shared_out(454_00, weekly_pence=110_10)
    assert shares == (454_00, 110_10, 343_90)
    assert shares.cost_pence == shares.adult_pence + shares.council_pence
