"""
When somebody's plan is looked at again: the clocks of reviews. Pure: no Django, no clock on the wall.

A clock is worked out from what happened, never stored: nobody can hide one, put it off or switch it off. Sources: care
rules, section 1 (plan review, direct-payment review) and worked example 14.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class ClockKind(StrEnum):
    """Why a review is due; of the same day, in this order."""

    CALLED = "called"
    FIRST = "first"
    YEARLY = "yearly"
    DIRECT_PAYMENT = "direct_payment"
    PLAN_SAYS = "plan_says"
    CAPACITY = "capacity"


@dataclass(frozen=True, kw_only=True)
class Called:
    """Something happened that calls for a review at once: what, and on which day."""

    on: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Happened:
    """
    What a person's clocks are worked out from.

    `agreed_date`: when their plan was first agreed; none: they have none yet. `reviewed_dates`: every day on which
    their plan was looked at again. `paid_directly_from`: the first day of their direct payment; none: nothing is paid
    so. `paid_reviewed_dates`: the days on which a review looked at the direct payment too. `plan_says_date`: the day
    that the agreed plan itself names. `capacity_again_dates`: by when it is looked at again whether they can decide
    something themselves that they could not.
    """

    agreed_date: date | None
    reviewed_dates: Sequence[date] = ()
    paid_directly_from: date | None = None
    paid_reviewed_dates: Sequence[date] = ()
    plan_says_date: date | None = None
    capacity_again_dates: Sequence[date] = ()
    called: Sequence[Called] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Periods:
    """How long clocks run, as the council's policy says: days, and calendar months."""

    first_days: int
    yearly_days: int
    paid_first_months: int
    paid_months: int


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A review that is due by a day, that day included, and why."""

    kind: ClockKind
    due_date: date
    why: str = ""

    def days_late(self, on: date) -> int:
        """Say by how many days it is late on a day; on the day itself it is not."""
        return max((on - self.due_date).days, 0)


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def clocks_of(happened: Happened, periods: Periods) -> list[Clock]:
    """
    Give every review that is due for somebody, the most pressing first; none before there is a plan or a call for one.

    What called for a review is due on its own day. A review done ends what called for it until then; looking again at
    what somebody can decide ends with what is written down of it.
    """
    clocks = [Clock(kind=ClockKind.CALLED, due_date=one.on, why=one.why) for one in happened.called]
    clocks += [Clock(kind=ClockKind.CAPACITY, due_date=day) for day in happened.capacity_again_dates]
    if happened.agreed_date is not None:
        clocks.append(_of_plan(happened, happened.agreed_date, periods))
        clocks.extend(_as_plan_says(happened))
    if happened.paid_directly_from is not None:
        clocks.append(_of_direct_payment(happened, happened.paid_directly_from, periods))
    return sorted(clocks, key=lambda clock: (clock.due_date, list(ClockKind).index(clock.kind)))


def _of_plan(happened: Happened, agreed: date, periods: Periods) -> Clock:
    if not happened.reviewed_dates:
        return Clock(kind=ClockKind.FIRST, due_date=agreed + timedelta(days=periods.first_days))
    last = max(happened.reviewed_dates)
    return Clock(kind=ClockKind.YEARLY, due_date=last + timedelta(days=periods.yearly_days))


def _as_plan_says(happened: Happened) -> list[Clock]:
    """A plan may name an earlier day than the clock; once a review was held on or after that day, it is past."""
    day = happened.plan_says_date
    if day is None or any(reviewed >= day for reviewed in happened.reviewed_dates):
        return []
    return [Clock(kind=ClockKind.PLAN_SAYS, due_date=day)]


def _of_direct_payment(happened: Happened, since: date, periods: Periods) -> Clock:
    """Within so many months of the first payment, then of each review that looked at it."""
    done = [day for day in happened.paid_reviewed_dates if day >= since]
    due = (
        months_after(max(done), periods.paid_months)
        if done
        else months_after(since, periods.paid_first_months)
    )
    return Clock(kind=ClockKind.DIRECT_PAYMENT, due_date=due)
