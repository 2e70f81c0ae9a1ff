"""The commissioner's pages: what waits, and one decision."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import actions
from commissioning.forms import DecideForm
from commissioning.models import Approval, ApprovalState
from commissioning.queries import (
    checks_of,
    differences,
    ending_soon,
    limits_of,
    money_for,
    providers_to_look_at,
    requests_with,
    services_of,
    to_approve,
)
from commonpurse.pages import SignedIn, page
from people.models import RoleKind

ROWS_A_PAGE = 25


@require_GET
def waiting(request: SignedIn) -> HttpResponse:
    """What waits for a commissioner: contracts to approve first, then what ends soon and whom to look at."""
    if not request.user.has_role(RoleKind.COMMISSIONER):
        raise Http404
    today, by = timezone.localdate(), request.user
    results = Paginator(to_approve(by=by), ROWS_A_PAGE).get_page(request.GET.get("page"))
    limits = limits_of(by=by)
    return page(
        request,
        "commissioning/waiting.html",
        results=results,
        requests=[
            {
                "approval": approval,
                "days": (today - timezone.localdate(approval.requested_at)).days,
                "is_own": approval.requested_by_id == by.pk,
                "is_above_limit": approval.estimate_pence > limits[str(approval.contract.council_id)],
            }
            for approval in requests_with(ids=list(results))
        ],
        ending=ending_soon(by=by, on=today),
        providers=providers_to_look_at(by=by, on=today),
    )


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: UUID) -> HttpResponse:
    """One contract to approve: what the members decided, what must hold, the money; then the answer."""
    approval = _approval(request, pk)
    # Whoever answers hears from the action what is in the way; whoever reads is offered what can be done.
    form = DecideForm(request.POST if request.method == "POST" else None, may_approve=True, needs_notice=True)
    if form.is_valid():
        try:
            _decide(form, approval, request)
        except (actions.UnableToApprove, actions.UnableToReturn) as refusal:
            form.add_error(None, str(refusal))
            approval = _approval(request, pk)  # as it stands now: somebody may have decided
        else:
            return redirect("commissioning:decide", pk=pk)
    if approval.state != ApprovalState.WAITING:
        return page(request, "commissioning/decided.html", approval=approval, form=form)
    contract, today = approval.contract, timezone.localdate()
    money, services = money_for(contract=contract), services_of(contract=contract)
    own = [service for service in services if service.contract_id == contract.pk]
    checks = checks_of(approval=approval, by=request.user, on=today, money=money, services=own)
    undone = [check for check in checks if not check.done]
    may_approve, needs_notice = (
        not any(not check.asks for check in undone),
        any(check.asks for check in undone),
    )
    if request.method == "GET":
        form = DecideForm(may_approve=may_approve, needs_notice=needs_notice)
    return page(
        request,
        "commissioning/decide.html",
        approval=approval,
        contract=contract,
        decision=contract.decision,
        differences=differences(contract=contract, services=services),
        checks=checks,
        all_done=not undone,
        may_approve=may_approve,
        money=money,
        form=form,
    )


def _approval(request: SignedIn, pk: UUID) -> Approval:
    """Give a request of a council this commissioner works for; any other is not there."""
    visible = Approval.objects.visible_to(request.user).select_related(
        "contract__cluster",
        "contract__provider",
        "contract__council",
        "contract__decision",
        "contract__replaces",
        "requested_by",
        "decided_by",
    )
    return get_object_or_404(visible, pk=pk)


def _decide(form: DecideForm, approval: Approval, request: SignedIn) -> None:
    """Approve or send back, as the form was answered."""
    by, at, note = request.user, timezone.now(), form.cleaned_data["note"]
    if form.is_approved:
        published = form.cleaned_data["procurement_ref"]
        actions.approve(approval=approval, by=by, at=at, note=note, procurement_ref=published)
    else:
        actions.return_contract(approval=approval, reason=note, by=by, at=at)
