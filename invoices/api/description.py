"""What the API's description (OpenAPI) says of each operation: shapes, examples, and every refusal."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from invoices.api import samples
from invoices.api.describing import JSON, an_object, answered, header, refused
from invoices.api.shapes import AnswerShape, InvoicePage, InvoiceShape, Question
from invoices.rules import document
from invoices.rules.document import MAX_BYTES, MAX_LINES, MAX_PENCE

TEXT = {"type": "string", "minLength": 1, "pattern": f"^{document.WORD.pattern}$"}
DAY = {"type": "string", "format": "date", "pattern": f"^{document.DAY.pattern}$"}
PENCE = {"type": "integer", "minimum": -MAX_PENCE, "maximum": MAX_PENCE}
LINE_NUMBER = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
LINE: dict[str, Any] = {
    "line_number": LINE_NUMBER | {"description": "Your own number for the line, used once in the document."},
    "service_code": TEXT | {"maxLength": 40, "description": "The contract's code for what was delivered."},
    "service_date": DAY | {"description": "The day it was delivered."},
    "units": {
        "type": "string",
        "pattern": f"^{document.UNITS.pattern}$",
        "description": "How much, in the service's unit, in quotes so that no decimal is lost.",
    },
    "unit_rate_pence": PENCE | {"description": "The contract's rate for one unit."},
    "amount_pence": PENCE
    | {"description": "Units times rate, rounded half up to the penny. A credit: below zero."},
    "member_ref": TEXT
    | {"maxLength": 40, "description": "Whose visit it was, for services each pays by use."},
}
DOCUMENT: dict[str, Any] = {
    "number": TEXT | {"maxLength": 60, "description": "Your number for this document, used once."},
    "provider_ref": TEXT | {"maxLength": 40},
    "contract_ref": TEXT | {"maxLength": 40},
    "issue_date": DAY,
    "period_start": DAY | {"description": "First day it covers."},
    "period_end": DAY | {"description": "Last day it covers."},
    "total_pence": PENCE | {"description": "The sum of the lines."},
}


def _document(kind: str, words: str, extras: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    lines = {"type": "array", "items": line, "minItems": 1, "maxItems": MAX_LINES}
    return an_object(
        words, {"type": {"const": kind, "type": "string"}} | DOCUMENT | extras | {"lines": lines}
    )


DOCUMENTS = {
    "oneOf": [
        _document("invoice", "An invoice.", {}, an_object("A line.", LINE, optional=["member_ref"])),
        _document(
            "credit_note",
            "A credit note: it gives back lines of one invoice.",
            {"corrects": TEXT | {"maxLength": 60, "description": "The number of the invoice it corrects."}},
            an_object(
                "A line that gives back one line of the invoice.",
                LINE
                | {
                    "corrects_line": LINE_NUMBER | {"description": "The line of that invoice."},
                    "amount_pence": PENCE | {"maximum": 0, "description": "What is given back, below zero."},
                },
                optional=["member_ref"],
            ),
        ),
    ],
    "description": f"At most {MAX_LINES} lines and {MAX_BYTES // 1_000_000} MB. Whole numbers have no decimal point.",
}


UBL = {
    "type": "string",
    "description": "A UBL 2.1 Invoice or CreditNote as Peppol BIS Billing 3.0 has it: see docs/e-invoices.md for where "
    "each field stands. Pointers of refusals are XPath.",
}


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="A key of your own for this document. Send the same one again when you do not know whether "
    "the first try arrived: you get the same answer, and nothing happens twice.",
)

SEND: dict[str, Any] = {
    "operation_id": "send_invoice",
    "tags": ["Invoices"],
    "summary": "Send an invoice or credit note",
    "description": "Each line is accepted, and shared among the cluster's members at once, or held with a reason. "
    "A wrong line does not refuse the document; a wrong document is refused whole and nothing is stored.",
    "request": {JSON: DOCUMENTS, "application/xml": UBL},
    "parameters": [
        IDEMPOTENCY_KEY,
        header("Location", "Where the invoice is.", on=[200, 201]),
        header("Idempotent-Replayed", "This was answered before.", on=[200], enum=["true"]),
        header(
            "E-Invoice-Rules",
            "Which rules an e-invoice was held against: all of EN 16931, or the key ones alone.",
            on=[200, 201],
            enum=["en16931", "key"],
        ),
        header("Retry-After", "Seconds to wait, while the same request is being dealt with.", on=[409]),
    ],
    "examples": [
        OpenApiExample("invoice", value=samples.INVOICE, request_only=True, media_type=JSON),
        OpenApiExample("credit note", value=samples.CREDIT_NOTE, request_only=True, media_type=JSON),
    ],
    "responses": {
        (201, JSON): OpenApiResponse(
            AnswerShape, description="Taken in.", examples=[OpenApiExample("taken in", value=samples.ANSWER)]
        ),
        (200, JSON): OpenApiResponse(
            AnswerShape,
            description="The same document came before: the same answer again.",
            examples=[OpenApiExample("answered before", value=samples.ANSWER)],
        ),
        **refused(
            "invalid_idempotency_key",
            "unreadable_document",
            "unknown_contract",
            "number_used",
            "still_working",
            "length_required",
            "body_too_large",
            "unsupported_media_type",
            "wrong_document",
            "unknown_corrected_invoice",
            "credit_too_large",
            "idempotency_key_used_otherwise",
        ),
    },
}

LIST: dict[str, Any] = {
    "operation_id": "list_invoices",
    "tags": ["Invoices"],
    "summary": "List your invoices and credit notes",
    "description": "The newest first, or what changed with `updated_since`. Follow `next` until it is null.",
    "parameters": [Question],
    "responses": {
        **answered(200, InvoicePage, "A page of invoices", samples.PAGE),
        **refused("invalid_parameter"),
    },
}

LOOK: dict[str, Any] = {
    "operation_id": "look_at_invoice",
    "tags": ["Invoices"],
    "summary": "Look at one invoice",
    "description": "As it stands now, line by line, with every hold its lines have had.",
    "responses": {
        (200, JSON): OpenApiResponse(
            InvoiceShape, examples=[OpenApiExample("an invoice", value=samples.DETAIL)]
        ),
        **refused("unknown_invoice"),
    },
}


def require_bodies(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say that a document must be sent: a hook of the description, which leaves it open otherwise."""
    for path in result["paths"].values():
        for operation in path.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return result
