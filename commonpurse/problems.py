"""
Every refusal and every failure of the API as a problem (RFC 9457), in the same shape and in plain words.

Three ways lead here: what a view of the API raises, what goes wrong around it (an address that does not exist, a
wrong host), and the API's description, which names the refusals that every operation has.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    UnreadablePostError,
)
from rest_framework import exceptions
from rest_framework.views import set_rollback

from invoices.api.refusals import KINDS, PROBLEM_JSON, Fault, Kind, problem_type

logger = logging.getLogger(__name__)

API = "/api/"
RETRY_SECONDS = 5
# What may be refused whatever is asked; the codes are those of Django REST framework where it has one.
GENERAL = {
    "bad_request": Kind(
        400, "We do not understand the request", "Look at the API's description for what can be sent."
    ),
    "not_authenticated": Kind(
        401, "Say which system you are", "Send a header Authorization: Bearer, a space, and your token."
    ),
    "authentication_failed": Kind(
        401,
        "We do not know this token",
        "A token lasts a quarter of an hour: get another. If its key was taken back, make a new key.",
    ),
    "permission_denied": Kind(403, "This is not for you", "Ask the council what your key allows."),
    "not_found": Kind(
        404, "There is nothing at this address", "Look at the API's description for the addresses."
    ),
    "method_not_allowed": Kind(405, "This cannot be done here", "The header Allow says what can be done."),
    "not_acceptable": Kind(
        406, "We answer in JSON only", "Send Accept: application/json, or no Accept at all."
    ),
    "invalid_request": Kind(
        400, "This is no request for a token", "Send a form with grant_type=client_credentials."
    ),
    "invalid_scope": Kind(
        400, "Your key does not allow this scope", "Leave scope out for all your key allows."
    ),
    "unsupported_grant_type": Kind(
        400, "Systems get tokens in one way only", "Send grant_type=client_credentials."
    ),
    "invalid_client": Kind(
        401,
        "We do not know this client id with this secret",
        "Check both. If the key was rotated or taken back, use its new secret, or make a key on your provider's page.",
    ),
    "token_request_too_large": Kind(
        413,
        "The request for a token is too large",
        "Send only grant_type, scope, client_id and client_secret.",
    ),
    "unsupported_form": Kind(
        415, "Send a form", "Send Content-Type: application/x-www-form-urlencoded, in UTF-8."
    ),
    "throttled": Kind(429, "Too many requests", "Wait as long as Retry-After says, then send it again."),
    "server_error": Kind(
        500,
        "Something went wrong on our side",
        "Send the same request with the same Idempotency-Key again later; nothing happens twice.",
    ),
    "unavailable": Kind(
        503,
        "We cannot answer at the moment",
        "Wait as long as Retry-After says, then send the same request again; nothing happens twice.",
    ),
}
# By status, for what Django itself refused before a view of ours was asked.
BY_STATUS = {kind.status: code for code, kind in reversed(GENERAL.items())} | {401: "not_authenticated"}
ON_EVERY_OPERATION = (
    "not_authenticated",
    "permission_denied",
    "not_acceptable",
    "throttled",
    "server_error",
    "unavailable",
)


def every_kind() -> dict[str, Kind]:
    """Give all the kinds of problems there are, by code, in order of status."""
    return dict(sorted((GENERAL | KINDS).items(), key=lambda item: item[1].status))


def problem(
    code: str, detail: str = "", *, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """Answer with a problem. `detail` is the sentence for this very case; without it, the advice for its kind."""
    kind = GENERAL.get(code) or KINDS[code]
    said = {
        "type": problem_type(code),
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.advice,
        "code": code,
        "errors": list(errors),
    }
    return JsonResponse(said, status=kind.status, content_type=PROBLEM_JSON, headers=dict(headers or {}))


def answer_with_problem(trouble: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Turn whatever a view of the API raised into a problem. The setting EXCEPTION_HANDLER names this."""
    set_rollback()
    if isinstance(trouble, exceptions.APIException):
        return _raised_on_purpose(trouble)
    if isinstance(trouble, Http404):
        return problem("not_found")
    if isinstance(trouble, PermissionDenied):
        return problem("permission_denied")
    if isinstance(trouble, SuspiciousOperation | UnreadablePostError):
        return problem("bad_request")
    request = context.get("request")
    logger.error("The API failed", exc_info=trouble, extra={"status_code": 500, "request": request})
    if isinstance(trouble, OperationalError | InterfaceError):
        return problem("unavailable", headers={"Retry-After": str(RETRY_SECONDS)})
    return problem("server_error")


