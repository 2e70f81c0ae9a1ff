"""The invoices of the provider whose system asks: send one, list them, look at one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from invoices.actions import UnableToTakeIn
from invoices.actions.receive import UnableToReceive, receive
from invoices.api import description, shapes
from invoices.api.authentication import HasScope, SystemKeyAuthentication
from invoices.api.e_invoices import is_xml, pointed
from invoices.api.reading import read_document, read_idempotency_key
from invoices.api.refusals import Fault, Refusal, refuse_intake, refuse_receiving
from invoices.models import Invoice
from invoices.queries.outcomes import Sums, outcome_of, sums_of, with_line_in
from invoices.rules.ubl import rules_checked
from providers.models import SystemKey

READ, WRITE = "invoices:read", "invoices:write"


class InvoicesView(APIView):
    """A provider's documents: the list, and sending one."""

    authentication_classes = [SystemKeyAuthentication]
    permission_classes = [HasScope]
    http_method_names = ["get", "head", "post"]
    scopes = {"GET": READ, "HEAD": READ, "POST": WRITE}

    @extend_schema(**description.LIST)
    def get(self, request: Request) -> Response:
        """List invoices and credit notes, the newest first."""
        asked = _read_question(request)
        found = list(_matching(_key(request), asked)[: asked["limit"] + 1])
        page = found[: asked["limit"]]
        sums = sums_of(invoice_ids=[invoice.pk for invoice in page])
        rows = [shapes.summary(invoice, sums.get(invoice.pk, Sums())) for invoice in page]
        more = _next_page(request, page[-1].pk) if len(found) > len(page) else None
        return Response({"results": rows, "next": more})

    @extend_schema(**description.SEND)
    def post(self, request: Request) -> HttpResponse:
        """Take in an invoice or credit note, once, however often it is sent."""
        idempotency_key = read_idempotency_key(request)
        document = read_document(request)
        try:
            received = receive(
                document=document,
                system_key=_key(request),
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


class InvoiceView(APIView):
    """One of a provider's documents."""

    authentication_classes = [SystemKeyAuthentication]
    permission_classes = [HasScope]
    http_method_names = ["get", "head"]
    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(**description.LOOK)
    def get(self, request: Request, invoice_id: UUID) -> Response:
        """Look at an invoice as it stands now, with every hold its lines have had."""
        mine = Invoice.objects.visible_to(_key(request)).select_related("contract", "corrects")
        invoice = mine.filter(pk=invoice_id).first()
        if invoice is None:
            raise Refusal("unknown_invoice", "You have sent no invoice with this id.")
        return Response(shapes.InvoiceShape(outcome_of(invoice)).data)


def _key(request: Request) -> SystemKey:
    assert isinstance(request.auth, SystemKey)  # HasScope lets nobody else pass
    return request.auth


def _read_question(request: Request) -> dict[str, Any]:
    """Read the query, and refuse what it does not know rather than leave it out."""
    sent = request.query_params
    faults: list[Fault] = [
        {"parameter": name, "code": "unknown_parameter", "detail": "We do not know this parameter."}
        for name in sorted(set(sent) - set(shapes.Question().fields))
    ]
    faults += [
        {"parameter": name, "code": "sent_twice", "detail": "Send this parameter once."}
        for name, values in sent.lists()
        if len(values) > 1
    ]
    question = shapes.Question(data=dict(sent.items()))
    if not question.is_valid():
        faults += [
            {"parameter": name, "code": "invalid", "detail": " ".join(map(str, said))}
            for name, said in question.errors.items()
        ]
    if faults:
        raise Refusal("invalid_parameter", "We do not understand part of the question.", errors=faults)
    asked: dict[str, Any] = question.validated_data
    return asked


def _matching(key: SystemKey, asked: dict[str, Any]) -> QuerySet[Invoice]:
    """Give the invoices that are asked for, the newest first: identifiers grow with time."""
    conditions: dict[str, Callable[[Any], Q | Exists]] = {
        "contract": lambda ref: Q(contract__ref=ref),
        "number": lambda number: Q(number=number),
        "state": with_line_in,
        "issued_from": lambda day: Q(issue_date__gte=day),
        "issued_before": lambda day: Q(issue_date__lt=day),
        "cursor": lambda last: Q(pk__lt=last),
    }
    found = Invoice.objects.visible_to(key).select_related("contract", "corrects").order_by("-pk")
    return found.filter(*(condition(asked[name]) for name, condition in conditions.items() if name in asked))


def _next_page(request: Request, last: UUID) -> str:
    """Give the address of the page after the invoice that ends this one."""
    query = dict(request.query_params.items()) | {"cursor": str(last)}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
