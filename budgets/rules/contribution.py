"""
What somebody pays towards their care: the means test line by line, and never more than the care costs. Pure: no Django.

Source: Care Act 2014 ss14, 17; Care and Support (Charging and Assessment of Resources) Regulations (SI 2014/2672);
care rules 3, examples 6 to 9. Units: pence, income and what is left out of it each week.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class FigureBelowZero(ValueError):
    """A figure is below zero; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is below zero")
        self.code = code


class Step(StrEnum):
    """A line of the working, by what it says."""

    CAPITAL = "capital"
    INCOME = "income"
    TARIFF = "tariff"
    DISREGARDS = "disregards"
    DRE = "dre"
    ALLOWANCE = "allowance"
    PAYS = "pays"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """
    What somebody has: capital, and each week income, what the law leaves out of it, and what disability costs them.

    `dre_pence`: disability-related expenditure; nobody has any in a care home, where the home sees to it.
    """

    capital_pence: int
    income_pence: int
    disregards_pence: int
    dre_pence: int


@dataclass(frozen=True, kw_only=True)
class Rates:
    """
    The rates of one day. `allowance_pence` is what somebody keeps each week: the minimum income guarantee at home, the
    personal expenses allowance in a care home. A tariff of so much is assumed for every begun step of capital.
    """

    upper_capital_pence: int
    lower_capital_pence: int
    tariff_step_pence: int
    tariff_pence: int
    allowance_pence: int


class Line(NamedTuple):
    """One line of the working: what it is, and its pence as they count, below zero where they are taken off."""

    step: Step
    pence: int


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """
    What somebody can pay each week, and every line it comes from; they add up to it unless that would be below nothing.

    `weekly_pence` is none where they pay all that their care costs.
    """

    weekly_pence: int | None
    tariff_pence: int
    lines: tuple[Line, ...]

    @property
    def pays_in_full(self) -> bool:
        """Tell whether they pay all that their care costs."""
        return self.weekly_pence is None


class Shares(NamedTuple):
    """What care costs each week, and who pays: cost = adult + council (Care Act 2014 s26)."""

    cost_pence: int
    adult_pence: int
    council_pence: int


def tariff_income_pence(capital_pence: int, rates: Rates) -> int:
    """
    Give the weekly income that is assumed from capital: so much for each step above the lower limit, begun ones too.

    Capital 14,250 -> 0; 14,500 -> 1; 23,250 -> 36 (care rules, example 7). Units: pence.
    """
    above = max(0, capital_pence - rates.lower_capital_pence)
    return -(-above // rates.tariff_step_pence) * rates.tariff_pence


def contribution(figures: Figures, rates: Rates) -> Contribution:
    """
    Work out what somebody can pay each week: income and tariff income, less what is left out and what they keep.

    With capital above the upper limit they pay all that their care costs.

    :raises FigureBelowZero: a figure is below zero.
    """
    _check(figures)
    if figures.capital_pence > rates.upper_capital_pence:
        line = Line(Step.CAPITAL, figures.capital_pence)
        return Contribution(weekly_pence=None, tariff_pence=0, lines=(line,))
    tariff = tariff_income_pence(figures.capital_pence, rates)
    lines = (
        Line(Step.INCOME, figures.income_pence),
        Line(Step.TARIFF, tariff),
        Line(Step.DISREGARDS, -figures.disregards_pence),
        Line(Step.DRE, -figures.dre_pence),
        Line(Step.ALLOWANCE, -rates.allowance_pence),
    )
    return Contribution(
        weekly_pence=max(0, sum(line.pence for line in lines)), tariff_pence=tariff, lines=lines
    )


def charge_pence(weekly_pence: int | None, *, cost_pence: int) -> int:
    """
    Charge what somebody can pay, and never more than their care cost (Care Act 2014 s14(4); example 8).

    `weekly_pence` none: they pay all of it. Units: pence.
    """
    return cost_pence if weekly_pence is None else min(weekly_pence, cost_pence)


def shared_out(cost_pence: int, *, weekly_pence: int | None) -> Shares:
    """
    Say who pays what care costs: the adult up to what they can, the council the rest (s26; example 9).

    :raises FigureBelowZero: the cost, or what they can pay, is below zero.
    """
    if cost_pence < 0:
        raise FigureBelowZero("cost")
    if weekly_pence is not None and weekly_pence < 0:
        raise FigureBelowZero("contribution")
    adult = charge_pence(weekly_pence, cost_pence=cost_pence)
    return Shares(cost_pence=cost_pence, adult_pence=adult, council_pence=cost_pence - adult)


def _check(figures: Figures) -> None:
    for code in ("capital", "income", "disregards", "dre"):
        if getattr(figures, f"{code}_pence") < 0:
            raise FigureBelowZero(code)
