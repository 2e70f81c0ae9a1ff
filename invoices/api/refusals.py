"""Everything that /api/v1/invoices refuses on purpose: the code, the words, and what to do next."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from rest_framework.exceptions import APIException

from invoices.actions import UnableToTakeIn
from invoices.actions.once import StillWorking, UnableToReceive
from invoices.rules import UnreadableDocument

PROBLEM_JSON = "application/problem+json"


class Fault(TypedDict, total=False):
    """One thing that is wrong: where (in the document, a header or a parameter), its code, and a sentence."""

    pointer: str
    header: str
    parameter: str
    code: str
    detail: str


class Kind(NamedTuple):
    """A kind of refusal: its HTTP status, its title, and what the sender can do about it."""

    status: int
    title: str
    advice: str


KINDS = {
    "invalid_idempotency_key": Kind(
        400,
        "The Idempotency-Key is missing or unusable",
        "Send a header Idempotency-Key of 1 to 255 plain characters, a new one for each document.",
    ),
    "invalid_parameter": Kind(
        400, "We do not understand the question", "Correct the query parameters named."
    ),
    "unreadable_document": Kind(
        400,
        "The document cannot be read",
        "Send one JSON object in UTF-8, without NaN, repeated names or endless numbers; or XML without a DOCTYPE.",
    ),
    "unknown_contract": Kind(
        404,
        "You have no such contract",
        "Check contract_ref and provider_ref. A contract that is not approved or has ended cannot be billed.",
    ),
    "unknown_invoice": Kind(404, "You have sent no such invoice", "Take the id from the answer or the list."),
    "unknown_hold": Kind(404, "You have no such held line", "Take the id from the list of holds."),
    "unknown_payment": Kind(404, "You have no such payment", "Take the id from the list of payments."),
    "unknown_visit": Kind(404, "You have sent no such visit", "Take the id from the list of visits."),
    "unknown_attachment": Kind(
        404,
        "You have sent no such file",
        "Take the id from the answer to what you sent, of the same held line.",
    ),
    "number_used": Kind(
        409,
        "This number belongs to another document",
        "Give each invoice and credit note a number of its own. To put an invoice right, send a credit note.",
    ),
    "still_working": Kind(
        409, "The same request is being dealt with", "Wait as long as Retry-After says, then send it again."
    ),
    "visit_ref_used": Kind(
        409, "This id belongs to another visit", "Give each visit an id of its own (`ref`)."
    ),
    "duplicate_visit": Kind(
        409, "This visit is recorded already", "It came under another id: leave this one out."
    ),
    "hold_is_resolved": Kind(
        409, "This line does not wait any more", "Look at the held line for what became of it."
    ),
    "visit_is_billed": Kind(
        409,
        "This visit was billed and accepted",
        "Send a credit note for the line first, then withdraw the record.",
    ),
    "visit_is_withdrawn": Kind(
        409, "This visit is withdrawn", "If it took place after all, send it under another id."
    ),
    "length_required": Kind(411, "We cannot tell how long the body is", "Send Content-Length."),
    "hold_has_changed": Kind(
        412, "The held line has changed", "Look at it again, and answer with its new ETag as If-Match."
    ),
    "visit_has_changed": Kind(
        412, "The record of the visit has changed", "Look at it again, and send its new ETag as If-Match."
    ),
    "body_too_large": Kind(
        413, "The document is too large", "Split the invoice into several, each with its number."
    ),
    "unsupported_media_type": Kind(
        415, "Send JSON or UBL", "Send application/json in UTF-8, or UBL as application/xml, not compressed."
    ),
    "wrong_document": Kind(
        422, "The document is not right", "Correct the fields named under errors and send it again."
    ),
    "wrong_batch": Kind(
        422, "The list is not right", "Send an object with a list of the size allowed, and nothing else."
    ),
    "wrong_visit": Kind(
        422,
        "The record of the visit is not right",
        "Correct the fields named under errors and send it again.",
    ),
    "wrong_withdrawal": Kind(
        422,
        "The withdrawal is not right",
        "Correct what errors names and send it again, with a new Idempotency-Key.",
    ),
    "wrong_answer": Kind(
        422,
        "The answer is not right",
        "Correct what errors names and send it again, with a new Idempotency-Key.",
    ),
    "if_match_required": Kind(
        428, "Say which state you mean", "Send If-Match with the ETag of what you looked at."
    ),
    "unknown_corrected_invoice": Kind(
        422, "We do not have the invoice it corrects", "Send the invoice first, under the same contract."
    ),
    "credit_too_large": Kind(
        422,
        "It gives back more than is left of the invoice",
        "Credit at most what the invoice came to, less the credit notes that came before.",
    ),
    "idempotency_key_used_otherwise": Kind(
        422,
        "This Idempotency-Key belongs to another document",
        "Use a new Idempotency-Key for each document.",
    ),
    "missing_scope": Kind(
        403,
        "Your token does not allow this",
        "Get a token with the scope named, or make a key that allows it.",
    ),
}


def problem_type(code: str) -> str:
    """Give the address of our page on problems, at the one of this code (RFC 9457 "type")."""
    return f"/api/v1/problems/#{code}"


class Refusal(APIException):
    """A request refused on purpose. `errors` says where; `headers` go with the answer."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status_code = KINDS[code].status
        self.title = KINDS[code].title
        self.errors = list(errors)
        self.headers = dict(headers or {})
        super().__init__(detail, code)


def refuse_unreadable(trouble: UnreadableDocument) -> Refusal:
    """Say everything that is wrong with a document: 400 where it is no JSON, 413 too long, else 422."""
    errors: list[Fault] = [
        {"pointer": problem.pointer, "code": problem.code, "detail": problem.detail}
        for problem in trouble.problems
    ]
    if not trouble.is_syntax:
        count = len(errors)
        said = (
            "One thing is wrong with this document."
            if count == 1
            else f"{count} things are wrong with this document."
        )
        return Refusal("wrong_document", f"{said} Nothing was stored.", errors=errors)
    return Refusal("unreadable_document", f"{errors[0]['detail']} Nothing was stored.", errors=errors)


def refuse_intake(trouble: UnableToTakeIn) -> Refusal:
    """Say why a document was refused whole, and at which field."""
    fault: Fault = {"pointer": trouble.pointer, "code": trouble.code, "detail": str(trouble)}
    return Refusal(trouble.code, str(trouble), errors=[fault])


def refuse_receiving(trouble: UnableToReceive) -> Refusal:
    """Say why nothing can be answered under this Idempotency-Key."""
    fault: Fault = {"header": "Idempotency-Key", "code": trouble.code, "detail": str(trouble)}
    wait = {"Retry-After": str(trouble.wait_seconds)} if isinstance(trouble, StillWorking) else {}
    return Refusal(trouble.code, str(trouble), errors=[fault], headers=wait)
