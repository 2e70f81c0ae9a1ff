"""Sending the same again: one effect, and the same answer letter for letter."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from invoices.actions import reject
from invoices.models import Hold, IdempotentRequest, Invoice
from ledger.models import Entry
from people.models import RoleKind
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.systems import make_body, make_line_body, make_system, said
from tests.people.makers import make_user_with_role

pytestmark = pytest.mark.django_db

WRONG = {"unit_rate_pence": 1999, "amount_pence": 1999}


def test_gives_the_same_answer_to_the_same_key_and_document() -> None:
    system = make_system()
    body = make_body(system.contract)
    first, again = system.send(body, key="k"), system.send(body, key="k")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again["Idempotent-Replayed"] == "true"
    assert again.content == first.content
    assert again["Location"] == first["Location"]
    assert (Invoice.objects.count(), Entry.objects.filter(kind="invoice").count()) == (1, 1)


def test_gives_the_first_answer_even_after_things_have_changed() -> None:
    system = make_system()
    body = make_body(system.contract, make_line_body(**WRONG))
    first = system.send(body, key="k")
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=Hold.objects.get(), reason="Wrong rate", by=officer, at=timezone.now())

    assert system.send(body, key="k").content == first.content
    assert system.send(body, key="another").content == first.content


def test_takes_white_space_and_order_for_the_same_document() -> None:
    system = make_system()
    body = make_body(system.contract)
    first = system.send(body, key="k")
    again = system.send(dict(reversed(body.items())), key="k")
    assert (again.status_code, again.content) == (200, first.content)


def test_refuses_the_same_key_with_another_document() -> None:
    system = make_system()
    system.send(make_body(system.contract), key="k")
    answer = system.send(make_body(system.contract), key="k")

    assert answer.status_code == 422
    assert said(answer)["code"] == "idempotency_key_used_otherwise"
    assert said(answer)["errors"][0]["header"] == "Idempotency-Key"
    assert Invoice.objects.count() == 1


def test_gives_the_same_answer_to_the_same_document_under_another_key() -> None:
    system = make_system()
    body = make_body(system.contract)
    first, again = system.send(body), system.send(body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again["Idempotent-Replayed"] == "true"
    assert again.content == first.content
    assert Invoice.objects.count() == 1
    assert IdempotentRequest.objects.count() == 2


def test_gives_the_same_answer_to_another_system_of_the_same_provider() -> None:
    system = make_system()
    body = make_body(system.contract)
    first = system.send(body, key="k")
    other = make_system(contract=system.contract)
    assert other.key != system.key
    assert other.send(body, key="k").content == first.content


def test_answers_for_an_invoice_that_came_in_another_way() -> None:
    system = make_system()
    document = make_document(contract=system.contract, lines=[make_line(member_ref="M-1")], number="BULK-1")
    send(document, contract=system.contract)
    answer = system.send(make_body(system.contract, number="BULK-1"))
    assert answer.status_code == 200
    assert said(answer)["accepted_pence"] == 2000
    assert Invoice.objects.count() == 1


def test_refuses_the_same_number_with_another_document() -> None:
    system = make_system()
    system.send(make_body(system.contract, number="NG-1"))
    answer = system.send(make_body(system.contract, make_line_body(service_date="2026-05-05"), number="NG-1"))

    assert answer.status_code == 409
    assert said(answer)["code"] == "number_used"
    assert said(answer)["errors"][0]["pointer"] == "/number"
    assert Entry.objects.filter(kind="invoice").count() == 1


def test_keeps_nothing_of_a_refusal_so_that_its_key_can_be_used_again() -> None:
    system = make_system()
    body = make_body(system.contract)
    assert system.send(body | {"total_pence": 1}, key="k").status_code == 422
    assert system.send(body | {"contract_ref": "NONE"}, key="k").status_code == 404
    assert system.send(body, key="k").status_code == 201


def test_keeps_keys_of_two_systems_apart() -> None:
    system, other = make_system(), make_system()
    assert system.send(make_body(system.contract), key="k").status_code == 201
    assert other.send(make_body(other.contract), key="k").status_code == 201


@pytest.mark.parametrize(
    "statement",
    ["UPDATE invoices_idempotentrequest SET answer = ''", "DELETE FROM invoices_idempotentrequest"],
)
def test_is_held_by_the_database_to_what_was_answered(statement: str) -> None:
    system = make_system()
    system.send(make_body(system.contract))
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match=r"kept as it came|permission denied"),
    ):
        cursor.execute(statement)


def test_is_held_by_the_database_to_one_answer_a_key() -> None:
    system = make_system()
    system.send(make_body(system.contract), key="k")
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="invoices_idempotency_key_is_used_once"),
    ):
        cursor.execute(
            "INSERT INTO invoices_idempotentrequest (system_key_id, key, operation, body_hash, invoice_id, answer)"
            " SELECT system_key_id, key, operation, body_hash, invoice_id, answer FROM invoices_idempotentrequest"
        )
