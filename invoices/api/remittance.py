"""The remittance advice of a payment as UBL, for a provider's own accounts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from invoices.api.describing import refused
from invoices.api.reads import SystemView, one_of
from invoices.queries.remittance import payments_of
from invoices.queries.remittance_ubl import remittance_ubl

XML = "application/xml"
READ = "payments:read"


class XmlRenderer(BaseRenderer):
    """Lets a system ask for XML; what it gets is written before."""

    media_type = XML
    format = "xml"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        """Give what was written."""
        return bytes(data)


class RemittanceView(SystemView):
    """What one payment is for, as UBL 2.1."""

    scopes = {"GET": READ, "HEAD": READ}
    renderer_classes = [XmlRenderer, JSONRenderer]

    @extend_schema(
        operation_id="fetch_remittance",
        tags=["Payments"],
        summary="Fetch a remittance advice as UBL",
        description="The same as the payment says in JSON, as a UBL 2.1 RemittanceAdvice: see docs/e-invoices.md.",
        responses={
            (200, XML): OpenApiResponse({"type": "string"}, description="A RemittanceAdvice."),
            **refused("unknown_payment"),
        },
    )
    def get(self, request: Request, payment_id: UUID) -> HttpResponse:
        """Give the remittance advice of a payment that is on its way."""
        payment = one_of(request, payments_of, payment_id, code="unknown_payment")
        return HttpResponse(remittance_ubl(payment), content_type=XML)
