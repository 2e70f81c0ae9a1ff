"""Closing a period: its balances are written down and its entries sealed, for good."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from ledger.models import Period
from ledger.queries import open_from, seal_of, sql_of


class UnableToClose(Exception):
    """The period does not follow the last one that was closed."""


@transaction.atomic
def close_period(*, book_id: UUID, start: date, end: date, at: datetime, by: str) -> Period:
    """
    Close a book up to `end`: nobody can post before it any more.

    Waits for postings under way, writes each account's closing balance, and seals the span's entries and
    balances over the seal before. Closing the same span again gives the period that stands.

    Dates: `start` inclusive, `end` exclusive.

    :raises UnableToClose: the span does not start where the last one ended.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_door(%s))", [book_id])
    stands = Period.objects.filter(book_id=book_id, start_date=start, end_date=end).first()
    if stands is not None:
        return stands
    opens = open_from(book_id=book_id)
    if opens is not None and opens != start:
        raise UnableToClose(f"The book is closed up to {opens:%-d %B %Y}; the next period starts there.")
    last = Period.objects.filter(book_id=book_id, end_date=start).first()
    previous = bytes(last.seal) if last else None
    values = {"book": book_id, "start": start, "end": end, "previous": previous}
    count, seal = seal_of(balances_sql=sql_of("closing.sql"), values=values)
    period = Period.objects.create(
        book_id=book_id,
        start_date=start,
        end_date=end,
        entry_count=count,
        previous_seal=previous,
        seal=seal,
        closed_at=at,
        closed_by=by,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_closingbalance (period_id, account_id, balance_pence) "
            f"SELECT %(period)s, b.account_id, b.balance_pence FROM ({sql_of('closing.sql')}) b",  # noqa: S608
            values | {"period": period.pk},
        )
    return period
