"""The API's description: valid, complete, public, and true to what the API does."""

import json
import re
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import assume, given
from schemathesis import GenerationMode

from commonpurse.problems import every_kind
from commonpurse.wsgi import application
from invoices.api import samples
from invoices.api.refusals import KINDS
from invoices.models import HoldReason
from invoices.rules import parse_document, read_json
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.generated import (
    JSON,
    ROWS,
    SCHEMA,
    not_said,
    put_in_order,
    put_right,
    usual,
    what_there_is,
)
from tests.invoices.systems import make_system, said

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
CASES = 60
OPERATIONS = [
    *("send_invoice", "list_invoices", "look_at_invoice", "list_contracts", "look_at_contract"),
    *("list_holds", "look_at_hold", "list_payments", "look_at_payment", "list_visits", "look_at_visit"),
    *("send_batch", "send_visits", "put_attachment", "fetch_attachment", "answer_hold", "withdraw_visit"),
    *("fetch_remittance", "get_token"),
]
USUAL = usual(cases=CASES, derandomize=True)


def operation(name: str) -> Any:
    """One operation of the API, asked in this process, as its description has it."""
    return schemathesis.openapi.from_wsgi(SCHEMA, application, headers=JSON).find_operation_by_id(name)


def description() -> Any:
    """The description as JSON."""
    return json.loads(Client().get(SCHEMA, headers=JSON).content)


def test_is_valid_and_leaves_nothing_unsaid(tmp_path: Any) -> None:
    file = tmp_path / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(file))
    assert "openapi: 3.1.0" in file.read_text()


def test_names_every_refusal_with_an_example() -> None:
    operations = description()["paths"]
    post = operations["/api/v1/invoices"]["post"]["responses"]
    assert set(post) == {
        *("200", "201", "400", "401", "403", "404", "406", "409"),
        *("411", "413", "414", "415", "422", "429", "431", "500", "503"),
    }
    token = operations["/api/v1/token"]["post"]
    assert token["security"] == [{"clientSecret": []}, {}]
    for path in operations.values():
        for operation in path.values():
            assert operation is token or operation["security"] == [
                {"providerToken": [operation["security"][0]["providerToken"][0]]}
            ]
            refusals = {s: r for s, r in operation["responses"].items() if s >= "400"}
            assert [set(refusals.pop(status)["content"]) for status in ("414", "431")] == [{"text/html"}] * 2
            assert all(set(r["content"]) == {"application/problem+json"} for r in refusals.values())


def test_shows_documents_that_the_api_takes() -> None:
    assert parse_document(samples.INVOICE).number == samples.INVOICE["number"]
    assert parse_document(samples.CREDIT_NOTE).corrects == samples.INVOICE["number"]


@pytest.mark.django_db
def test_shows_answers_as_the_api_gives_them() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    system = make_system(contract=make_contract(cluster=cluster))
    body = samples.INVOICE | {
        "contract_ref": system.contract.ref,
        "provider_ref": system.contract.provider.ref,
    }
    answer = said(system.send(body))
    shown = said(system.ask(f"/api/v1/invoices/{answer['id']}"))
    page = said(system.ask())

    assert list(answer) == list(samples.ANSWER)
    assert [list(line) for line in answer["lines"]] == [list(line) for line in samples.ANSWER["lines"]]
    assert list(shown) == list(samples.DETAIL)
    assert [list(line) for line in shown["lines"]] == [list(line) for line in samples.DETAIL["lines"]]
    assert list(shown["holds"][0]) == list(samples.DETAIL["holds"][0])
    assert list(page["results"][0]) == list(samples.SUMMARY)


def test_is_told_by_the_guide_in_the_same_words() -> None:
    guide = GUIDE.read_text()
    bodies = re.findall(r"-d '(\{\s+\"type\".*?\})'", guide, flags=re.DOTALL)
    assert [parse_document(read_json(body.encode())).kind for body in bodies] == ["invoice", "credit_note"]
    assert all(f"`{code}`" in guide for code in [*KINDS, *HoldReason.values])


@pytest.mark.parametrize("path", [SCHEMA, "/api/v1/docs/", "/api/v1/docs/?script=", "/api/v1/problems/"])
@pytest.mark.django_db
def test_can_be_read_without_signing_in(path: str) -> None:
    answer = Client().get(path, headers={"Authorization": "Bearer nobody's"})
    assert answer.status_code == 200


def test_keeps_to_our_content_security_policy() -> None:
    answer = Client().get("/api/v1/docs/")
    text = answer.content.decode()
    assert "<style" not in text
    assert "style=" not in text
    assert all("src=" in script for script in text.split("<script")[1:])
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_explains_every_kind_of_problem_where_its_type_leads() -> None:
    text = Client().get("/api/v1/problems/").content.decode()
    for code in every_kind():
        assert f'id="{code}"' in text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_does_what_it_says_whatever_is_sent(name: str, mode: GenerationMode) -> None:
    """What the description allows, and what it does not; the same cases in every run."""
    system, numbers = make_system(), count()
    there = what_there_is(system)
    is_in_order = mode == GenerationMode.POSITIVE

    @usual(cases=CASES // 3 if name in ROWS else CASES, derandomize=True)
    @given(case=operation(name).as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        headers = {"Authorization": f"Bearer {system.token}"}
        if is_in_order:
            put_in_order(case, there, number=next(numbers))
        excluded = not_said(case, name=name, is_in_order=is_in_order)
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    ask()


@pytest.mark.django_db(transaction=True)
def test_takes_in_whatever_its_description_allows_once_the_sum_is_right() -> None:
    system = make_system()
    numbers, seen = count(), Counter[int]()

    @USUAL
    @given(case=operation("send_invoice").as_strategy(generation_mode=GenerationMode.POSITIVE))
    def send(case: schemathesis.Case[Any]) -> None:
        body: Any = case.body
        assume(isinstance(body, dict) and body["type"] == "invoice")
        case.body = put_right(body, system.contract, number=f"N-{next(numbers)}")
        headers = {"Authorization": f"Bearer {system.token}", "Idempotency-Key": f"k-{next(numbers)}"}
        seen[case.call_and_validate(headers=headers).status_code] += 1

    send()
    assert seen[201] >= CASES
    assert set(seen) == {201}
