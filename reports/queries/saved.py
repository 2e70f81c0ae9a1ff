"""What pooling has saved one cluster so far this year: the figure of its report, for a page of its own."""

from datetime import date

from clusters.models import Cluster
from reports.queries.proof import proof_of
from reports.queries.spending import NOTHING_BOUGHT, bought
from reports.rules.commissioning import Bought
from reports.rules.months import month_of, year_around


def bought_so_far(*, cluster: Cluster, on: date) -> Bought:
    """
    Give what a cluster bought in its council's year up to and with the month of a day, and what it saved by pooling.

    Worked out by the report's own query, so that there is one definition of a saving.
    """
    month = month_of(on)
    year = year_around(month.start, starts=cluster.council.year_start_date)
    proved = proof_of(council=cluster.council, cluster=cluster, month=month, year=year)
    found = bought(
        {
            "council": cluster.council_id,
            "book": cluster.council.book_id,
            "cluster": cluster.pk,
            "start": year.start,
            "open_from": proved.open_from,
            "finals": proved.finals,
            "end": month.end,
            "month": month.start,
        }
    )
    return found.get(("total", "", ""), NOTHING_BOUGHT)
