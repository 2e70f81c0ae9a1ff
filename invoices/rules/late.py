"""
Late changes, worked out by day: what was paid is put right by the difference, never written over. Pure: no Django.

Days are priced as `budgets.rules.weeks` does. Source: care rules 3, example 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.rules.weeks import DAYS_A_WEEK, ONE_DAY, day_pence, days_between
from ledger.pennies import line_pence

UNIT_OF_A_WEEK = "week"


@dataclass(frozen=True, kw_only=True)
class LateChange:
    """
    What was said late of a service, from the first day to the last, both included; no day: without an end there.

    With a rate: these days cost so much a unit, pence. Without one: the service ran on these days alone, and others
    cost nothing.
    """

    first: date | None
    last: date | None
    rate_pence: int | None = None

    def covers(self, day: date) -> bool:
        """Tell whether a day is one of its days."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class Billed:
    """What a line says: from which day, how many of which unit, at what rate and for how much. Pence."""

    day: date
    unit: str
    units: Decimal
    rate_pence: int
    amount_pence: int


def days_billed(billed: Billed) -> list[date]:
    """Give the days a line is for: seven a unit where it is billed by the week, else its own day."""
    days = billed.units * DAYS_A_WEEK
    if billed.unit != UNIT_OF_A_WEEK or days != days.to_integral_value() or days < 1:
        return [billed.day]
    return list(days_between(billed.day, billed.day + (int(days) - 1) * ONE_DAY))


def due_pence(billed: Billed, changes: Sequence[LateChange]) -> int:
    """
    Work out what a line comes to after late changes, each over those before it; without any, what it says.

    Of changes that say on which days the service ran, the last counts. Units: pence.
    """
    if not changes:
        return billed.amount_pence
    days = days_billed(billed)
    running = _days_running(days, changes)
    if len(days) == 1:
        return line_pence(billed.units, _rate(billed, billed.day, changes)) if running else 0
    return sum(
        day_pence(_rate(billed, day, changes), day=day, week_from=billed.day)
        for day in days
        if day in running
    )


def due_units(billed: Billed, changes: Sequence[LateChange]) -> Decimal:
    """Work out how many units of a line were delivered after late changes, to four places."""
    days = days_billed(billed)
    share = Decimal(len(_days_running(days, changes))) / len(days)
    return (billed.units * share).quantize(Decimal("0.0001"))


def _days_running(days: Sequence[date], changes: Sequence[LateChange]) -> set[date]:
    """Give those of some days on which the service ran."""
    spans = [change for change in changes if change.rate_pence is None]
    return {day for day in days if not spans or spans[-1].covers(day)}


def _rate(billed: Billed, day: date, changes: Sequence[LateChange]) -> int:
    """Give what a unit costs on a day: by the last change that says so, or as it was billed."""
    rates = [change.rate_pence for change in changes if change.rate_pence is not None and change.covers(day)]
    return rates[-1] if rates else billed.rate_pence
