"""What a provider was paid, and what each payment is for: the remittance advice."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from invoices.api import examples
from invoices.api.asking import WORD, PagesQuestion, page_shape
from invoices.api.describing import answered, refused
from invoices.api.reads import SystemView, list_of, one_of
from invoices.api.shapes import Instant
from invoices.models import ChangeKind, InvoiceKind, PaymentState
from invoices.queries.remittance import payments_of, remittance

READ = "payments:read"
# One that is left out before the bank has it was never on its way, and is not shown.
STATES = [
    (state.value, str(state.label))
    for state in (PaymentState.PLANNED, PaymentState.PAID, PaymentState.RETURNED)
]


@extend_schema_serializer(component_name="PaymentSummary")
class PaymentSummaryShape(serializers.Serializer[Any]):
    """A payment, in one sum. `reference` is what stands on your bank statement."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(
        choices=STATES, help_text="`planned`: the bank has it; `returned`: it came back, and is owed again."
    )
    amount_pence = serializers.IntegerField()
    sent_at = Instant(source="run.sent_at")
    pay_date = serializers.DateField(source="run.pay_date", help_text="The day the bank is asked to pay.")
    paid_date = serializers.DateField(allow_null=True, help_text="The day the bank paid; null until it did.")
    paid_into = serializers.CharField(
        source="payee", help_text="Your account, all but its last digits hidden."
    )


@extend_schema_serializer(component_name="PaidLine")
class PaidLineShape(serializers.Serializer[Any]):
    """A line that a payment is for, in full; a credit is below zero."""

    line_number = serializers.IntegerField(source="line.line_number")
    service_code = serializers.CharField(source="line.service_code")
    service_date = serializers.DateField(source="line.service_date")
    member_ref = serializers.CharField(source="line.member_ref", allow_blank=True)
    amount_pence = serializers.IntegerField()


@extend_schema_serializer(component_name="PaidInvoice")
class PaidInvoiceShape(serializers.Serializer[Any]):
    """An invoice or credit note with those of its lines that a payment is for."""

    invoice_id = serializers.UUIDField(source="invoice.id")
    number = serializers.CharField(source="invoice.number")
    kind = serializers.ChoiceField(source="invoice.kind", choices=InvoiceKind.choices)
    corrects = serializers.CharField(source="invoice.corrects.number", default=None, allow_null=True)
    contract_ref = serializers.CharField(source="invoice.contract.ref")
    amount_pence = serializers.IntegerField()
    lines = PaidLineShape(source="items", many=True)


@extend_schema_serializer(component_name="Payment")
class PaymentShape(PaymentSummaryShape):
    """A payment with its remittance advice: the invoices, and the lines, that it is for. They add up to it."""

    invoices = serializers.SerializerMethodField()

    @extend_schema_field(PaidInvoiceShape(many=True))
    def get_invoices(self, payment: Any) -> list[dict[str, Any]]:
        """Give what it is for."""
        return list(PaidInvoiceShape(remittance(payment), many=True).data)


PaymentPage = page_shape("PaymentPage", PaymentSummaryShape)


class PaymentsQuestion(PagesQuestion):
    """Which payments to list."""

    state = serializers.ChoiceField(required=False, choices=STATES)
    reference = serializers.RegexField(WORD, required=False, trim_whitespace=False, max_length=18)


class PaymentsView(SystemView):
    """A provider's payments."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="list_payments",
        tags=["Payments"],
        summary="List what you were paid",
        description="From the day they go to the bank. Look at one for what it is for.",
        parameters=[PaymentsQuestion],
        responses={
            **answered(200, PaymentPage, "A page of payments", examples.PAYMENT_PAGE),
            **refused("invalid_parameter"),
        },
    )
    def get(self, request: Request) -> Response:
        """List payments."""
        return list_of(
            request,
            rows=payments_of,
            kind=ChangeKind.PAYMENT,
            write=lambda rows: list(PaymentSummaryShape(rows, many=True).data),
            question=PaymentsQuestion,
            chosen=lambda asked: {name: asked[name] for name in ("state", "reference") if name in asked},
        )


class PaymentView(SystemView):
    """One payment with its remittance advice."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="look_at_payment",
        tags=["Payments"],
        summary="Look at one payment: the remittance advice",
        description="Every invoice and line it is for, credits taken off; they add up to the payment.",
        responses={
            **answered(200, PaymentShape, "A payment", examples.PAYMENT),
            **refused("unknown_payment"),
        },
    )
    def get(self, request: Request, payment_id: UUID) -> Response:
        """Look at a payment."""
        return Response(PaymentShape(one_of(request, payments_of, payment_id, code="unknown_payment")).data)
