"""What a provider was paid and is about to be paid, and what each payment is for."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from invoices.models import PaymentState
from invoices.queries.paying import items_of
from invoices.queries.provider import own_payments
from invoices.views.provider.whose import employers_of
from people.rules import write_table

ON_A_PAGE = 25
COLOURS = {PaymentState.PLANNED: "blue", PaymentState.PAID: "green", PaymentState.RETURNED: "red"}
HEADING = (
    *("payment_reference", "invoice", "line_number", "service_date", "service_code", "units"),
    *("unit_rate_pence", "member_ref", "amount_pence"),
)


@require_GET
def own_payments_page(request: SignedIn) -> HttpResponse:
    """List the payments to whom one works for, the newest first."""
    employers = employers_of(request)
    results = Paginator(own_payments(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "invoices/provider/payments.html",
        results=results,
        rows=[(payment, COLOURS[PaymentState(payment.state)]) for payment in results],
        employers=employers,
    )


@require_GET
def remittance_csv(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give what a payment is for, line by line, as a table."""
    payment = get_object_or_404(own_payments(request.user), pk=pk)
    lines = [(item.line, item.amount_pence) for item in items_of(payment)]
    content = write_table(
        HEADING,
        (
            (
                *(payment.reference, line.invoice.number, line.line_number, line.service_date.isoformat()),
                *(line.service_code, f"{line.units.normalize():f}", line.unit_rate_pence, line.member_ref),
                amount_pence,
            )
            for line, amount_pence in lines
        ),
    )
    headers = {
        "Content-Disposition": f'attachment; filename="remittance-{payment.reference}.csv"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
