"""From a month's total to a cluster, to a member's statement, to the line and its shares."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from clusters.models import Membership
from commonpurse.pages import SignedIn, page
from invoices.models import HoldReply, InvoiceLine, Payment
from people.models import MONEY_WIDE, Part, RoleKind
from reconciliation.models import ClusterMonth, MonthEnd, Statement
from reconciliation.queries.drill import is_late, paid_lines, shares_of, spent_on

ON_A_PAGE = 50
REPLIES = Prefetch("replies", HoldReply.objects.select_related("attachment").order_by("written_at", "pk"))
SUMS = (
    *("opening_pence", "pledged_pence", "returned_pence", "posted_pence", "other_pence", "closing_pence"),
    *("committed_pence", "line_count", "member_count"),
)


@require_GET
def clusters(request: SignedIn, pk: UUID) -> HttpResponse:
    """List the clusters of a month with their sums, which add up to the council's."""
    month_end = get_object_or_404(MonthEnd.objects.visible_to(request.user).select_related("council"), pk=pk)
    counted = month_end.cluster_months.select_related("cluster").order_by("cluster__ref")
    return page(
        request,
        "reconciliation/clusters.html",
        month_end=month_end,
        results=Paginator(counted, ON_A_PAGE).get_page(request.GET.get("page")),
        total=month_end.cluster_months.aggregate(**{name: Sum(name, default=0) for name in SUMS}),
    )


@require_GET
def cluster(request: SignedIn, pk: UUID, cluster_id: UUID) -> HttpResponse:
    """Show a cluster's month: its services, and its members' statements."""
    month_end = get_object_or_404(MonthEnd.objects.visible_to(request.user).select_related("council"), pk=pk)
    cluster_month = get_object_or_404(
        ClusterMonth.objects.select_related("cluster"), month_end=month_end, cluster=cluster_id
    )
    statements = Statement.objects.filter(cluster_month=cluster_month, membership__cluster=cluster_id)
    return page(
        request,
        "reconciliation/cluster.html",
        month_end=month_end,
        cluster_month=cluster_month,
        services=cluster_month.services.select_related("service__contract__provider").order_by(
            "service__description", "service__contract__ref"
        ),
        statements=statements.select_related("membership").order_by("membership__ref", "stream"),
    )


@require_GET
def statement(request: SignedIn, pk: UUID, membership_id: UUID) -> HttpResponse:
    """Show a member's month in a cluster: what they had, spent and kept by stream, and each line they paid for."""
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("person", "cluster"), pk=membership_id
    )
    statements = list(
        Statement.objects.filter(cluster_month=pk, membership=membership)
        .select_related("cluster_month__month_end__council")
        .order_by("stream")
    )
    if not statements:
        raise Http404
    request.shows(membership.person, Part.MONEY)
    cluster_month = statements[0].cluster_month
    lines = paid_lines(cluster_month=cluster_month, membership=membership)
    return page(
        request,
        "reconciliation/statement.html",
        membership=membership,
        cluster_month=cluster_month,
        month_end=cluster_month.month_end,
        statements=statements,
        total=_total(statements),
        short_pence=-min(0, sum(one.forecast_pence for one in statements)),
        services=spent_on(statements),
        results=Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        is_own=request.is_own(membership.person),
        sees_council=MonthEnd.objects.visible_to(request.user).filter(cluster_months=pk).exists(),
    )


@require_GET
def line(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one line of an invoice, who paid what of it, and by which rule."""
    councils = request.user.roles.filter(kind__in=MONEY_WIDE).values("council_id")
    shown = get_object_or_404(
        InvoiceLine.objects.filter(invoice__council__in=councils).select_related(
            "invoice__provider",
            "invoice__contract__cluster",
            "service",
            "entry",
            "corrected_line__invoice",
            "membership",
        ),
        pk=pk,
    )
    shares = shares_of(shown)
    own = request.user.roles.filter(kind=RoleKind.FINANCE_OFFICER, council=shown.invoice.council_id)
    named = shown.invoice.contract.services.filter(
        code=shown.service_code
    )  # a held line may have none itself
    return page(
        request,
        "reconciliation/line.html",
        line=shown,
        service=shown.service or named.first(),
        may_decide=own.exists(),
        shares=shares,
        shares_pence=sum(share.pence for share in shares),
        rule=shown.entry.basis.get("rule") if shown.entry else "",
        dated_on=is_late(line=shown),
        holds=shown.holds.select_related("dispute").prefetch_related(REPLIES).order_by("opened_at"),
        corrections=shown.corrections.order_by("corrected_at"),
        payment=Payment.objects.filter(items__line=shown, items__is_live=True).select_related("run").first(),
    )


def _total(statements: list[Statement]) -> dict[str, Any]:
    names = (
        *("opening_pence", "pledged_pence", "returned_pence", "spent_pence", "other_pence", "closing_pence"),
        *("committed_pence", "available_pence", "allocation_pence", "variance_pence", "forecast_pence"),
    )
    return {name: sum(getattr(one, name) for one in statements) for name in names}
