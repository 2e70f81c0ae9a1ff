"""What a provider can bill: its contracts, their services and prices, what is left, and for whom."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from commissioning.models import ContractState
from commonpurse.pages import SignedIn, page
from invoices.queries.provider import billable, members_to_bill, own_contracts
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 25


@require_GET
def own_contracts_page(request: SignedIn) -> HttpResponse:
    """List the contracts of whom one works for, with what is left of each service."""
    employers_of(request)
    results = Paginator(own_contracts(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    services = billable(list(results))
    return page(
        request,
        "invoices/provider/contracts.html",
        results=results,
        rows=[(contract, services[contract.pk]) for contract in results],
    )


@require_GET
def own_contract(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what can be billed under a contract: services, prices, what is left, and members' references."""
    shown = get_object_or_404(own_contracts(request.user), pk=pk)
    return page(
        request,
        "invoices/provider/contract.html",
        contract=shown,
        services=billable([shown])[shown.pk],
        members=members_to_bill(shown),
        can_be_billed=shown.state == ContractState.APPROVED,
    )
