"""A provider's records of visits by hand: all of them, recording one, and withdrawing one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions.visits import record_visits
from invoices.actions.withdraw_visit import LONGEST_REASON, UnableToWithdraw, withdraw_visit
from invoices.forms.pay import ReasonForm
from invoices.forms.visits import VisitForm
from invoices.queries.provider import members_to_bill, own_contracts
from invoices.queries.visits import own_visits
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 50


@require_GET
def own_visits_page(request: SignedIn) -> HttpResponse:
    """List the records of whom one works for, the newest day first."""
    employers_of(request)
    results = Paginator(own_visits(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "invoices/provider/visits.html", results=results)


@require_http_methods(["GET", "POST"])
def record_visit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a visit under a contract."""
    contract = get_object_or_404(own_contracts(request.user), pk=pk)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        contract=contract,
        services=list(contract.services.order_by("code")),
        member_refs=sorted({member.ref for member in members_to_bill(contract)}),
    )
    if form.is_valid():
        [taken] = record_visits(records=[(0, form.record)], provider=contract.provider, by=request.user.label)
        if taken.refusal is None:
            _tell(request, taken.is_first, taken.overlaps)
            return redirect("invoices:own-visits")
        form.say_at(taken.refusal.field, str(taken.refusal))
    return page(request, "invoices/provider/record_visit.html", contract=contract, form=form)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Withdraw a record that was wrong, saying why."""
    visit = get_object_or_404(own_visits(request.user), pk=pk)
    form = ReasonForm(
        request.POST or None,
        label="Why is it withdrawn?",
        help_text=f"It is kept beside the record. At most {LONGEST_REASON} characters.",
        required_words="Say why the record is withdrawn.",
    )
    if form.is_valid():
        try:
            withdraw_visit(
                visit=visit,
                reason=form.cleaned_data["reason"],
                seen=None,
                by=request.user,
                at=timezone.now(),
            )
        except UnableToWithdraw as refusal:
            form.add_error("reason" if refusal.field else None, str(refusal))
        else:
            messages.success(request, f"Record {visit.ref} is withdrawn. It stays to be seen.")
            return redirect("invoices:own-visits")
    return page(request, "invoices/provider/withdraw_visit.html", visit=visit, form=form)


def _tell(request: SignedIn, is_first: bool, overlaps: list[str]) -> None:
    if not is_first:
        messages.success(request, "This very record was there already. Nothing changed.")
    elif overlaps:
        messages.warning(
            request,
            f"Recorded. It is at the same time as {', '.join(overlaps)}: look whether both are right.",
        )
    else:
        messages.success(request, "Recorded. A record costs nothing: what is paid is what you invoice.")
