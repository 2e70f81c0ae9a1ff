"""The invoices of the provider whose system asks: send one, list them, look at one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from invoices.actions import UnableToTakeIn
from invoices.actions.once import UnableToReceive
from invoices.actions.receive import receive
from invoices.api import description, shapes
from invoices.api.asking import find_page, key_of, read_question
from invoices.api.e_invoices import is_xml, pointed
from invoices.api.reading import read_document, read_idempotency_key
from invoices.api.reads import SystemView
from invoices.api.refusals import Refusal, refuse_intake, refuse_receiving
from invoices.models import ChangeKind, Invoice
from invoices.queries.outcomes import Sums, outcome_of, sums_of, with_line_in
from invoices.rules.ubl import rules_checked
from providers.models import SystemKey

READ, WRITE = "invoices:read", "invoices:write"


class InvoicesView(SystemView):
    """A provider's documents: the list, and sending one."""

    http_method_names = ["get", "head", "post"]
    scopes = {"GET": READ, "HEAD": READ, "POST": WRITE}

    @extend_schema(**description.LIST)
    def get(self, request: Request) -> Response:
        """List invoices and credit notes, the newest first."""
        asked = read_question(request, shapes.Question)
        found = find_page(request, asked, _matching(key_of(request), asked), ChangeKind.INVOICE)
        sums = sums_of(invoice_ids=[invoice.pk for invoice in found.rows])
        rows = [shapes.summary(invoice, sums.get(invoice.pk, Sums())) for invoice in found.rows]
        return Response(found.page(rows))

    @extend_schema(**description.SEND)
    def post(self, request: Request) -> HttpResponse:
        """Take in an invoice or credit note, once, however often it is sent."""
        idempotency_key = read_idempotency_key(request)
        document = read_document(request)
        try:
            received = receive(
                document=document,
                system_key=key_of(request),
                idempotency_key=idempotency_key,
                write_answer=shapes.write_answer,
                on=timezone.localdate(),
            )
        except UnableToTakeIn as trouble:
            raise refuse_intake(pointed(trouble, document, request)) from trouble
        except UnableToReceive as trouble:
            raise refuse_receiving(trouble) from trouble
        answer = HttpResponse(
            received.answer, content_type="application/json", status=200 if received.is_replay else 201
        )
        answer["Location"] = reverse("invoices-api:invoice", args=[received.invoice.pk])
        if received.is_replay:
            answer["Idempotent-Replayed"] = "true"
        if is_xml(request):
            answer["E-Invoice-Rules"] = rules_checked()
        return answer


class InvoiceView(SystemView):
    """One of a provider's documents."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(**description.LOOK)
    def get(self, request: Request, invoice_id: UUID) -> Response:
        """Look at an invoice as it stands now, with every hold its lines have had."""
        mine = Invoice.objects.visible_to(key_of(request)).select_related("contract", "corrects")
        invoice = mine.filter(pk=invoice_id).first()
        if invoice is None:
            raise Refusal("unknown_invoice", "You have sent no invoice with this id.")
        return Response(shapes.InvoiceShape(outcome_of(invoice)).data)


def _matching(key: SystemKey, asked: dict[str, Any]) -> QuerySet[Invoice]:
    """Give the invoices that are asked for."""
    conditions: dict[str, Callable[[Any], Q | Exists]] = {
        "contract": lambda ref: Q(contract__ref=ref),
        "number": lambda number: Q(number=number),
        "state": with_line_in,
        "issued_from": lambda day: Q(issue_date__gte=day),
        "issued_before": lambda day: Q(issue_date__lt=day),
    }
    found = Invoice.objects.visible_to(key).select_related("contract", "corrects")
    return found.filter(*(condition(asked[name]) for name, condition in conditions.items() if name in asked))
