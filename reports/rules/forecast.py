"""What was planned to be spent by a day, and what the year will come to. Pure arithmetic of whole pence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FORECAST_RULE = (
    "Forecast: what was spent so far, and the same amount a day for the rest of the year, worked out for each "
    "cluster from the first month it bought something. This is our own rule. It does not know about "
    "holidays, new members or prices that change."
)
PLAN_RULE = (
    "Budget: what members put into their pools, counted evenly by day from the day each pledge starts to the end "
    "of the budget it comes from, less what went back to their own budgets. This is our own rule."
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.start).days


@dataclass(frozen=True, kw_only=True)
class Pot:
    """Pence meant to last over a span."""

    pence: int
    span: Span


def counted_by(pot: Pot, on: date) -> int:
    """Give how much of a pot counts before a day, evenly by day, rounded half up. Units: pence."""
    passed = min(max((on - pot.span.start).days, 0), pot.span.days)
    if pot.span.days == 0:
        return pot.pence if on > pot.span.start else 0
    return half_up(pot.pence * passed, pot.span.days)


def planned_in(pots: Iterable[Pot], span: Span) -> int:
    """Give what pots plan for a span; the spans of a year add up to the year exactly. Units: pence."""
    return sum(counted_by(pot, span.end) - counted_by(pot, span.start) for pot in pots)


def forecast_pence(*, spent_pence: int, spent_from: date, spent_to: date, year_end: date) -> int:
    """
    Give what a year will come to if the rest goes as the days so far. See `FORECAST_RULE`.

    Dates: `spent_from` inclusive, the others exclusive. Units: pence. A year that is over, or money that came
    back on balance, is forecast as it stands.
    """
    passed, left = (spent_to - spent_from).days, (year_end - spent_to).days
    if passed <= 0 or left <= 0 or spent_pence <= 0:
        return spent_pence
    return spent_pence + half_up(spent_pence * left, passed)


def half_up(top: int, bottom: int) -> int:
    """Divide whole numbers and round half away from nothing. `bottom` is above zero."""
    size = (2 * abs(top) + bottom) // (2 * bottom)
    return size if top >= 0 else -size
