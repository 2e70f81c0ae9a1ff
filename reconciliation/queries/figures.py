"""The figures of a month, and what has changed since they were counted."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection

from clusters.models import Cluster
from ledger.models import Period
from reconciliation.models import MonthEnd
from reconciliation.queries.sql import sql_of, values_of
from reconciliation.rules import Figures


class News(NamedTuple):
    """
    What has happened in a council since a month of it was counted.

    `clusters`: those not counted yet, or with something new up to the end of the month. `later_pence`: how much
    more has moved into the pools after the month than when they were counted.
    """

    clusters: list[UUID]
    later_pence: int


def news_of(month_end: MonthEnd) -> News:
    """Look for what is new since a month was counted. What was never counted is new as a whole."""
    if not month_end.cluster_months.exists():
        clusters = Cluster.objects.filter(council_id=month_end.council_id)
        return News(list(clusters.order_by("pk").values_list("pk", flat=True)), 0)
    with connection.cursor() as cursor:
        cursor.execute(sql_of("changed.sql"), values_of(month_end))
        rows = cursor.fetchall()
    return News([cluster for cluster, is_changed, _ in rows if is_changed], int(sum(row[2] for row in rows)))


def figures_of(month_end: MonthEnd, *, news: News) -> Figures:
    """Add up a counted month, of which `news` has come since."""
    values = values_of(month_end) | {"later": news.later_pence}
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
        arrived=len(news.clusters),
        follows_a_closed_month=values["period"] is not None,
    )
