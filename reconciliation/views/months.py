"""The month end: a council's months, one month with its steps and certificate, counting, signing, closing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from jobs.queries import progress_of
from people.models import MONEY_WIDE, Council, RoleKind
from reconciliation import actions
from reconciliation.forms import MonthForm, WordsForm
from reconciliation.models import MonthEnd
from reconciliation.queries.standing import holds_until, months_of, open_findings
from reconciliation.views.proofs import proofs_of
from reconciliation.views.steps import steps_of


@require_GET
def months(request: SignedIn) -> HttpResponse:
    """List the months of the councils one works for, newest first."""
    councils = {role.council for role in request.user.roles.all() if role.kind in MONEY_WIDE}
    today = timezone.localdate()
    proofs = proofs_of(councils, runs=_runs(request))
    listed = [
        (council, months_of(council=council, on=today), proofs[council.pk])
        for council in sorted(councils, key=lambda council: council.name)
    ]
    if not listed:
        raise Http404
    return page(request, "reconciliation/months.html", councils=listed, runs=_runs(request))


@require_POST
def run(request: SignedIn) -> HttpResponse:
    """Ask for a month to be counted."""
    if not _runs(request):
        raise Http404
    form = MonthForm(request.POST, councils=Council.objects.filter(pk__in=_runs(request)))
    if form.is_valid():
        try:
            month_end = actions.ask_for_month_end(
                council=form.cleaned_data["council"],
                start_date=form.cleaned_data["month"],
                on=timezone.localdate(),
                by=request.user.label,
            )
        except actions.UnableToReconcile as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reconciliation:month", pk=month_end.pk)
    return page(request, "reconciliation/not_counted.html", form=form)


@require_GET
def month(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a month: its steps, how far a count is, and the certificate."""
    month_end = get_object_or_404(
        MonthEnd.objects.visible_to(request.user).select_related("council", "job", "signed_by", "period"),
        pk=pk,
    )
    return page(
        request,
        "reconciliation/month.html",
        month_end=month_end,
        steps=steps_of(month_end, on=timezone.localdate()),
        job=month_end.job,
        progress=progress_of(month_end.job) if month_end.job else None,
        certificate=month_end.certificate.all(),
        events=month_end.events.order_by("happened_at"),
        may_run=month_end.council_id in _runs(request),
    )


@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what is signed, then sign."""
    month_end = _mine(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.sign(month_end=month_end, by=request.user, on=timezone.localdate(), at=timezone.now())
        except actions.UnableToSign as trouble:
            refusal = str(trouble)
        else:
            messages.success(request, f"{month_end} is signed. You can close it now.")
            return redirect("reconciliation:month", pk=pk)
    return page(
        request,
        "reconciliation/sign.html",
        month_end=month_end,
        refusal=refusal,
        certificate=month_end.certificate.all(),
        holds=holds_until(council_id=month_end.council_id, end=month_end.end_date),
        findings=open_findings(month_end),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a signature back, with the reason, so that the month can be counted again."""
    month_end = _mine(request, pk)
    form = WordsForm(
        request.POST or None,
        label="Why is the signature withdrawn?",
        help_text="It is kept with the month.",
        required_words="Say why the signature is withdrawn.",
    )
    if form.is_valid():
        try:
            actions.withdraw_signature(
                month_end=month_end, reason=form.cleaned_data["words"], by=request.user
            )
        except actions.UnableToSign as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reconciliation:month", pk=pk)
    return page(request, "reconciliation/withdraw.html", month_end=month_end, form=form)


@require_http_methods(["GET", "POST"])
def close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say what closing means, then close and seal."""
    month_end = _mine(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.close_month(month_end=month_end, by=request.user, at=timezone.now())
        except actions.UnableToCloseMonth as trouble:
            refusal = str(trouble)
        else:
            messages.success(request, f"{month_end} is closed and sealed.")
            return redirect("reconciliation:month", pk=pk)
    return page(request, "reconciliation/close.html", month_end=month_end, refusal=refusal)


def _mine(request: SignedIn, pk: UUID) -> MonthEnd:
    """Give a month one may count, sign and close."""
    months = MonthEnd.objects.run_by(request.user).select_related("council", "signed_by")
    return get_object_or_404(months, pk=pk)


def _runs(request: SignedIn) -> list[UUID]:
    """Give the councils one is a finance officer of."""
    return [role.council_id for role in request.user.roles.all() if role.kind == RoleKind.FINANCE_OFFICER]
