"""Closing a signed month and sealing it."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Min

from ledger.actions import UnableToClose, close_period, with_retries
from ledger.models import Entry
from ledger.queries import open_from
from people.models import RoleKind, User
from reconciliation.models import MonthEnd, MonthEndEvent, MonthEndState
from reconciliation.queries import news_of


class UnableToCloseMonth(Exception):
    """The month is not signed, something arrived since, an earlier one is open, or it is not for the user."""


@with_retries
@transaction.atomic
def close_month(*, month_end: MonthEnd, by: User, at: datetime) -> MonthEnd:
    """
    Close a signed month for good: its balances are written down and its entries sealed.

    Waits for postings under way and lets nobody post meanwhile. What comes late is dated in an open month.

    :raises UnableToCloseMonth: see the class.
    """
    stands = MonthEnd.objects.select_for_update(of=["self"]).select_related("council").get(pk=month_end.pk)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=stands.council_id):
        raise UnableToCloseMonth("Only a finance officer of this council may close the month.")
    if stands.state == MonthEndState.CLOSED:
        return stands
    if stands.state != MonthEndState.SIGNED:
        raise UnableToCloseMonth(f"{stands} has to be signed before it is closed.")
    _shut_the_door(stands)
    changed = len(news_of(stands).clusters)
    if changed:
        raise UnableToCloseMonth(
            f"Something new has arrived in {changed} cluster{'' if changed == 1 else 's'} since {stands} was counted. "
            "Withdraw the signature, reconcile it again, and sign."
        )
    _check_order(stands)
    try:
        period = close_period(
            book_id=stands.council.book_id, start=stands.start_date, end=stands.end_date, at=at, by=by.label
        )
    except UnableToClose as refusal:
        raise UnableToCloseMonth(f"Months close in order. {refusal}") from refusal
    stands.state, stands.closed_by, stands.period = MonthEndState.CLOSED, by, period
    stands.save(update_fields=["state", "closed_by", "period"])
    MonthEndEvent.objects.create(month_end=stands, words="Closed and sealed", acted_by=by.label)
    return stands


def _check_order(month_end: MonthEnd) -> None:
    """The first month that is closed is the one the books begin in; the later ones follow it."""
    book_id = month_end.council.book_id
    earlier = Entry.objects.filter(book=book_id, effective_date__lt=month_end.start_date)
    begins = earlier.aggregate(begins=Min("effective_date"))["begins"]
    if begins is not None and open_from(book_id=book_id) is None:
        raise UnableToCloseMonth(
            f"Months close in order, and the books begin in {begins:%B %Y}. Sign and close that month first."
        )


def _shut_the_door(month_end: MonthEnd) -> None:
    """Wait for postings under way in the council's book, and let no new one begin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_door(%s))", [month_end.council.book_id])
