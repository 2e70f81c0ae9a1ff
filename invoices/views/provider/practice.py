"""Starting the sandbox of a provider's systems over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from invoices.actions.practice import UnableToStartOver, start_over
from invoices.actions.practise_paying import UnableToPractisePaying, pay_practised
from invoices.forms.webhooks import SureForm
from invoices.models import PaymentState, RunState
from invoices.queries.practice import PENCE_EACH, practised, practised_payments
from providers.models import Provider

START_OVER = "Yes, start over: what our systems sent while practising is gone"


@require_http_methods(["GET", "POST"])
def practice(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the systems practise on, and starting over from the contracts as they are now."""
    own = Provider.objects.filter(staff__user=request.user).select_related("council")
    provider = get_object_or_404(own, pk=pk)
    form = SureForm(request.POST if request.method == "POST" else None, words=START_OVER)
    if form.is_valid():
        try:
            start_over(provider=provider, by=request.user.label, at=timezone.now())
        except UnableToStartOver as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your systems practise on your contracts as they are now.")
            return redirect("invoices:practice", pk=pk)
    return _show(request, provider, form)


@require_POST
def pay_practice(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take the next step of paying what was practised: send what is accepted, or let the made-up bank pay it."""
    own = Provider.objects.filter(staff__user=request.user).select_related("council")
    provider = get_object_or_404(own, pk=pk)
    try:
        run = pay_practised(
            provider=provider, on=timezone.localdate(), at=timezone.now(), by=request.user.label
        )
    except UnableToPractisePaying as refusal:
        return _show(request, provider, SureForm(words=START_OVER), refusal=str(refusal))
    is_paid = run.state == RunState.PAID
    messages.success(request, "The made-up bank has paid." if is_paid else "A made-up payment is on its way.")
    return redirect("invoices:practice", pk=pk)


def _show(request: SignedIn, provider: Provider, form: SureForm, *, refusal: str = "") -> HttpResponse:
    payments = practised_payments(provider=provider)
    return page(
        request,
        "invoices/provider/practice.html",
        provider=provider,
        contracts=practised(provider=provider),
        payments=payments,
        is_on_its_way=any(one.state == PaymentState.PLANNED for one in payments),
        pence_each=PENCE_EACH,
        form=form,
        refusal=refusal,
    )
