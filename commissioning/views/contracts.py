"""The contracts: all of them, and one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from clusters.queries import is_in_the_pool
from commissioning.models import Contract, ContractState
from commissioning.queries import lacks_reserve
from commonpurse.pages import SignedIn, page
from people.models import COUNCIL_WIDE, RoleKind
from people.queries import works_for
from providers.queries import standing_of

ROWS_A_PAGE = 25


@require_GET
def contracts(request: SignedIn) -> HttpResponse:
    """Every contract of the councils one works for, newest first."""
    if not request.user.has_role(*RoleKind):
        raise Http404
    found = Contract.objects.visible_to(request.user).select_related("cluster", "provider")
    results = Paginator(found.order_by("-start_date", "ref"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "commissioning/contracts.html", results=results)


@require_GET
def contract(request: SignedIn, pk: UUID) -> HttpResponse:
    """One contract: what it buys, from whom, and what was decided. Its value is shown to whoever works there."""
    found = get_object_or_404(
        Contract.objects.visible_to(request.user).select_related(
            "cluster__council", "provider", "replaces", "early_end"
        ),
        pk=pk,
    )
    council = found.cluster.council
    is_commissioner = request.user.has_role(RoleKind.COMMISSIONER, council_id=council.pk)
    is_inside = is_in_the_pool(user=request.user, cluster=found.cluster)
    approvals = found.approvals.select_related("requested_by", "decided_by").order_by("-requested_at")
    return page(
        request,
        "commissioning/contract.html",
        contract=found,
        services=found.services.order_by("code"),
        standing=standing_of(provider=found.provider) if found.provider.cqc_location_id else None,
        approvals=approvals,
        is_commissioner=is_commissioner,
        may_change=found.state == ContractState.APPROVED and (works_for(request.user, council) or is_inside),
        may_ask=found.decision_id is not None
        and found.state in {ContractState.DRAFT, ContractState.RETURNED}
        and (works_for(request.user, council) or is_inside),
        lacks_reserve=is_inside and found.state == ContractState.REQUESTED and lacks_reserve(contract=found),
        may_review=found.state in {ContractState.APPROVED, ContractState.ENDED}
        and request.whose_page() is not None
        and not works_for(request.user, council),
        sees_value=works_for(request.user, council),
        sees_names=request.user.has_role(*COUNCIL_WIDE, council_id=council.pk),
    )
