"""Who may speak to the API: a bearer token of a provider's system, with the scope for what it asks."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from invoices.models import Invoice
from providers.actions import revoke_key
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request
from tests.invoices.systems import INVOICES, PROBLEM_JSON, make_body, make_system, said
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_asks_a_stranger_who_they_are(method: str) -> None:
    answer = getattr(Client(), method)(INVOICES)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Common Purse"'
    assert answer["Content-Type"] == PROBLEM_JSON
    assert said(answer)["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "header",
    [
        "Bearer cp_unknown",
        "Bearer ",
        "Bearer",
        "Basic YTpi",
        "Bearer a b",
        "Bearer é",
        "Bearer " + "x" * 5000,
        "\x00",
    ],
)
def test_refuses_a_token_it_does_not_know(header: str) -> None:
    answer = Client().get(INVOICES, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Common Purse", error="invalid_token"'
    assert said(answer)["code"] == "authentication_failed"


def test_refuses_a_token_that_was_taken_back() -> None:
    system = make_system()
    assert system.ask().status_code == 200
    revoke_key(key=system.key, by="system:tests", at=timezone.now())
    assert system.ask().status_code == 401
    assert system.send(make_body(system.contract)).status_code == 401
    assert Invoice.objects.count() == 0


@pytest.mark.parametrize(
    ("scope", "reading", "writing"), [("invoices:read", 200, 403), ("invoices:write", 403, 201)]
)
def test_lets_a_key_do_what_its_scope_says_and_no_more(scope: str, reading: int, writing: int) -> None:
    system = make_system(scopes=[scope])
    sent = system.send(make_body(system.contract))
    asked = system.ask()

    assert (asked.status_code, sent.status_code) == (reading, writing)
    refused = sent if writing == 403 else asked
    needed = "invoices:write" if writing == 403 else "invoices:read"
    assert said(refused)["code"] == "missing_scope"
    assert (
        refused["WWW-Authenticate"]
        == f'Bearer realm="Common Purse", error="insufficient_scope", scope="{needed}"'
    )


def test_notes_the_use_of_a_key_once_a_minute() -> None:
    system = make_system()
    noon = timezone.now().replace(microsecond=0)
    seen = []
    for seconds in (0, 59, 61):
        with time_machine.travel(noon + timedelta(seconds=seconds), tick=False):
            system.ask()
        system.key.refresh_from_db()
        assert system.key.last_used_at is not None
        seen.append((system.key.last_used_at - noon).total_seconds())
    assert seen == [0, 0, 61]


@pytest.mark.parametrize("whose", ["unknown", "another provider's", "not approved"])
def test_tells_no_contract_of_others_from_one_that_is_not_there(whose: str) -> None:
    system = make_system()
    cluster = make_cluster(council=system.contract.council)
    make_member(cluster=cluster, ref="M-1")
    other = make_contract(cluster=cluster, provider=make_provider(council=cluster.council), ref="K-OTHER")
    if whose == "not approved":
        other = make_request(cluster=cluster, provider=system.contract.provider).contract
    ref = "K-NONE" if whose == "unknown" else other.ref
    answer = system.send(make_body(system.contract, contract_ref=ref))

    assert answer.status_code == 404
    problem = said(answer)
    fault = {
        "pointer": "/contract_ref",
        "code": "unknown_contract",
        "detail": f"You have no running contract {ref}.",
    }
    assert (problem["code"], problem["errors"]) == ("unknown_contract", [fault])
    assert Invoice.objects.count() == 0


def test_refuses_to_speak_for_another_provider() -> None:
    system, other = make_system(), make_system()
    answer = system.send(make_body(other.contract))
    assert answer.status_code == 404
    assert said(answer)["errors"][0]["pointer"] == "/provider_ref"
    assert Invoice.objects.count() == 0


def test_shows_nobody_elses_invoices() -> None:
    system, other = make_system(), make_system()
    other.send(make_body(other.contract))
    invoice = Invoice.objects.get()

    assert said(system.ask())["results"] == []
    refused = system.ask(f"{INVOICES}/{invoice.pk}")
    assert refused.status_code == 404
    assert said(refused)["code"] == "unknown_invoice"
    assert other.ask(f"{INVOICES}/{invoice.pk}").status_code == 200
