"""The figures of a month, and what has changed since they were counted."""

from uuid import UUID

from django.db import connection

from ledger.models import Period
from reconciliation.models import MonthEnd
from reconciliation.queries.sql import sql_of, values_of
from reconciliation.rules import Figures


def changed_clusters(month_end: MonthEnd) -> list[UUID]:
    """Give the clusters that are not counted yet or have something new up to the end of the month."""
    with connection.cursor() as cursor:
        cursor.execute(sql_of("changed.sql"), values_of(month_end))
        return [cluster_id for (cluster_id,) in cursor.fetchall()]


def figures_of(month_end: MonthEnd, *, arrived: int) -> Figures:
    """Add up a counted month. `arrived`: how many clusters have something new since."""
    values = values_of(month_end)
    with connection.cursor() as cursor:
        cursor.execute(sql_of("totals.sql"), values)
        totals = dict(
            zip([column.name for column in cursor.description or []], cursor.fetchone(), strict=True)
        )
        cursor.execute(sql_of("payables.sql"), values)
        [payables] = cursor.fetchone()
        cursor.execute(sql_of("funding.sql"), values)
        agreed, funded = cursor.fetchone()
        cursor.execute(sql_of("bank.sql"), values)
        bank_stated, bank_booked = cursor.fetchone()
    seals = list(
        Period.objects.filter(book_id=values["book"])
        .order_by("end_date")
        .values_list("previous_seal", "seal")
    )
    befores = [None, *(bytes(seal) for _, seal in seals)]
    linked = sum(
        (bytes(previous) if previous else None) == before
        for (previous, _), before in zip(seals, befores, strict=False)
    )
    return Figures(
        **{name: int(value) for name, value in totals.items()},
        payables=int(payables),
        agreed=int(agreed),
        funded=int(funded),
        bank_stated=int(bank_stated),
        bank_booked=int(bank_booked),
        periods=len(seals),
        linked_periods=linked,
        arrived=arrived,
        follows_a_closed_month=values["period"] is not None,
    )
