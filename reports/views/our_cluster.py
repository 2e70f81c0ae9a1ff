"""Our cluster, from the inside: the pool as one picture, the month against the plan, what we buy and decide."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from clusters.models import Cluster, Decision
from clusters.queries import agreement_in_force
from clusters.queries.lines import lines_of
from commissioning.models import Contract
from commonpurse.pages import SignedIn, page
from people.rules.words import day_words
from reports.queries.our_cluster import (
    Pool,
    contracts_of,
    decisions_of,
    planned_in_month,
    pool_of,
    spent_in_month,
    those_inside,
    year_ahead_pence,
)
from reports.rules.charts import drawn
from reports.rules.months import month_of
from reports.rules.pool_pictures import month_picture, pool_in_parts, year_picture

MOST_DECISIONS = 5


@require_GET
def our_cluster(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a cluster to its members and their helpers; who put in how much is nobody else's business."""
    person, today = request.whose_page(), timezone.localdate()
    members = those_inside(cluster=pk, on=today) if person else []
    own = next((member for member in members if person and member.person_id == person.pk), None)
    if own is None:
        raise Http404
    cluster = members[0].cluster
    pool, contracts = pool_of(members=members), contracts_of(cluster=cluster)
    agreement = agreement_in_force(cluster=cluster)
    decisions = decisions_of(cluster=cluster)
    return page(
        request,
        "reports/our_cluster.html",
        cluster=cluster,
        away_until=own.away_until,  # type: ignore[attr-defined]
        pool=pool,
        month=_month(cluster, pool, contracts, on=today) if pool else None,
        contracts=[one for one in contracts if one.end_date > today],
        open_now=[one for one in decisions if one.state == "open"],
        decided=_so_far([one for one in decisions if one.state != "open"][:MOST_DECISIONS]),
        lines=lines_of(agreement) if agreement else None,
    )


def _month(cluster: Cluster, pool: Pool, contracts: list[Contract], *, on: date) -> dict[str, Any]:
    """Give the pictures of the pool, of this month and of the year, with their figures in pence."""
    month = month_of(on)
    planned = planned_in_month(contracts, month=month)
    spent = spent_in_month(cluster=cluster, month=month)
    words = date_format(month.start, "F Y")
    picture = month_picture(planned_pence=planned, spent_pence=spent, words=words)
    return {
        "words": words,
        "whole": pool_in_parts(pool),
        "chart": drawn(picture),
        "planned_pence": planned,
        "spent_pence": spent,
        **_year(cluster, pool, contracts, on=on),
    }


def _year(cluster: Cluster, pool: Pool, contracts: list[Contract], *, on: date) -> dict[str, Any]:
    """Give the picture of what the year comes to; none before anything was bought."""
    council = cluster.council
    forecast = year_ahead_pence(council=council, contracts=contracts, spent_pence=pool.spent_pence, on=on)
    if forecast is None:
        return {"year": None}
    last_day = day_words(council.year_end_date - timedelta(days=1))
    picture = year_picture(put_in_pence=pool.put_in_pence, forecast_pence=forecast, last_day=last_day)
    return {"year": drawn(picture), "forecast_pence": forecast, "last_day": last_day}


def _so_far(decisions: list[Decision]) -> list[dict[str, str]]:
    """Give what was decided as steps of a timeline, the newest first."""
    return [
        {
            "words": decision.question_words,
            "address": reverse("clusters:decided", args=[decision.pk]),
            "when": day_words(timezone.localdate(decision.closed_at)) if decision.closed_at else "",
            "detail": decision.outcome_words,
        }
        for decision in decisions
    ]
