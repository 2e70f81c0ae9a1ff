"""The month ends: months up to the first with invoices are closed; the next is counted and waits for a signature."""

from collections.abc import Callable
from datetime import date, timedelta

from commonpurse.demo.days import moment, month_on
from commonpurse.demo.story.council import GRACE
from jobs.actions import work_off
from people.models import Council, User
from reconciliation.actions import ask_for_month_end, close_month, sign
from reconciliation.models import MonthEnd, MonthEndState

SIGNED_AFTER = timedelta(days=11)


class UnableToKeepMonths(Exception):
    """A month of the made-up council could not be counted, or does not agree."""


def keep_months(council: Council, say: Callable[[str], None]) -> bool:
    """
    Count, sign and close what is past, each month through the real month end; tells whether there was any to do.

    Works from what the books say, so that it goes on where it was interrupted. Only outside a transaction.

    :raises UnableToKeepMonths: see the class.
    """
    grace = User.objects.get(email=GRACE)
    waiting = _first_month_of_invoices(council)
    start, end = council.year_start_date, month_on(waiting, 1)
    kept = False
    while start < end:
        kept |= _close(council, start, grace, say)
        start = month_on(start, 1)
    if not MonthEnd.objects.filter(council=council, start_date=end, run__gt=0).exists():
        say(f"Month end of {end:%B %Y}: counted, waiting for a signature")
        _count(council, end, grace)
        kept = True
    return kept


def _first_month_of_invoices(council: Council) -> date:
    """Give the first day of the first month with anything delivered: the day the first contracts began."""
    return council.contracts.earliest("start_date").start_date


def _close(council: Council, start: date, grace: User, say: Callable[[str], None]) -> bool:
    """Count, sign and close one month; tells whether it was still to be done."""
    month_end = MonthEnd.objects.filter(council=council, start_date=start).first()
    if month_end is not None and month_end.state == MonthEndState.CLOSED:
        return False
    say(f"Month end of {start:%B %Y}: counted, signed, closed and sealed")
    if month_end is None or month_end.state != MonthEndState.SIGNED:
        month_end = _count(council, start, grace)
        day = month_end.end_date + SIGNED_AFTER
        month_end = sign(month_end=month_end, by=grace, on=day, at=moment(day))
    close_month(month_end=month_end, by=grace, at=moment(month_end.end_date + SIGNED_AFTER, 11))
    return True


def _count(council: Council, start: date, grace: User) -> MonthEnd:
    month_end = ask_for_month_end(
        council=council, start_date=start, on=month_on(start, 1) + SIGNED_AFTER, by=grace.label
    )
    assert month_end.job is not None  # asking gives the month its job
    job = work_off(month_end.job)
    month_end.refresh_from_db()
    if month_end.state != MonthEndState.CLEAN:
        raise UnableToKeepMonths(f"{month_end} does not agree: {job.error or month_end.get_state_display()}.")
    return month_end
