"""
Direct payments by day: which days each instalment is for, and how much of the money may stay. Pure: no Django.

Both ends of a span count. Source: care rules 2 and 3 (weekly amounts by day); the Care and Support (Direct Payments)
Regulations 2014.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(weeks=4)
MONTHLY = "monthly"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Some days, both ends included."""

    first: date
    last: date


def periods(*, is_monthly: bool, start: date, until: date) -> Iterator[Span]:
    """
    Give the days each instalment is for, from `start` up to (not including) `until`, in order.

    Every four weeks from the first day, or by calendar month: then the first may be part of a month. The last ends with
    the money.
    """
    while start < until:
        following = min(_first_of_next_month(start) if is_monthly else start + FOUR_WEEKS, until)
        yield Span(first=start, last=following - ONE_DAY)
        start = following


def even_pence(annual_pence: int, *, span: Span, start: date, until: date) -> int:
    """
    Give what some days get of an amount that is spread evenly from `start` up to (not including) `until`.

    Cut anywhere, the parts add up to the whole. Days outside get nothing. Units: pence.
    """
    first, after = max(span.first, start), min(span.last + ONE_DAY, until)
    if after <= first:
        return 0
    days = (until - start).days
    return annual_pence * (after - start).days // days - annual_pence * (first - start).days // days


def may_stay_pence(*, weekly_pence: int, weeks: int, contingency_pence: int) -> int:
    """Give how much of a direct payment may stay with the person: some weeks of it, and what is set aside besides."""
    return weekly_pence * weeks + contingency_pence


def above_pence(balance_pence: int, *, may_stay_pence: int) -> int:
    """Give how much more there is than may stay; nothing where there is not. Units: pence."""
    return max(0, balance_pence - may_stay_pence)


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
