"""A late change: what was told late, what it does to each line, and then doing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commissioning.models import ContractService
from commonpurse.pages import SignedIn, page
from invoices.actions.late import UnableToApply, apply_late_change
from invoices.forms.late import ApplyForm, LateChangeForm
from invoices.queries.late import late_changes_of, late_rows
from invoices.queries.paying import councils_paid_for

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
def late_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask what was told late and show what it does, by GET; do it, by POST."""
    services = ContractService.objects.filter(contract__council__in=councils_paid_for(request.user))
    service = get_object_or_404(
        services.select_related("contract__cluster", "contract__provider", "contract__council"), pk=pk
    )
    form = LateChangeForm(request.GET if "what" in request.GET else None)
    applying = ApplyForm(request.POST or None)
    if request.method == "POST" and applying.is_valid():
        try:
            made = apply_late_change(
                service=service,
                change=applying.change(),
                reason=applying.cleaned_data["reason"],
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except UnableToApply as refusal:
            applying.add_error(None, str(refusal))
        else:
            messages.success(request, f"Put right, by {len(made)} adjustment{'s' if len(made) != 1 else ''}.")
            return redirect("invoices:late-change", pk=pk)
    looked_at = applying if request.method == "POST" else form
    rows = late_rows(service=service, change=looked_at.change()) if _is_said(looked_at) else []
    return page(
        request,
        "invoices/pay/late_change.html",
        service=service,
        form=applying if request.method == "POST" else form,
        is_preview=_is_said(looked_at),
        applying=applying if request.method == "POST" else ApplyForm(initial=request.GET.dict()),
        rows=rows[:MOST_SHOWN],
        row_count=len(rows),
        total_pence=sum(row.difference_pence for row in rows),
        changes=late_changes_of(service=service)[:MOST_SHOWN],
    )


def _is_said(form: LateChangeForm) -> bool:
    """Tell whether what changed is said well enough to be looked at; the reason may still be missing."""
    return form.is_bound and not (set(form.errors) - {"reason", "__all__"})
