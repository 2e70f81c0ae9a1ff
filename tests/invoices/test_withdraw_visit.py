"""A provider withdraws the record of a visit: it stays as history, and never leaves what is billed uncovered."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from invoices.api import examples
from invoices.models import Hold, Visit
from tests.guards import assert_kept, assert_refused
from tests.invoices.systems import System, make_body, make_line_body, make_system, said
from tests.invoices.test_api_visits import VISITS, record, results, send

WHY = {"reason": "Entered twice"}


@pytest.fixture
def system() -> System:
    """A system with one record, V-1, of an hour on 4 May."""
    system = make_system()
    send(system, record(system))
    return system


def withdraw(system: System, body: Any = WHY, *, ref: str = "V-1", seen: str = "*", key: str = "") -> Any:
    """Withdraw a record; gives the answer."""
    address = f"{VISITS}/{Visit.objects.get(ref=ref, provider=system.key.provider_id).pk}/withdrawal"
    more = {"If_Match": seen} if seen else {}
    return system.write(address, body, method="put", key=key or None, **more)


@pytest.mark.django_db
def test_stays_to_be_seen_with_when_and_why(system: System) -> None:
    answer = withdraw(system)
    assert answer.status_code == 200
    shown = said(answer)
    assert list(shown) == list(examples.WITHDRAWN_VISIT)
    assert shown["withdrawn_at"]
    assert shown["withdrawn_reason"] == "Entered twice"
    looked = system.ask(f"{VISITS}/{shown['id']}")
    assert said(looked) == shown
    assert looked["ETag"] == answer["ETag"]
    assert Visit.objects.get().withdrawn_by == system.key.label


@pytest.mark.django_db
def test_does_it_once_under_a_key(system: System) -> None:
    first = withdraw(system, key="once")
    again = withdraw(system, key="once")
    assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
    assert said(again) == said(first)
    other = withdraw(system)
    assert (other.status_code, said(other)["code"]) == (409, "visit_is_withdrawn")


@pytest.mark.django_db
def test_goes_by_what_was_looked_at(system: System) -> None:
    assert withdraw(system, seen="").status_code == 428
    address = f"{VISITS}/{Visit.objects.get().pk}"
    tag = system.ask(address)["ETag"]
    assert withdraw(system, seen='"' + "0" * 32 + '"').status_code == 412
    assert withdraw(system, seen=tag).status_code == 200
    late = withdraw(system, seen=tag)
    assert (late.status_code, said(late)["code"]) == (412, "visit_has_changed")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/reason"),
        ([], "/reason"),
        ({"reason": " "}, "/reason"),
        ({"reason": 1}, "/reason"),
        ({"reason": "x" * 501}, "/reason"),
        ({"reason": "a\0b"}, "/reason"),
        ({"reason": "Why", "units": "2"}, "/units"),
    ],
)
def test_asks_why_and_nothing_else(system: System, body: Any, pointer: str) -> None:
    problem = said(withdraw(system, body))
    assert (problem["status"], problem["code"]) == (422, "wrong_withdrawal")
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert Visit.objects.get().withdrawn_at is None


@pytest.mark.django_db
def test_is_only_for_who_sent_it(system: System) -> None:
    other = make_system()
    answer = other.write(f"{VISITS}/{Visit.objects.get().pk}/withdrawal", WHY, method="put", If_Match="*")
    assert (answer.status_code, said(answer)["code"]) == (404, "unknown_visit")
    reader = make_system(contract=system.contract, scopes=["visits:read"])
    assert withdraw(reader).status_code == 403


@pytest.mark.django_db
def test_frees_the_time_for_a_record_under_another_id(system: System) -> None:
    withdraw(system)
    assert results(system, record(system)) == [(409, "visit_is_withdrawn")]
    right = record(system, ref="V-2", units="1.5")
    answer = send(system, right)
    assert [(row["status"], row["overlaps"]) for row in answer["results"]] == [(201, [])]


@pytest.mark.django_db
def test_never_leaves_what_is_billed_uncovered(system: System) -> None:
    bill = make_body(system.contract, number="B-1")
    system.send(bill)
    refused = withdraw(system)
    assert (refused.status_code, said(refused)["code"]) == (409, "visit_is_billed")
    later = {"start": "2026-05-04T12:00:00Z", "end": "2026-05-04T13:00:00Z"}
    send(system, record(system, ref="V-2", **later))
    assert withdraw(system).status_code == 200  # the other hour of that day is what was billed
    assert said(withdraw(system, ref="V-2"))["code"] == "visit_is_billed"
    credit = make_line_body(units="0", amount_pence=-2000, corrects_line=1)
    system.send(make_body(system.contract, credit, type="credit_note", corrects="B-1"))
    assert withdraw(system, ref="V-2").status_code == 200


@pytest.mark.django_db
def test_minds_no_line_that_was_not_accepted(system: System) -> None:
    system.send(make_body(system.contract, make_line_body(unit_rate_pence=1, amount_pence=1)))
    assert Hold.objects.get().reason == "rate_mismatch"
    assert withdraw(system).status_code == 200


@pytest.mark.django_db
def test_is_held_by_postgresql(system: System) -> None:
    pk = Visit.objects.get().pk
    for change in ("units = 2", "ref = 'V-9'", "withdrawn_at = now()", "withdrawn_by = 'key:x'"):
        assert_refused(f"UPDATE invoices_visit SET {change} WHERE id = %s", pk)
    whole = "UPDATE invoices_visit SET withdrawn_at = now(), withdrawn_by = 'x', withdrawn_reason = 'y' WHERE id = %s"
    system.send(make_body(system.contract))
    assert_refused(whole, pk, match="billed and accepted")


@pytest.mark.django_db
def test_is_withdrawn_once_whoever_asks(system: System) -> None:
    withdraw(system)
    for change in (
        "withdrawn_at = NULL, withdrawn_by = '', withdrawn_reason = ''",
        "withdrawn_reason = 'No'",
    ):
        assert_refused(f"UPDATE invoices_visit SET {change}")


@pytest.mark.django_db(transaction=True)
def test_is_kept_and_followed(owner_connection: psycopg.Connection) -> None:
    system = make_system()
    send(system, record(system))
    page = said(system.ask(VISITS, updated_since="0"))
    withdraw(system)
    [changed] = said(system.ask(VISITS, updated_since=page["updated_since"]))["results"]
    assert UUID(changed["id"]) == Visit.objects.get().pk
    assert changed["withdrawn_reason"] == "Entered twice"
    assert_kept(owner_connection, "invoices_visit")
