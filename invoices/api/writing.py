"""What every write of the API has in common: its Idempotency-Key, the answer it keeps, and rows with results."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from invoices.actions.once import UnableToReceive, once
from invoices.api.asking import key_of
from invoices.api.describing import header
from invoices.api.reading import read_idempotency_key
from invoices.api.refusals import KINDS, Fault, Refusal, problem_type, refuse_receiving
from invoices.models import Operation

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="A key of your own for what you send. Send the same one again when you do not know whether the first "
    "try arrived: you get the same answer, and nothing happens twice.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "minLength": 1, "pattern": r'^(\*|"[0-9a-f]{32}")$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what you looked at, in its quotes; `*`: whatever it is now.",
)
ALWAYS_REFUSED = (
    "invalid_idempotency_key",
    "unreadable_document",
    "still_working",
    "length_required",
    "body_too_large",
    "unsupported_media_type",
    "idempotency_key_used_otherwise",
)


def written_headers(*, on: list[int]) -> list[OpenApiParameter]:
    """Describe the headers of a write: its key, and how a replay is told."""
    return [
        IDEMPOTENCY_KEY,
        header("Idempotent-Replayed", "This was answered before.", on=on, enum=["true"]),
        header("Retry-After", "Seconds to wait, while the same request is being dealt with.", on=[409]),
    ]


def write_once(
    request: Request, *, operation: Operation, sent: Any, status: int, act: Callable[[], Any]
) -> HttpResponse:
    """
    Do what a request asks once, and answer it with what `act` gives; a replay is marked and answered the same.

    `sent` is what the body says. `act` raises a Refusal where it cannot be done, and then nothing is kept.
    """
    key = read_idempotency_key(request)
    said = sent if isinstance(sent, bytes) else json.dumps(sent, sort_keys=True, default=str).encode()
    try:
        answered = once(
            system_key=key_of(request),
            idempotency_key=key,
            operation=operation,
            body_hash=sha256(request.get_full_path().encode() + b"\0" + said).digest(),
            act=lambda: JSONRenderer().render(act()).decode(),
        )
    except UnableToReceive as trouble:
        raise refuse_receiving(trouble) from trouble
    response = HttpResponse(answered.answer, content_type="application/json", status=status)
    if answered.is_replay:
        response["Idempotent-Replayed"] = "true"
    return response


def read_if_match(request: Request) -> str | None:
    """Read which state of something is meant; none: whatever it is."""
    said = request.headers.get("If-Match", "").strip()
    if not said:
        words = "Send If-Match with the ETag of what you looked at. Nothing was stored."
        fault: Fault = {"header": "If-Match", "code": "missing", "detail": words}
        raise Refusal("if_match_required", words, errors=[fault])
    return None if said == "*" else said.removeprefix("W/").strip('"')


def is_text(words: Any) -> bool:
    """Tell words that can be kept: not empty, nothing that text cannot hold, and no halves of characters."""
    return (
        isinstance(words, str)
        and bool(words.strip())
        and "\0" not in words
        and not any("\ud800" <= letter <= "\udfff" for letter in words)
    )


def named(row: Any, name: str) -> str | None:
    """Give what a row that cannot be read calls itself, as far as that can be written."""
    said = row.get(name) if isinstance(row, dict) else None
    return said[:60].encode("utf-8", "replace").decode() if isinstance(said, str) else None


def row_problem(code: str, detail: str, faults: Sequence[Fault] = ()) -> dict[str, Any]:
    """Write the refusal of one row as a problem, as it would be answered by itself."""
    kind = KINDS[code]
    return {
        "type": problem_type(code),
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "code": code,
        "errors": list(faults),
    }
