"""The remittance advice of a payment, for the provider's own system."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn
from invoices.models import Payment, PaymentState
from invoices.queries.remittance_ubl import remittance_ubl


@require_GET
def remittance_xml(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the remittance advice of a payment that is on its way as UBL; to the provider, and to the council."""
    sent = Payment.objects.visible_to(request.user).filter(run__state__in=["sent", "paid"])
    payment = get_object_or_404(
        sent.exclude(state=PaymentState.LEFT_OUT).select_related("run__council", "provider", "payee"), pk=pk
    )
    headers = {
        "Content-Disposition": f'attachment; filename="remittance-{payment.reference}.xml"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(remittance_ubl(payment), content_type="application/xml", headers=headers)
