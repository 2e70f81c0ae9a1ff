"""One payment with its invoices and lines, an invoice as the council sees it, and the remittance advice."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from invoices.models import Invoice, Payment, PaymentItem, PaymentRun, PaymentState
from invoices.queries.paying import (
    bank_lines_of,
    councils_paid_for,
    councils_that_pay,
    invoices_in,
    items_of,
)

ON_A_PAGE = 50
COLOURS = {
    PaymentState.PLANNED: "blue",
    PaymentState.PAID: "green",
    PaymentState.RETURNED: "red",
    PaymentState.LEFT_OUT: "grey",
}


@require_GET
def payment(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a payment to whoever works for the council: to whom, for which invoices, and line by line."""
    runs = PaymentRun.objects.visible_to(request.user)
    shown = get_object_or_404(
        Payment.objects.filter(run__in=runs).select_related("run__council", "provider", "payee"), pk=pk
    )
    return page(
        request,
        "invoices/pay/payment.html",
        payment=shown,
        colour=COLOURS[PaymentState(shown.state)],
        bank_lines=bank_lines_of(shown),
        invoices=invoices_in(shown),
        results=Paginator(items_of(shown), ON_A_PAGE).get_page(request.GET.get("page")),
        may_leave_out=shown.run.state == "draft"
        and shown.state == PaymentState.PLANNED
        and shown.run.council_id in councils_paid_for(request.user),
        may_give_up=shown.run.state == "sent"
        and shown.state == PaymentState.PLANNED
        and shown.run.council_id in councils_paid_for(request.user),
        is_on_its_way=shown.run.state in ("sent", "paid") and shown.state != PaymentState.LEFT_OUT,
    )


@require_GET
def document(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show an invoice or credit note to whoever works for the council: its lines, and the payment each is in."""
    shown = get_object_or_404(
        Invoice.objects.filter(council__in=councils_that_pay(request.user)).select_related(
            "provider", "contract__cluster", "corrects"
        ),
        pk=pk,
    )
    lines = shown.lines.select_related("service").order_by("line_number")
    results = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page"))
    in_payments = {
        item.line_id: item.payment
        for item in PaymentItem.objects.filter(line__in=list(results), is_live=True).select_related("payment")
    }
    return page(
        request,
        "invoices/pay/document.html",
        document=shown,
        results=results,
        rows=[(line, in_payments.get(line.pk)) for line in results],
    )


@require_GET
def remittance(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say what a payment that is on its way is for; to the provider, and to the council. Never a person's name."""
    sent = Payment.objects.visible_to(request.user).filter(run__state__in=["sent", "paid"])
    shown = get_object_or_404(
        sent.exclude(state=PaymentState.LEFT_OUT).select_related("run__council", "provider", "payee"), pk=pk
    )
    return page(
        request,
        "invoices/pay/remittance.html",
        payment=shown,
        colour=COLOURS[PaymentState(shown.state)],
        invoices=invoices_in(shown),
        items=items_of(shown),
        sees_council=shown.run.council_id in {role.council_id for role in request.user.roles.all()},
    )
