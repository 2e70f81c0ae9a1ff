"""
Providers' systems sign in: a client id and a secret for a token that lasts a quarter of an hour (OAuth2, RFC 6749 4.4).

allauth checks the secret and makes the token; here are the door in front of it, the limits on guessing, and refusals in
the one shape all of the API has, with the fields that OAuth2 asks for among them.
"""

import base64
import json
import re

from allauth.core.internal import ratelimit
from allauth.idp.oidc.models import Token
from allauth.idp.oidc.views import token as ask_allauth
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from commonpurse.problems import problem
from providers.queries import may_sign_in

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 10_000
PLAIN = re.compile(r"[!-~ ]{0,1000}")  # printable ASCII: what client ids, secrets and scopes are made of
KNOWN = {"grant_type", "scope", "client_id", "client_secret"}
GRANT = "client_credentials"
WAIT_SECONDS = 60
OAUTH_ERRORS = {
    "throttled": "temporarily_unavailable",
    "token_request_too_large": "invalid_request",
    "unsupported_form": "invalid_request",
}
HOW = {"WWW-Authenticate": 'Basic realm="Common Purse"'}
APP = "allauth.account"  # whose settings hold our limits

TOKEN = {
    "type": "object",
    "properties": {
        "access_token": {
            "type": "string",
            "description": "Send it as Authorization: Bearer, a space, and this.",
        },
        "token_type": {"const": "Bearer", "type": "string"},
        "expires_in": {"type": "integer", "description": "Seconds it lasts. Then ask for another."},
        "scope": {"type": "string", "description": "What it opens, with spaces between."},
    },
    "required": ["access_token", "token_type", "expires_in", "scope"],
}
QUESTION = {
    "type": "object",
    "properties": {
        "grant_type": {"const": GRANT, "type": "string"},
        "scope": {
            "type": "string",
            "description": "What it should open, with spaces between; left out: all the key allows.",
        },
        "client_id": {"type": "string", "description": "Unless you send it as user name (HTTP Basic)."},
        "client_secret": {"type": "string", "description": "Unless you send it as password (HTTP Basic)."},
    },
    "required": ["grant_type"],
    "additionalProperties": False,
}
SAMPLE = {
    "access_token": "kVfRkbYrhhzgCM8ds2SK4e0lBmyzx0VwTBcjb1HC3dE",
    "token_type": "Bearer",
    "expires_in": 900,
    "scope": "contracts:read invoices:read invoices:write",
}
PROBLEM = {"$ref": "#/components/schemas/TokenProblem"}
PROBLEM_JSON = "application/problem+json"
REFUSALS = {
    400: "The request is not one for a token (`invalid_request`, `invalid_scope`, `unsupported_grant_type`).",
    401: "We do not know this client id with this secret (`invalid_client`).",
    413: "The request is larger than a request for a token can be (`token_request_too_large`).",
    415: "Send it as a form (`unsupported_form`).",
    429: "Too many tokens, or too many wrong secrets (`throttled`).",
}


