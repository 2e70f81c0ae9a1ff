"""What somebody pays: never more than care costs, always shared out whole, and no figure below nothing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules.changes import Ages, birthday, days_of_change, guarantee_code
from budgets.rules.contribution import FigureBelowZero, Figures, contribution, shared_out
from budgets.rules.streams import RULES, kind_of_stream, rules_for
from tests.budgets.test_worked_examples import FIGURES, RATES

AGES = Ages(adult_years=25, pension_years=66)
PENCE = st.integers(0, 50_000_00)
FIGURES_OF_ANYBODY = st.builds(
    Figures, capital_pence=PENCE, income_pence=PENCE, disregards_pence=PENCE, dre_pence=PENCE
)


@given(FIGURES_OF_ANYBODY, PENCE)
def test_never_charges_above_cost_and_shares_it_out_whole(figures: Figures, cost: int) -> None:
    found = contribution(figures, RATES)
    shares = shared_out(cost, weekly_pence=found.weekly_pence)
    assert 0 <= shares.adult_pence <= cost
    assert shares.cost_pence == cost == shares.adult_pence + shares.council_pence
    assert shares.council_pence >= 0


@given(FIGURES_OF_ANYBODY)
def test_lines_add_up_to_what_they_pay_unless_that_is_below_nothing(figures: Figures) -> None:
    found = contribution(figures, RATES)
    if found.weekly_pence is not None:
        assert found.weekly_pence == max(0, sum(line.pence for line in found.lines))


@pytest.mark.parametrize("code", ["capital", "income", "disregards", "dre"])
def test_refuses_a_figure_below_nothing(code: str) -> None:
    with pytest.raises(FigureBelowZero, match=f"^{code} is below zero$") as refusal:
        contribution(replace(FIGURES, **{f"{code}_pence": -1}), RATES)
    assert refusal.value.code == code
    contribution(replace(FIGURES, **{f"{code}_pence": 0}), RATES)


def test_pays_nothing_where_little_is_left() -> None:
    assert contribution(replace(FIGURES, income_pence=284_55), RATES).weekly_pence == 0
    assert contribution(replace(FIGURES, income_pence=284_54), RATES).weekly_pence == 0
    assert contribution(replace(FIGURES, income_pence=284_56), RATES).weekly_pence == 1


@pytest.mark.parametrize(("cost", "weekly", "code"), [(-1, 0, "cost"), (0, -1, "contribution")])
def test_shares_out_nothing_below_zero(cost: int, weekly: int, code: str) -> None:
    with pytest.raises(FigureBelowZero) as refusal:
        shared_out(cost, weekly_pence=weekly)
    assert refusal.value.code == code
    assert shared_out(0, weekly_pence=0) == (0, 0, 0)


def test_finds_birthdays_of_those_born_on_a_leap_day_too() -> None:
    assert birthday(date(2001, 5, 4), 25) == date(2026, 5, 4)
    assert birthday(date(2004, 2, 29), 25) == date(2029, 3, 1)
    assert birthday(date(2004, 2, 29), 24) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 5, 3), "mig_under_25_weekly_pence"),
        (date(2026, 5, 4), "mig_weekly_pence"),
        (date(2067, 5, 3), "mig_weekly_pence"),
        (date(2067, 5, 4), "mig_pension_age_weekly_pence"),
    ],
)
def test_names_the_guarantee_of_an_age(on: date, code: str) -> None:
    assert guarantee_code(date(2001, 5, 4), ages=AGES, on=on) == code
    assert guarantee_code(None, ages=AGES, on=on) == "mig_weekly_pence"


def test_finds_the_days_on_which_rates_may_change() -> None:
    start, until = date(2026, 4, 1), date(2027, 4, 1)
    policy_days = [date(2026, 4, 6), start, until, date(2026, 4, 6), date(2025, 4, 6)]
    assert days_of_change(
        start=start, until=until, birth_date=date(2001, 5, 6), ages=AGES, policy_days=policy_days
    ) == [start, date(2026, 4, 6), date(2026, 5, 6)]
    assert days_of_change(start=start, until=until, birth_date=None, ages=AGES, policy_days=[]) == [start]
    assert days_of_change(
        start=start, until=until, birth_date=date(1960, 6, 1), ages=AGES, policy_days=[]
    ) == [start, date(2026, 6, 1)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("council", "social_care"),
        ("anything", "social_care"),
        ("nhs", "health"),
        ("NHS", "health"),
        ("dfg", "housing"),
        ("own", "own"),
        ("contribution", "own"),
        ("top_up", "top_up"),
    ],
)
def test_tells_the_kind_of_a_stream_by_its_code(code: str, kind: str) -> None:
    assert kind_of_stream(code) == kind


@pytest.mark.parametrize("kind", RULES)
def test_says_of_every_kind_of_money_what_it_may_pay_for(kind: str) -> None:
    rules = rules_for(kind)
    said = [rules.giver, rules.spend, rules.report, rules.see, rules.easy]
    assert rules.kind == kind
    assert len({*said}) == len([words for words in said if words])
