"""Asking for a month to be counted."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from invoices.actions import BATCH
from jobs.actions import ask_for
from jobs.models import Job
from ledger.queries import open_from
from people.models import Council
from reconciliation.models import MonthEnd
from reconciliation.queries.standing import first_months, has_news
from reconciliation.rules import month_before, next_month

MONTH_END = "reconciliation.month_end"


class UnableToReconcile(Exception):
    """The month has not begun, lies before the council did, is signed, or is closed."""


@transaction.atomic
def ask_for_month_end(*, council: Council, start_date: date, on: date, by: str) -> MonthEnd:
    """
    Ask for a month to be counted: every share worked out again and compared with the books.

    While a count is under way, asking again gives that one. The month may still be running: then it is
    counted as it stands. `start_date`: the first day of the month; `on`: today.

    :raises UnableToReconcile: see the class.
    """
    _check_can_be_counted(council, start_date, on)
    MonthEnd.objects.bulk_create(
        [MonthEnd(council=council, start_date=start_date, end_date=next_month(start_date))],
        ignore_conflicts=True,
    )
    month_end = (
        MonthEnd.objects.select_for_update(of=["self"])
        .select_related("council", "job")
        .get(council=council, start_date=start_date)
    )
    if month_end.is_final:
        raise UnableToReconcile(
            f"{month_end} is signed. Withdraw the signature first if it has to be counted again."
        )
    if month_end.job is not None and not month_end.job.is_finished:
        return month_end
    month_end.run += 1
    month_end.job = ask_for(
        kind=MONTH_END,
        key=f"{council.pk}:{month_end.code}:{month_end.run}",
        payload={"month_end": str(month_end.pk)},
        council_id=council.pk,
        asked_by=by,
        doing="Looking for what has changed",
    )
    month_end.save(update_fields=["run", "job"])
    return month_end


def ask_for_open_months(*, on: date, by: str) -> list[MonthEnd]:
    """
    Ask for the month of a day, and the one before it, to be counted for every council that can count them.

    Only what is new since the last count is worked out, so asked for each night it leaves the last count of a
    month, which somebody waits for, little to do. `on`: today.
    """
    councils = Council.objects.filter(is_practice=False).order_by("code")
    return [asked for council in councils for asked in _ask_for_both_months(council, on=on, by=by)]


def ask_for_months_with_news(*, on: date, by: str) -> list[MonthEnd]:
    """
    Ask for the same months where something was posted since they were last counted; `on`: today.

    While a batch of invoices is still coming in, its council waits: it would be counted again at once. News that moves
    no money, such as another sharing rule, is found by the next count of all open months.
    """
    councils = Council.objects.filter(is_practice=False).order_by("code")
    return [
        asked
        for council in councils.exclude(
            pk__in=Job.objects.unfinished().filter(kind=BATCH).values("council_id")
        )
        if has_news(council=council, on=on)
        for asked in _ask_for_both_months(council, on=on, by=by)
    ]


def _ask_for_both_months(council: Council, *, on: date, by: str) -> Iterator[MonthEnd]:
    this_month = on.replace(day=1)
    for start_date in (month_before(this_month), this_month):
        try:
            yield ask_for_month_end(council=council, start_date=start_date, on=on, by=by)
        except UnableToReconcile:  # from before the council began, signed, or closed: it stands as it is
            continue


def _check_can_be_counted(council: Council, start_date: date, on: date) -> None:
    if start_date > on:
        raise UnableToReconcile(f"{start_date:%B %Y} has not begun yet. Choose a month that has.")
    first = first_months([council])[council.pk]
    if start_date < first:
        raise UnableToReconcile(
            f"{council.name} began in {first:%B %Y}; there is nothing to count before that. Choose a later month."
        )
    opens = open_from(book_id=council.book_id)
    if opens is not None and start_date < opens:
        raise UnableToReconcile(
            f"{start_date:%B %Y} is closed and sealed. Late items are dated in an open month: "
            f"{council.name} is open from {opens:%-d %B %Y}."
        )
