"""Under /api/ everything that goes wrong is told as a problem, and never as a page."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from commonpurse.problems import every_kind
from tests.invoices.systems import INVOICES, make_system

PROBLEM_JSON = "application/problem+json"


@pytest.fixture
def client() -> Client:
    """A client that is answered even where the server fails."""
    return Client(raise_request_exception=False)


def told(answer: Any) -> tuple[int, str]:
    """See that an answer is a problem, whole and of a kind we know; gives its status and code."""
    problem = json.loads(answer.content)
    assert answer["Content-Type"] == PROBLEM_JSON
    assert list(problem) == ["type", "title", "status", "detail", "code", "errors"]
    assert problem["title"] == every_kind()[problem["code"]].title
    assert problem["type"].endswith(f"#{problem['code']}")
    assert "secret" not in answer.content.decode()
    return answer.status_code, problem["code"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/",
        "/api/v2/invoices",
        "/api/v1/invoices/",
        "/api/v1/invoices/1",
        "/api/v1/%00",
        "/api/v1/é",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_knows_no_other_address(client: Client, path: str, method: str) -> None:
    assert told(getattr(client, method)(path)) == (404, "not_found")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_says_what_can_be_done_where_something_else_was_asked(client: Client, method: str) -> None:
    system = make_system()
    answer = getattr(client, method)(INVOICES, headers={"Authorization": f"Bearer {system.token}"})
    assert told(answer) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD, POST"


def test_says_so_on_the_pages_about_the_api_too(client: Client) -> None:
    assert told(client.put("/api/v1/problems/")) == (405, "method_not_allowed")
    assert told(client.post("/api/v1/docs/")) == (405, "method_not_allowed")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["text/html", "application/xml", "text/*"])
def test_answers_in_json_or_not_at_all(client: Client, kind: str) -> None:
    system = make_system()
    answer = client.get(INVOICES, headers={"Authorization": f"Bearer {system.token}", "Accept": kind})
    assert told(answer) == (406, "not_acceptable")


def test_refuses_a_host_that_is_not_ours(client: Client) -> None:
    assert told(client.get(INVOICES, headers={"Host": "evil.example"})) == (400, "bad_request")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bug", (500, "server_error")),
        ("lock", (503, "unavailable")),
        ("gone", (503, "unavailable")),
        ("busy", (429, "throttled")),
        ("missing", (404, "not_found")),
        ("forbidden", (403, "permission_denied")),
        ("parse", (400, "bad_request")),
        ("invalid", (400, "bad_request")),
        ("huge", (400, "bad_request")),
    ],
)
def test_tells_whatever_fails(
    client: Client, settings: Settings, name: str, expected: tuple[int, str]
) -> None:
    settings.ROOT_URLCONF = "tests.commonpurse.failing_api"
    answer = client.get(f"/api/v1/fail/{name}")
    assert told(answer) == expected
    assert answer.headers.get("Retry-After") == {503: "5", 429: "3"}.get(expected[0])


@pytest.mark.parametrize("debug", [True, False])
def test_tells_what_fails_before_a_view_of_the_api_is_asked(
    client: Client, settings: Settings, debug: bool
) -> None:
    settings.ROOT_URLCONF, settings.DEBUG = "tests.commonpurse.failing_api", debug
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LoginRequired" not in name]
    assert told(client.get("/api/v1/page")) == (500, "server_error")
    elsewhere = client.get("/page")
    assert elsewhere.status_code == 500
    assert elsewhere["Content-Type"].startswith("text/html")
