"""The steps of a payment run: drafted, looked through, approved by somebody else, fetched and sent, or given up."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from invoices.actions import pay as actions
from invoices.forms.pay import DraftForm, ReasonForm
from invoices.models import Payment, PaymentRun
from invoices.queries.paying import councils_paid_for
from invoices.views.pay.runs import council_paid_for, show_run

MEDIA = {"csv": "text/csv; charset=utf-8", "bacs": "text/plain; charset=us-ascii"}


@require_http_methods(["GET", "POST"])
def draft_run(request: SignedIn, council_id: UUID) -> HttpResponse:
    """Put everything that can be paid into a draft."""
    council = council_paid_for(request, council_id)
    form = DraftForm(request.POST or None)
    if form.is_valid():
        try:
            run = actions.draft_run(
                council=council,
                pay_date=form.cleaned_data["pay_date"],
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except actions.UnableToDraftRun as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("invoices:run", pk=run.pk)
    return page(request, "invoices/pay/draft_run.html", council=council, form=form)


@require_POST
def review_run(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that one has looked through a draft and it is right."""
    run = get_object_or_404(_mine(request), pk=pk)
    try:
        actions.review_run(run=run, by=request.user, at=timezone.now())
    except actions.UnableToAgree as refusal:
        return show_run(request, run, refusal=str(refusal))
    messages.success(request, "Reviewed. Somebody else approves it now.")
    return redirect("invoices:run", pk=pk)


@require_POST
def approve_run(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree that a reviewed run is paid."""
    run = get_object_or_404(_mine(request), pk=pk)
    try:
        actions.approve_run(run=run, by=request.user, at=timezone.now())
    except actions.UnableToAgree as refusal:
        return show_run(request, run, refusal=str(refusal))
    messages.success(request, "Approved. The file for the bank is ready.")
    return redirect("invoices:run", pk=pk)


@require_POST
def send_run(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that the bank has the file."""
    run = get_object_or_404(_mine(request), pk=pk)
    try:
        actions.send_run(run=run, by=request.user, at=timezone.now())
    except actions.UnableToSend as refusal:
        return show_run(request, run, refusal=str(refusal))
    messages.success(request, "Sent. The providers are told what the payment is for.")
    return redirect("invoices:run", pk=pk)


@require_POST
def bank_file(request: SignedIn, pk: UUID, kind: str) -> HttpResponse:
    """Give the file for the bank. Who fetched it is written down, so it is asked for by a button."""
    run = get_object_or_404(_mine(request), pk=pk)
    if kind not in actions.FileKind.values:
        raise Http404
    try:
        given = actions.fetch_file(
            run=run, kind=kind, by=request.user, on=timezone.localdate(), at=timezone.now()
        )
    except actions.UnableToFetch as refusal:
        return show_run(request, run, refusal=str(refusal))
    headers = {
        "Content-Disposition": f'attachment; filename="{given.name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(given.content, content_type=MEDIA[kind], headers=headers)


@require_http_methods(["GET", "POST"])
def send_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make a reviewed run a draft again, saying why."""
    run = get_object_or_404(_mine(request), pk=pk)
    form = ReasonForm(
        request.POST or None,
        label="What should be looked at again?",
        help_text="Whoever drafted it reads this beside the run.",
        required_words="Say what should be looked at again.",
    )
    if form.is_valid() and _done(
        form,
        lambda: actions.send_back(
            run=run, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("invoices:run", pk=pk)
    return page(request, "invoices/pay/send_back.html", run=run, form=form)


@require_http_methods(["GET", "POST"])
def cancel_run(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give a run up; what it would have paid goes into another one."""
    run = get_object_or_404(_mine(request), pk=pk)
    form = ReasonForm(
        request.POST or None,
        label="Why is it cancelled?",
        help_text="Everything in it can be paid by another run.",
        required_words="Say why it is cancelled.",
    )
    if form.is_valid() and _done(
        form,
        lambda: actions.cancel_run(
            run=run, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("invoices:run", pk=pk)
    return page(request, "invoices/pay/cancel_run.html", run=run, form=form)


@require_http_methods(["GET", "POST"])
def leave_out(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take one provider out of a draft, saying why."""
    payments = Payment.objects.filter(run__in=_mine(request)).select_related("run__council", "provider")
    payment = get_object_or_404(payments, pk=pk)
    form = ReasonForm(
        request.POST or None,
        label="Why is it left out?",
        help_text="It is kept beside the run. The provider is in the next run again.",
        required_words="Say why it is left out.",
    )
    if form.is_valid() and _done(
        form,
        lambda: actions.leave_out(
            payment=payment, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("invoices:run", pk=payment.run_id)
    return page(request, "invoices/pay/leave_out.html", payment=payment, form=form)


@require_http_methods(["GET", "POST"])
def give_up(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that the bank never made a payment of a sent run, and why; it goes into another run."""
    payments = Payment.objects.filter(run__in=_mine(request)).select_related("run__council", "provider")
    payment = get_object_or_404(payments, pk=pk)
    form = ReasonForm(
        request.POST or None,
        label="What did the bank say?",
        help_text="It is kept beside the run, and the provider reads it in a letter.",
        required_words="Say why the bank did not make this payment.",
    )
    if form.is_valid() and _done(
        form,
        lambda: actions.give_up(
            payment=payment, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        messages.success(request, "Noted. What it would have paid can go into another run.")
        return redirect("invoices:payment", pk=pk)
    return page(request, "invoices/pay/give_up.html", payment=payment, form=form)


def _mine(request: SignedIn) -> QuerySet[PaymentRun]:
    """Give the runs one may move: of the councils one is a finance officer of."""
    return PaymentRun.objects.filter(council__in=councils_paid_for(request.user)).select_related("council")


def _done(form: ReasonForm, step: Callable[[], object]) -> bool:
    """Take a step; where it is refused, say why on the form."""
    try:
        step()
    except (actions.UnableToAgree, actions.UnableToSettle) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
