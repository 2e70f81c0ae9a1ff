"""Closing a period: its balances are written down and its entries sealed, for good."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from ledger.models import Period
from ledger.queries import open_from


class UnableToClose(Exception):
    """The period does not follow the last one that was closed."""


@transaction.atomic
def close_period(*, book_id: UUID, start: date, end: date, at: datetime, by: str) -> Period:
    """
    Close a book up to `end`: nobody can post before it any more.

    Waits for postings under way; PostgreSQL then writes each account's closing balance and seals the span's
    entries and balances over the seal before. Closing the same span again gives the period that stands.

    Dates: `start` inclusive, `end` exclusive.

    :raises UnableToClose: the span does not start where the last one ended, leaves out entries before the
        first one, or ends before it starts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_door(%s))", [book_id])
    stands = Period.objects.filter(book_id=book_id, start_date=start, end_date=end).first()
    if stands is not None:
        return stands
    opens = open_from(book_id=book_id)
    if opens is not None and opens != start:
        raise UnableToClose(f"The book is closed up to {opens:%-d %B %Y}; the next period starts there.")
    try:
        with transaction.atomic():
            period = Period.objects.create(
                book_id=book_id, start_date=start, end_date=end, closed_at=at, closed_by=by
            )
    except IntegrityError as refusal:
        raise UnableToClose(
            f"A period from {start:%-d %B %Y} to {end:%-d %B %Y} cannot be closed: it starts at or before the "
            "first entry, and ends after it starts."
        ) from refusal
    period.refresh_from_db()
    return period
