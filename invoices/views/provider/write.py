"""Writing an invoice or credit note by hand: fill in, look at what would become of it, and send it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commissioning.models import Contract, ContractState
from commonpurse.pages import SignedIn, page
from invoices.actions import UnableToTakeIn, take_in
from invoices.actions.rehearse import rehearse
from invoices.forms.write import LINES_AT_FIRST, MOST_LINES, WriteForm
from invoices.queries.provider import members_to_bill, own_contracts
from invoices.queries.uploads import Looked, looked_at
from ledger.pennies import in_pounds

KINDS = {"invoice": False, "credit-note": True}


@require_http_methods(["GET", "POST"])
def write(request: SignedIn, pk: UUID, kind: str) -> HttpResponse:
    """Write a document under a contract. The first button looks at it, the second sends it."""
    contract = get_object_or_404(own_contracts(request.user).filter(state=ContractState.APPROVED), pk=pk)
    if kind not in KINDS:
        raise Http404
    step = request.POST.get("step", "")
    form = _form(request, contract, is_credit=KINDS[kind])
    looked: Looked | None = None
    seen, has_changed = "", False
    if step in ("look", "send") and form.is_valid():
        seen = form.document.body_hash.hex()
        has_changed = step == "send" and request.POST.get("seen") != seen
        given: dict[str, Any] = {
            "document": form.document,
            "provider": contract.provider,
            "on": timezone.localdate(),
        }
        try:
            if step == "send" and not has_changed:
                taken = take_in(**given, by=request.user.label)
                messages.success(request, f"{taken.invoice.number} is sent. This is what became of it.")
                return redirect("invoices:own-invoice", pk=taken.invoice.pk)
            looked = looked_at([rehearse(**given, by=request.user)])
        except UnableToTakeIn as refusal:
            place = refusal.pointer.strip("/")
            form.add_error(place if place in form.fields else None, str(refusal))
    return page(
        request,
        "invoices/provider/write.html",
        contract=contract,
        form=form,
        is_credit=KINDS[kind],
        lines=len(form.line_numbers),
        most_lines=MOST_LINES,
        looked=looked,
        seen=seen,
        has_changed=has_changed,
        total=in_pounds(form.document.total_pence) if looked else "",
    )


def _form(request: SignedIn, contract: Contract, *, is_credit: bool) -> WriteForm:
    """Give the form with as many lines as there were, or five more where that was asked for; nothing is judged then."""
    said = request.POST.get("lines", "")
    lines = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else LINES_AT_FIRST
    wants_more = request.POST.get("step") == "more"
    is_answered = request.POST.get("step") in ("look", "send")
    return WriteForm(
        request.POST if is_answered else None,
        contract=contract,
        services=list(contract.services.order_by("code")),
        member_refs=[member.ref for member in members_to_bill(contract)],
        is_credit=is_credit,
        lines=lines + LINES_AT_FIRST if wants_more else lines,
        initial=dict(request.POST.items()) if wants_more else None,
    )
