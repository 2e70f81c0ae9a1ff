"""What the members can do about a contract: change it, end it, ask the council again, spend their reserve on it."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusters.actions import UnableToOpen, open_decision
from clusters.models import Decision, DecisionKind
from clusters.rules.again import DO_WE_END, DO_WE_SPEND, DO_WE_VARY, written
from commissioning import actions
from commissioning.forms import AskToEndForm, ChangeForm, EndForm, SpendReserveForm, WhyChangeForm
from commissioning.models import ApprovalState, Contract, ContractState
from commissioning.queries import differences
from commonpurse.pages import SignedIn, page
from people.models import RoleKind
from people.rules.words import day_words

TO_ASK = (ContractState.DRAFT, ContractState.RETURNED)


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """End a running contract for the council, with a reason; a member is asked to put it to the others instead."""
    contract = _contract(request, pk, state=ContractState.APPROVED)
    if not request.user.has_role(RoleKind.COMMISSIONER, council_id=contract.council_id):
        return _ask_to_end(request, contract)
    form = EndForm(_said(request), contract=contract, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.end_early(
                contract=contract,
                end_date=form.end_date,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToEnd as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The members and the provider are told."))
            return redirect("commissioning:contract", pk=pk)
    return page(request, "commissioning/end.html", contract=contract, form=form)


def _ask_to_end(request: SignedIn, contract: Contract) -> HttpResponse:
    """Put it to the members whether a contract ends early."""
    _hold_is_member(request, contract)
    form = AskToEndForm(_said(request))
    over_on = actions.first_end_date(contract, on=timezone.localdate())
    if form.is_valid():
        title = contract.title or contract.ref
        try:
            decision = _open(
                request,
                contract,
                kind=DecisionKind.END_CONTRACT,
                question=written(DO_WE_END, what=title, provider=contract.provider),
                why=form.cleaned_data["reason"],
            )
        except UnableToOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:decision", pk=decision.pk)
    return page(
        request, "commissioning/ask_to_end.html", contract=contract, form=form, over=day_words(over_on)
    )


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Draft what a running contract would become."""
    contract = _contract(request, pk, state=ContractState.APPROVED)
    if not request.user.has_role(*RoleKind, council_id=contract.council_id):
        _hold_is_member(request, contract)
    form = ChangeForm(_said(request), contract=contract)
    if form.is_valid():
        try:
            new = actions.draft_variation(
                contract=contract, change=form.change(), by=request.user, at=timezone.now()
            )
        except actions.UnableToVary as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("commissioning:put-change", pk=new.pk)
    return page(request, "commissioning/change.html", contract=contract, form=form)


@require_http_methods(["GET", "POST"])
def put_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a drafted change beside what is now; a member puts it to the others."""
    contract = _contract(request, pk, state=ContractState.DRAFT)
    if contract.replaces is None:
        raise Http404
    if request.method == "POST":
        _hold_is_member(request, contract)
    form = WhyChangeForm(_said(request))
    if form.is_valid():
        title = contract.replaces.title or contract.replaces.ref
        try:
            decision = _open(
                request,
                contract,
                kind=DecisionKind.VARY_CONTRACT,
                question=written(DO_WE_VARY, what=title, provider=contract.provider),
                why=form.cleaned_data["reason"],
            )
        except UnableToOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:decision", pk=decision.pk)
    return page(
        request,
        "commissioning/put_change.html",
        contract=contract,
        differences=differences(contract=contract),
        is_member=_is_member(request, contract),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def spend_reserve(request: SignedIn, pk: UUID) -> HttpResponse:
    """A member asks the others whether what they keep back may be spent on a contract that waits for approval."""
    contract = _contract(request, pk, state=ContractState.REQUESTED)
    _hold_is_member(request, contract)
    form = SpendReserveForm(_said(request))
    if form.is_valid():
        title = contract.title or contract.ref
        try:
            decision = _open(
                request,
                contract,
                kind=DecisionKind.SPEND_RESERVE,
                question=written(DO_WE_SPEND, what=title),
                why=form.cleaned_data["reason"],
            )
        except UnableToOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:decision", pk=decision.pk)
    return page(request, "commissioning/spend_reserve.html", contract=contract, form=form)


@require_http_methods(["GET", "POST"])
def ask_again(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put a contract that was sent back, or that nobody has asked about yet, before the council."""
    contract = _contract(request, pk, state=TO_ASK)
    if contract.decision_id is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            actions.request_approval(contract=contract, by=request.user, at=timezone.now())
        except actions.UnableToRequestApproval as problem:
            refusal = str(problem)
        else:
            messages.success(request, _("Sent. The council looks at it, and you are told what it says."))
            return redirect("commissioning:contract", pk=pk)
    answer = contract.approvals.filter(state=ApprovalState.RETURNED).order_by("-decided_at").first()
    return page(request, "commissioning/ask_again.html", contract=contract, answer=answer, refusal=refusal)


def _said(request: SignedIn) -> QueryDict | None:
    """Give what was sent, an empty answer too; none where nothing was."""
    return request.POST if request.method == "POST" else None


def _contract(request: SignedIn, pk: UUID, *, state: ContractState | Collection[ContractState]) -> Contract:
    """Give a contract one sees and that is this far; a provider's staff change nothing."""
    states = [state] if isinstance(state, ContractState) else state
    visible = Contract.objects.visible_to(request.user).filter(state__in=states)
    found = get_object_or_404(
        visible.select_related("council", "cluster__council", "provider", "replaces"), pk=pk
    )
    if not request.user.has_role(*RoleKind, council_id=found.council_id):
        _hold_is_member(request, found)
    return found


def _is_member(request: SignedIn, contract: Contract) -> bool:
    """Tell whether the person whose page this is has money in the pool of this contract's cluster."""
    person = request.whose_page()
    return person is not None and contract.cluster.memberships.in_the_pool().filter(person=person).exists()


def _hold_is_member(request: SignedIn, contract: Contract) -> None:
    """Show the page to members only."""
    if not _is_member(request, contract):
        raise Http404


def _open(request: SignedIn, contract: Contract, *, kind: DecisionKind, question: str, why: str) -> Decision:
    """Put a question about a contract to its members."""
    return open_decision(
        cluster=contract.cluster,
        kind=kind,
        question=question,
        why=why,
        subject_id=contract.pk,
        by=request.user,
        person=request.whose_page(),
        at=timezone.now(),
    )
