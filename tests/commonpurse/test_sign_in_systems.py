"""How a provider's system gets its token: OAuth2 client credentials, with every refusal a problem."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.idp.oidc.models import Token
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from providers.actions import Issued, revoke_key, rotate_key
from providers.actions.keys import SCOPES
from providers.queries import key_for
from tests.providers.makers import make_issued

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nobody_counted")]

TOKEN, FORM = "/api/v1/token", "application/x-www-form-urlencoded"
GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def _nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def ask(fields: dict[str, str] | str, *, kind: str = FORM, **headers: str) -> "Answer":
    """Ask for a token."""
    body = fields if isinstance(fields, str) else urlencode(fields)
    return Client().post(TOKEN, data=body, content_type=kind, headers=headers)


def basic(client_id: str, secret: str) -> str:
    """A user name and a password, as HTTP Basic has them."""
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def sign_in(issued: Issued, **fields: str) -> "Answer":
    """Ask with the client id and the secret of a key."""
    return ask(GRANT | fields, Authorization=basic(issued.client_id, issued.secret))


def test_gives_a_token_that_opens_for_a_quarter_of_an_hour() -> None:
    issued = make_issued()
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        answer = sign_in(issued)
    given = answer.json()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert given == {
        "access_token": given["access_token"],
        "token_type": "Bearer",
        "expires_in": 900,
        "scope": " ".join(SCOPES),
    }
    assert key_for(given["access_token"], at=now + timedelta(seconds=899)) == issued.key
    assert key_for(given["access_token"], at=now + timedelta(seconds=900)) is None
    assert given["access_token"] not in str(Token.objects.values())


def test_takes_the_secret_as_a_field_too() -> None:
    issued = make_issued()
    answer = ask(GRANT | {"client_id": issued.client_id, "client_secret": issued.secret})
    assert answer.status_code == 200


def test_gives_no_more_than_was_asked_for() -> None:
    issued = make_issued()
    given = sign_in(issued, scope="invoices:read").json()
    assert given["scope"] == "invoices:read"
    key = key_for(given["access_token"], at=timezone.now())
    assert key is not None
    assert [scope for scope in SCOPES if key.allows(scope)] == ["invoices:read"]


def test_gives_no_more_than_the_key_allows() -> None:
    issued = make_issued(scopes=["invoices:read"])
    answer = sign_in(issued, scope="invoices:read invoices:write")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["error"]) == ("invalid_scope", "invalid_scope")


def test_opens_the_api() -> None:
    token = sign_in(make_issued()).json()["access_token"]
    answer = Client().get("/api/v1/invoices", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "what", ["wrong secret", "unknown client", "taken back", "rotated away", "another's"]
)
def test_knows_only_a_client_id_with_its_own_secret_while_it_works(what: str) -> None:
    issued, other = make_issued(), make_issued()
    shown = basic(issued.client_id, issued.secret)
    if what == "wrong secret":
        shown = basic(issued.client_id, issued.secret[:-1])
    elif what == "unknown client":
        shown = basic("cp_nobody", issued.secret)
    elif what == "another's":
        shown = basic(issued.client_id, other.secret)
    elif what == "taken back":
        revoke_key(key=issued.key, by="system:tests", at=timezone.now())
    else:
        rotate_key(key=issued.key, overlap=timedelta(), by="system:tests", at=timezone.now())
    answer = ask(GRANT, Authorization=shown)
    said = answer.json()
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Basic realm="Common Purse"'
    assert answer["Content-Type"] == "application/problem+json"
    assert (said["status"], said["code"], said["error"]) == (401, "invalid_client", "invalid_client")
    assert said["error_description"] == said["detail"]
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    "shown",
    [
        "Basic",
        "Basic !!",
        "Basic YTpi",
        "Basic " + base64.b64encode(b"\x00:\xff").decode(),
        "Bearer x",
        "Basic " + "A" * 9_000,
    ],
)
def test_refuses_what_is_no_client_id_and_secret(shown: str) -> None:
    assert ask(GRANT, Authorization=shown).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("scope=invoices%3Aread", 400, "invalid_request"),
        ("grant_type=password&username=a&password=b", 400, "invalid_request"),
        ("grant_type=authorization_code", 400, "unsupported_grant_type"),
        ("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request"),
        ("grant_type=client_credentials&scope=%00", 400, "invalid_request"),
        ("grant_type=client_credentials&scope=%FF", 400, "invalid_request"),
        ("grant_type=client_credentials&resource=x", 400, "invalid_request"),
        ("grant_type=client_credentials&scope=" + "x" * 20_000, 413, "token_request_too_large"),
        ("&" * 5_000, 400, "invalid_request"),
    ],
)
def test_refuses_what_is_no_request_for_a_token(body: str, status: int, code: str) -> None:
    issued = make_issued()
    answer = ask(body, Authorization=basic(issued.client_id, issued.secret))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type"}
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", f"{FORM}; charset=utf-7"]
)
def test_takes_nothing_but_a_form(kind: str) -> None:
    answer = ask(json.dumps(GRANT), kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_form")


def test_takes_nothing_from_the_address() -> None:
    answer = Client().post(f"{TOKEN}?{urlencode(GRANT)}", data=urlencode(GRANT), content_type=FORM)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_is_only_ever_posted_to() -> None:
    answer = Client().get(TOKEN)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.json()["code"] == "method_not_allowed"


def test_lets_nobody_guess_on() -> None:
    """Twenty wrong secrets a minute from one place; then even the right one has to wait."""
    issued = make_issued()
    wrong = basic(issued.client_id, "wrong")
    statuses = [ask(GRANT, Authorization=wrong).status_code for _ in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    answer = sign_in(issued)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert (answer.json()["code"], answer.json()["error"]) == ("throttled", "temporarily_unavailable")
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert sign_in(issued).status_code == 200


def test_lets_others_in_while_one_client_asks_too_often() -> None:
    busy, other = make_issued(), make_issued()
    statuses = [sign_in(busy).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert sign_in(other).status_code == 200


def test_keeps_no_tokens_that_have_run_out() -> None:
    issued = make_issued()
    sign_in(issued)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        sign_in(issued)
    assert Token.objects.count() == 1


def test_lets_nobody_make_clients_in_the_admin_or_sign_people_in() -> None:
    """allauth could do both; neither has an address here."""
    for path in ("/.well-known/openid-configuration", "/identity/o/authorize", "/identity/o/api/token"):
        assert Client().get(path).status_code == 404