def _raised_on_purpose(trouble: exceptions.APIException) -> HttpResponse:
    """Tell a refusal of ours or of the framework: our own carry `errors` and `headers`, the framework's do not."""
    codes = trouble.get_codes()
    code = (
        codes if isinstance(codes, str) and codes in GENERAL | KINDS else BY_STATUS.get(trouble.status_code)
    )
    headers = dict(getattr(trouble, "headers", {}))
    how_to_sign_in, wait_seconds = getattr(trouble, "auth_header", None), getattr(trouble, "wait", None)
    if how_to_sign_in:
        headers.setdefault("WWW-Authenticate", str(how_to_sign_in))
    if wait_seconds:
        headers.setdefault("Retry-After", str(int(wait_seconds)))
    detail = str(trouble.detail) if isinstance(trouble.detail, str) else ""
    return problem(code or "bad_request", detail, errors=getattr(trouble, "errors", ()), headers=headers)


class ProblemsUnderApi:
    """Middleware, the outermost: under /api/ even what Django itself refuses is a problem and never a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put a problem in the place of an error page."""
        response = self.get_response(request)
        is_ours = (
            not request.path_info.startswith(API) or response.headers.get("Content-Type") == PROBLEM_JSON
        )
        if is_ours or response.status_code < 400:
            return response
        answer = problem(BY_STATUS.get(response.status_code, "bad_request"))
        for header in ("Allow", "Retry-After"):
            if header in response.headers:
                answer[header] = response.headers[header]
        return answer


# ---- The API's description ---------------------------------------------------------------------------------------

FAULT_SCHEMA = {
    "type": "object",
    "description": "One thing that is wrong, and where: `pointer` in the document, or a `header`, or a `parameter`.",
    "properties": {
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) into the document you sent."},
        "header": {"type": "string"},
        "parameter": {"type": "string"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["code", "detail"],
    "additionalProperties": False,
}


# What the server answers by itself, before anybody here is asked.
BY_THE_SERVER = {"414": "The address is too long.", "431": "The headers are too long or too many."}
LIMIT_HEADERS = {
    "RateLimit-Limit": {
        "schema": {"type": "string"},
        "description": "Requests a minute with this key.",
    },
    "RateLimit-Remaining": {"schema": {"type": "string"}, "description": "How many are left."},
    "RateLimit-Reset": {
        "schema": {"type": "string"},
        "description": "Seconds until they are all there again.",
    },
}


# What OAuth2 asks for among a problem (RFC 6749 5.2), where systems get their tokens.
OAUTH_FIELDS = {
    "error": {"type": "string", "description": "The same, as OAuth2 calls it."},
    "error_description": {"type": "string", "description": "The same as `detail`."},
}


def describe_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add to the API's description what a problem is, and the refusals that every operation has."""
    schemas = result["components"].setdefault("schemas", {})
    schemas["Fault"] = FAULT_SCHEMA
    schemas["Problem"] = {
        "type": "object",
        "description": "Why something was refused (RFC 9457).",
        "properties": {
            "type": {
                "type": "string",
                "format": "uri-reference",
                "description": "Our page on problems of this kind.",
            },
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "A sentence for the person who reads it."},
            "code": {"type": "string", "enum": list(every_kind())},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
        },
        "required": ["type", "title", "status", "detail", "code", "errors"],
        "additionalProperties": False,
    }
    schemas["TokenProblem"] = {
        **schemas["Problem"],
        "description": "Why no token was given: a problem with the fields of OAuth2 among it.",
        "properties": schemas["Problem"]["properties"] | OAUTH_FIELDS,
    }
    for path in result["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                answer["headers"] = answer.get("headers", {}) | LIMIT_HEADERS
            for code in ON_EVERY_OPERATION:
                _add_refusal(operation["responses"], code)
            for status, words in BY_THE_SERVER.items():
                page = {"text/html": {"schema": {"type": "string"}}}
                operation["responses"][status] = {
                    "description": f"{words} The server itself says so, in HTML.",
                    "content": page,
                }
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return result


def _add_refusal(responses: dict[str, Any], code: str) -> None:
    kind = every_kind()[code]
    headers = {
        401: {
            "WWW-Authenticate": {"schema": {"type": "string"}, "description": "How to sign in (RFC 6750)."}
        },
        429: {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}},
        503: {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}},
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    responses.setdefault(
        str(kind.status),
        {
            "description": f"{kind.title} (`{code}`).",
            "content": {PROBLEM_JSON: {"schema": schema}},
            **({"headers": headers[kind.status]} if kind.status in headers else {}),
        },
    )