class TokenView(APIView):
    """Where a system gets its token."""

    authentication_classes = []
    permission_classes = [AllowAny]
    http_method_names = ["post"]
    scopes: dict[str, str] = {}

    @extend_schema(
        operation_id="get_token",
        tags=["Signing in"],
        summary="Get an access token",
        description="With the client id and the secret of your key, as user name and password (HTTP Basic) or as "
        "fields of the form.",
        auth=[{"clientSecret": []}, {}],  # type: ignore[list-item]  # theirs says names alone
        request={FORM: QUESTION},
        parameters=[
            OpenApiParameter(
                "Retry-After",
                {"type": "string"},
                OpenApiParameter.HEADER,
                description="Seconds to wait.",
                response=[429],
            )
        ],
        responses={
            (200, "application/json"): OpenApiResponse(
                TOKEN, description="The token.", examples=[OpenApiExample("a token", value=SAMPLE)]
            ),
            **{
                (status, PROBLEM_JSON): OpenApiResponse(PROBLEM, description=words)
                for status, words in REFUSALS.items()
            },
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Give a token for a client id and its secret."""
        try:
            return give_token(request._request)  # noqa: SLF001 (allauth reads Django's request)
        except NoToken as trouble:
            return refuse(trouble)


class NoToken(Exception):
    """A request for a token that is refused: the code of the problem, a sentence, and headers."""

    def __init__(self, code: str, detail: str = "", *, headers: dict[str, str] | None = None) -> None:
        self.code, self.detail, self.headers = code, detail, headers or {}
        super().__init__(code)


def give_token(request: HttpRequest) -> HttpResponse:
    """
    Answer a request for a token: the door, the limit on wrong secrets, then allauth.

    :raises NoToken: it is no such request, the secret is wrong, or there were too many of either.
    """
    _check_form(request)
    if not _is_let_try(request):
        raise NoToken("throttled", "Too many wrong secrets came from where you are. Wait a minute.")
    client_id = _client_id(request)
    if client_id is None or not may_sign_in(client_id, at=timezone.now()):
        raise _not_known(request)
    with transaction.atomic():
        answer: HttpResponse = ask_allauth(request)
    if answer.status_code != 200:
        raise _not_known(request) if answer.status_code == 401 else _refused_by_allauth(answer)
    if not _count(request, "system_token", key=client_id):
        raise NoToken("throttled", "This client id was given very many tokens. Use each until it runs out.")
    Token.objects.expired().filter(client=client_id).delete()  # nobody needs those that have run out
    answer["Cache-Control"] = "no-store"
    return answer


def _check_form(request: HttpRequest) -> None:
    """Refuse what is no request for a token, before anybody reads it whole."""
    charset = request.content_params.get("charset", "utf-8").lower() if request.content_params else "utf-8"
    if request.content_type != FORM or charset not in {"utf-8", "utf8"}:
        raise NoToken("unsupported_form")
    length = request.META.get("CONTENT_LENGTH") or ""
    if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > MOST_BYTES:
        raise NoToken("token_request_too_large")
    if request.META.get("QUERY_STRING"):
        raise NoToken("invalid_request", "Send the fields in the body of the request, not in the address.")
    try:
        _check_fields(request.POST)
    except SuspiciousOperation:
        raise NoToken("invalid_request", "Send fewer fields.") from None


def _check_fields(sent: QueryDict) -> None:
    """Refuse fields that no request for a token has."""
    if set(sent) - KNOWN:
        raise NoToken("invalid_request", f"Send no other fields than {', '.join(sorted(KNOWN))}.")
    if any(len(values) != 1 or not PLAIN.fullmatch(values[0]) for _, values in sent.lists()):
        raise NoToken("invalid_request", "Send each field once, in plain characters.")
    if sent.get("grant_type") != GRANT:
        code = "unsupported_grant_type" if sent.get("grant_type") else "invalid_request"
        raise NoToken(code, f"Send grant_type={GRANT}.")


def _client_id(request: HttpRequest) -> str | None:
    """Give the client id that is shown together with a secret, either way; none where there is none."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(shown, validate=True).decode("ascii").partition(":")
        except ValueError:
            return None
    else:
        client_id, secret = request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    is_whole = client_id and secret and PLAIN.fullmatch(client_id) and PLAIN.fullmatch(secret)
    return client_id if is_whole else None


def _not_known(request: HttpRequest) -> NoToken:
    """Refuse a client id and secret, and count it; nobody is told which of the two was wrong, or has ended."""
    _count(request, "system_token_refused")
    return NoToken("invalid_client", headers=HOW)


def _refused_by_allauth(answer: HttpResponse) -> NoToken:
    """Say in our own words what allauth refused."""
    if json.loads(answer.content).get("error") == "invalid_scope":
        return NoToken(
            "invalid_scope", "Your key does not allow all of it. Leave scope out for all it allows."
        )
    return NoToken("invalid_request")


def _is_let_try(request: HttpRequest) -> bool:
    """Tell whether not too many wrong secrets came from here."""
    return bool(ratelimit.consume(request, app=APP, action="system_token_refused", dry_run=True))


def _count(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one; tells whether it is within the limit."""
    return bool(ratelimit.consume(request, app=APP, action=action, key=key))


def refuse(trouble: NoToken) -> JsonResponse:
    """Refuse with a problem that OAuth2 clients understand as well: `error` and `error_description` are among it."""
    wait = {"Retry-After": str(WAIT_SECONDS)} if trouble.code == "throttled" else {}
    refused = problem(
        trouble.code, trouble.detail, headers={"Cache-Control": "no-store"} | wait | trouble.headers
    )
    words = json.loads(refused.content)
    error = OAUTH_ERRORS.get(trouble.code, trouble.code)
    refused.content = json.dumps(words | {"error": error, "error_description": words["detail"]}).encode()
    return refused
