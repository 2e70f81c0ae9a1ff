"""Sending many invoices and credit notes at once: a result for each."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from invoices.actions.receive_many import RowTaken, receive_many
from invoices.api import examples
from invoices.api.asking import key_of
from invoices.api.describing import JSON, PROBLEM, an_object, answered, refused
from invoices.api.description import DOCUMENTS
from invoices.api.reading import read_idempotency_key, read_payload
from invoices.api.reads import SystemView
from invoices.api.refusals import Fault, Refusal
from invoices.api.shapes import AnswerShape, answer
from invoices.api.writing import ALWAYS_REFUSED, named, row_problem, write_once, written_headers
from invoices.models import Operation
from invoices.queries.outcomes import outcomes_of
from invoices.rules import Document, UnreadableDocument, parse_document

MOST_DOCUMENTS = 1_000
MOST_LINES = 10_000
BATCH = an_object(
    "Invoices and credit notes.",
    {
        "documents": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_DOCUMENTS,
            "items": DOCUMENTS,
            "description": f"At most {MOST_LINES:,} lines in all, and 5 MB.",
        }
    },
)


@extend_schema_serializer(component_name="BatchRow")
class BatchRowShape(serializers.Serializer[Any]):
    """What became of one document: `status` is what it would have been answered with by itself."""

    index = serializers.IntegerField(help_text="Its place in the list, from nought.")
    number = serializers.CharField(allow_null=True, help_text="Its number, where it could be read.")
    status = serializers.IntegerField(help_text="201 taken in; 200 it came before; 404, 409, 422 refused.")
    invoice = AnswerShape(allow_null=True, help_text="Where it was taken in, or came before: as it stands.")
    problem = serializers.SerializerMethodField(help_text="Why it was refused.")

    @extend_schema_field({"oneOf": [PROBLEM, {"type": "null"}]})
    def get_problem(self, row: dict[str, Any]) -> Any:
        """Give the refusal."""
        return row["problem"]


@extend_schema_serializer(component_name="BatchAnswer")
class BatchAnswerShape(serializers.Serializer[Any]):
    """What became of each document, in the order of the list."""

    taken_in = serializers.IntegerField(help_text="How many are new.")
    came_before = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = BatchRowShape(many=True)


class BatchesView(SystemView):
    """Many documents at once."""

    http_method_names = ["post"]
    scopes = {"POST": "invoices:write"}

    @extend_schema(
        operation_id="send_batch",
        tags=["Invoices"],
        summary="Send many invoices and credit notes at once",
        description="Each is taken in, or refused, by itself and in the order of the list: a refusal is that "
        "document's alone. The answer is `207` with a result for each. A failure of ours takes all of them back; "
        "send the same again under the same key. From some dozen lines on this is many times as fast as one by one.",
        request={JSON: BATCH},
        parameters=written_headers(on=[207]),
        examples=[OpenApiExample("two documents", value=examples.BATCH, request_only=True, media_type=JSON)],
        responses={
            **answered(207, BatchAnswerShape, "A result for each", examples.BATCH_ANSWER),
            **refused(*ALWAYS_REFUSED, "wrong_batch"),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Take in documents, each by itself."""
        read_idempotency_key(request)
        payload = read_payload(request)
        documents, refusals = _read(payload)
        key = key_of(request)

        def act() -> dict[str, Any]:
            taken = receive_many(
                documents=documents,
                provider=key.provider,
                council=key.provider.council,
                on=timezone.localdate(),
                by=key.label,
            )
            return _answer(documents, taken, refusals)

        return write_once(request, operation=Operation.SEND_BATCH, sent=payload, status=207, act=act)


def _read(payload: Any) -> tuple[list[tuple[int, Document]], dict[int, dict[str, Any]]]:
    """Read what can be read of the documents; the others are refused by themselves."""
    rows = payload.get("documents") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_DOCUMENTS or set(payload) != {"documents"}:
        _refuse_list(f"Send an object with documents: a list of 1 to {MOST_DOCUMENTS:,}, and nothing else.")
    documents, refusals = [], {}
    for place, row in enumerate(rows or []):
        try:
            documents.append((place, parse_document(row)))
        except UnreadableDocument as trouble:
            faults = [_fault(place, p.pointer, p.code, p.detail) for p in trouble.problems]
            said = f"{len(faults)} thing{'s are' if len(faults) > 1 else ' is'} wrong with this document."
            problem = row_problem("wrong_document", said, faults)
            refusals[place] = {"number": named(row, "number"), "problem": problem}
    if sum(len(document.lines) for _, document in documents) > MOST_LINES:
        _refuse_list(f"Send at most {MOST_LINES:,} lines at once.")
    return documents, refusals


def _refuse_list(said: str) -> None:
    fault: Fault = {"pointer": "/documents", "code": "invalid", "detail": said}
    raise Refusal("wrong_batch", f"{said} Nothing was stored.", errors=[fault])


def _fault(place: int, pointer: str, code: str, detail: str) -> Fault:
    return {"pointer": f"/documents/{place}{pointer}", "code": code, "detail": detail}


def _answer(
    documents: Sequence[tuple[int, Document]],
    taken: Sequence[RowTaken],
    refusals: dict[int, dict[str, Any]],
) -> dict[str, Any]:
    """Write a result for each document, in the order of the list."""
    stand = [row.invoice for row in taken if row.invoice is not None]
    written = {one.invoice.pk: answer(one) for one in outcomes_of(stand)}
    numbers = {place: document.number for place, document in documents}
    rows = {
        place: {"index": place, "number": one["number"], "status": 422, "invoice": None} | one
        for place, one in refusals.items()
    }
    for row in taken:
        said = {"index": row.place, "number": numbers[row.place], "invoice": None, "problem": None}
        if row.invoice is not None:
            rows[row.place] = said | {
                "status": 201 if row.is_first else 200,
                "invoice": written[row.invoice.pk],
            }
            continue
        assert row.refusal is not None  # a row has one or the other
        fault = _fault(row.place, row.refusal.pointer, row.refusal.code, str(row.refusal))
        problem = row_problem(row.refusal.code, str(row.refusal), [fault])
        rows[row.place] = said | {"status": problem["status"], "problem": problem}
    results = [_in_order(rows[place]) for place in sorted(rows)]
    statuses = [row["status"] for row in results]
    new, before = statuses.count(201), statuses.count(200)
    return {
        "taken_in": new,
        "came_before": before,
        "refused": len(results) - new - before,
        "results": results,
    }


def _in_order(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("index", "number", "status", "invoice", "problem")}
