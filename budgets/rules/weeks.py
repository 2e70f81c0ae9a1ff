"""
Weekly money by day: one home for everybody who prices days. Pure: no Django.

A week's amount is shared over its seven days: each gets the same whole pence, and the last one what is left over, so a
week loses no penny. Weeks are counted from one day, so a span that is cut in two comes to the same as it does whole.
Both ends of a span count. Source: care rules 3, examples 2 to 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_A_WEEK = 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class FromDay:
    """So many pence a week from one day on, until another amount begins."""

    first: date
    weekly_pence: int


def days_of_week_pence(weekly_pence: int) -> list[int]:
    """Share a week's amount over its seven days: 722.31 is six times 103.18, and 103.23 on the last."""
    a_day = weekly_pence // DAYS_A_WEEK
    return [a_day] * (DAYS_A_WEEK - 1) + [weekly_pence - a_day * (DAYS_A_WEEK - 1)]


def day_pence(weekly_pence: int, *, day: date, week_from: date) -> int:
    """Give what one day gets of so much a week, where weeks are counted from a day. Units: pence."""
    return days_of_week_pence(weekly_pence)[(day - week_from).days % DAYS_A_WEEK]


def span_pence(weekly_pence: int, *, first: date, last: date, week_from: date | None = None) -> int:
    """
    Price a span at so much a week, both ends included: 700 a week is 300 from the 1st to the 3rd.

    Weeks are counted from the first day, or from `week_from`. Nothing where the last day lies before the first.
    Units: pence.
    """
    counted_from = week_from or first
    return sum(day_pence(weekly_pence, day=day, week_from=counted_from) for day in days_between(first, last))


def by_day_pence(amounts: Sequence[FromDay], *, first: date, last: date, week_from: date) -> int:
    """
    Price a span whose weekly amount changes on some of its days: each day at the amount that stands on it.

    The amounts come in the order in which they were agreed: on a day, the last of those counts that have begun by then;
    before any has, there is nothing to pay. Units: pence.
    """
    return sum(
        day_pence(_standing(amounts, day), day=day, week_from=week_from) for day in days_between(first, last)
    )


def days_between(first: date, last: date) -> Iterator[date]:
    """Give each day from the first to the last, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


def _standing(amounts: Sequence[FromDay], day: date) -> int:
    """Give the weekly amount that stands on a day."""
    begun = [amount.weekly_pence for amount in amounts if amount.first <= day]
    return begun[-1] if begun else 0
