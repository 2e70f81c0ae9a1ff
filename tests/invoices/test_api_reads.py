"""What a provider's system can read: contracts, held lines, payments; references and pence, never a name."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.models import Contract
from invoices.actions import reject
from invoices.actions.pay import cancel_run, give_up, settle
from invoices.api import examples
from invoices.models import Hold, Payment
from people.models import RoleKind
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request, make_service
from tests.invoices.paying import AT, ON, Desk, make_desk, make_draft, make_sent
from tests.invoices.systems import System, make_body, make_line_body, make_system, said
from tests.people.makers import make_user_with_role

CONTRACTS, HOLDS, PAYMENTS = "/api/v1/contracts", "/api/v1/holds", "/api/v1/payments"
WRONG = {"unit_rate_pence": 1999, "amount_pence": 1999}


def read(system: System, path: str, **query: str) -> Any:
    """Ask for something that is there."""
    answer = system.ask(path, **query)
    assert answer.status_code == 200, answer.content
    return said(answer)


def make_paid_system(desk: Desk) -> System:
    return make_system(contract=desk.contract)


@pytest.mark.django_db
def test_shows_contracts_with_what_is_left_and_references_alone() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    make_member(cluster=cluster, ref="M-2", left_date=date(2026, 6, 1))
    services = [make_service(max_units=Decimal("10")), make_service(code="WALK")]
    system = make_system(contract=make_contract(cluster=cluster, services=services))
    system.send(make_body(system.contract, make_line_body(units="2.5", amount_pence=5000)))
    answer = system.ask(CONTRACTS)
    [shown] = said(answer)["results"]

    assert shown["ref"] == system.contract.ref
    assert [(one["code"], one["units_used"], one["units_left"]) for one in shown["services"]] == [
        ("HC-HOUR", "2.5", "7.5"),
        ("WALK", "0", None),
    ]
    assert [(one["ref"], one["last_date"]) for one in shown["members"]] == [
        ("M-1", None),
        ("M-2", "2026-05-31"),
    ]
    for name in (cluster.name, "Amina"):
        assert name not in answer.content.decode()
    assert list(shown) == list(examples.CONTRACT)
    assert list(shown["services"][0]) == list(examples.CONTRACT["services"][0])
    assert list(shown["members"][0]) == list(examples.CONTRACT["members"][0])
    assert read(system, f"{CONTRACTS}/{shown['id']}") == shown


@pytest.mark.django_db
def test_shows_no_contract_that_is_not_approved_or_somebody_elses() -> None:
    system, other = make_system(), make_system()
    draft = make_request(cluster=system.contract.cluster, provider=system.contract.provider).contract
    assert [one["ref"] for one in read(system, CONTRACTS)["results"]] == [system.contract.ref]
    for hidden in (draft, other.contract):
        answer = system.ask(f"{CONTRACTS}/{hidden.pk}")
        assert (answer.status_code, said(answer)["code"]) == (404, "unknown_contract")


@pytest.mark.django_db
def test_shows_held_lines_with_the_reason_and_whom_to_ask() -> None:
    system = make_system()
    lines = [
        make_line_body(**WRONG),
        make_line_body(line_number=2, service_date="2026-05-05", member_ref="NOBODY"),
    ]
    system.send(make_body(system.contract, *lines, number="NG-1"))
    shown = read(system, HOLDS)["results"]

    assert [(one["invoice_number"], one["line_number"], one["owner"]) for one in shown] == [
        ("NG-1", 2, "finance_officer"),
        ("NG-1", 1, "provider"),
    ]
    assert shown[0]["whom_to_ask"] == f"Finance officer at {system.contract.council}"
    assert shown[1]["reason"] == {"code": "rate_mismatch", "detail": "The rate is not the contract's."}
    assert list(shown[1]) == list(examples.HOLD)
    assert read(system, HOLDS, owner="provider")["results"] == [shown[1]]
    assert read(system, HOLDS, state="released")["results"] == []
    assert read(system, HOLDS, reason="rate_mismatch", invoice=shown[1]["invoice_id"])["results"] == [
        shown[1]
    ]


@pytest.mark.django_db
def test_says_why_a_line_was_rejected() -> None:
    system = make_system()
    system.send(make_body(system.contract, make_line_body(**WRONG)))
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    hold = reject(
        hold=Hold.objects.get(), reason="Please bill the agreed rate.", by=officer, at=timezone.now()
    )
    [shown] = read(system, HOLDS, state="rejected")["results"]
    assert shown["note"] == "Please bill the agreed rate."
    assert shown["resolved_at"]
    assert hold.state == "rejected"


@pytest.mark.django_db
def test_shows_payments_once_they_go_to_the_bank_and_every_line_they_are_for() -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    system = make_paid_system(desk)
    draft = make_draft(desk)
    assert read(system, PAYMENTS)["results"] == []
    cancel_run(run=draft, reason="Too early", by=desk.farah, at=AT)
    make_sent(desk)
    payment = Payment.objects.get(state="planned")
    [planned] = read(system, PAYMENTS)["results"]
    settle(payment=payment, paid_date=ON, on=ON, at=AT, by="system:tests")
    shown = read(system, f"{PAYMENTS}/{payment.pk}")

    assert (planned["state"], planned["paid_date"], planned["amount_pence"]) == ("planned", None, 100_00)
    assert (shown["state"], shown["paid_date"]) == ("paid", ON.isoformat())
    [invoice] = shown["invoices"]
    assert [line["amount_pence"] for line in invoice["lines"]] == [60_00, 40_00]
    assert invoice["amount_pence"] == shown["amount_pence"]
    assert shown["paid_into"].endswith("****5678")
    assert list(shown) == list(examples.PAYMENT)
    assert list(planned) == list(examples.PAYMENT_SUMMARY)
    assert list(invoice) == list(examples.PAYMENT["invoices"][0])
    assert list(invoice["lines"][0]) == list(examples.PAYMENT["invoices"][0]["lines"][0])


@pytest.mark.django_db
def test_shows_nobody_elses_payments_or_holds() -> None:
    desk, other = make_desk(), make_system()
    make_sent(desk)
    system = make_system()
    system.send(make_body(system.contract, make_line_body(**WRONG)))
    for path, row, code in (
        (PAYMENTS, Payment.objects.get().pk, "unknown_payment"),
        (HOLDS, Hold.objects.get().pk, "unknown_hold"),
    ):
        assert read(other, path)["results"] == []
        answer = other.ask(f"{path}/{row}")
        assert (answer.status_code, said(answer)["code"]) == (404, code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "path"),
    [("contracts:read", CONTRACTS), ("invoices:read", HOLDS), ("payments:read", PAYMENTS)],
)
def test_asks_for_the_scope_of_what_is_read(scope: str, path: str) -> None:
    one = make_system(scopes=[scope])
    other = make_system(scopes=sorted({"contracts:read", "invoices:read", "payments:read"} - {scope}))
    for address, code in ((path, ""), (f"{path}/{uuid4()}", "unknown_")):
        assert one.ask(address).status_code == (404 if code else 200)
        answer = other.ask(address)
        assert (answer.status_code, said(answer)["code"]) == (403, "missing_scope")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("updated_since=1", "updated_since", "invalid"),
        ("updated_since=", "updated_since", "invalid"),
        ("updated_since=0&state=open", "state", "not_together"),
        ("updated_since=0&cursor=019a8f0e-7b1c-7d3e-9a55-2f6f0c1d2e3f", "cursor", "not_together"),
        ("state=paid", "state", "invalid"),
        ("owner=%00", "owner", "invalid"),
    ],
)
def test_refuses_a_question_it_does_not_understand(query: str, parameter: str, code: str) -> None:
    answer = make_system().ask(f"{HOLDS}?{query}")
    assert answer.status_code == 400
    assert [(fault["parameter"], fault["code"]) for fault in said(answer)["errors"]] == [(parameter, code)]


@pytest.mark.django_db
def test_gives_a_page_of_contracts_at_a_time() -> None:
    system = make_system()
    more = [
        make_contract(cluster=system.contract.cluster, provider=system.contract.provider) for _ in range(2)
    ]
    refs, address = [], f"{CONTRACTS}?limit=2"
    while address:
        page = read(system, address.removeprefix("http://testserver"))
        refs += [one["ref"] for one in page["results"]]
        address = page["next"]
    assert refs == [more[1].ref, more[0].ref, system.contract.ref]


@pytest.mark.django_db
def test_asks_the_database_as_often_for_many_as_for_one() -> None:
    system = make_system()
    system.send(make_body(system.contract, make_line_body(**WRONG)))

    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            read(system, path)
        return len(captured)

    before = [questions(path) for path in (CONTRACTS, HOLDS)]
    for day in range(5, 9):
        make_contract(cluster=system.contract.cluster, provider=system.contract.provider)
        line = make_line_body(service_date=f"2026-05-{day:02d}", **WRONG)
        system.send(make_body(system.contract, line))
    assert [questions(path) for path in (CONTRACTS, HOLDS)] == before
    assert max(before) <= 7


@pytest.mark.django_db(transaction=True)
def test_lets_a_system_follow_what_changes() -> None:
    system = make_system()
    first = said(system.send(make_body(system.contract, make_line_body(**WRONG))))
    begun = {path: read(system, path, updated_since="0") for path in (CONTRACTS, HOLDS, "/api/v1/invoices")}
    assert [page["next"] for page in begun.values()] == [None] * 3
    assert [one["id"] for one in begun["/api/v1/invoices"]["results"]] == [first["id"]]
    places = {path: page["updated_since"] for path, page in begun.items()}
    assert all(read(system, path, updated_since=at)["results"] == [] for path, at in places.items())

    second = said(system.send(make_body(system.contract, make_line_body(service_date="2026-05-05"))))
    seen = read(system, "/api/v1/invoices", updated_since=places["/api/v1/invoices"])
    assert [one["id"] for one in seen["results"]] == [second["id"]]
    [contract] = read(system, CONTRACTS, updated_since=places[CONTRACTS])["results"]
    assert contract["services"][0]["units_used"] == "1"
    assert read(system, HOLDS, updated_since=places[HOLDS])["results"] == []


@pytest.mark.django_db(transaction=True)
def test_tells_who_follows_what_is_not_to_be_seen_any_more() -> None:
    desk = make_desk()
    make_sent(desk)
    system, payment = make_paid_system(desk), Payment.objects.get()
    begun = read(system, PAYMENTS, updated_since="0")
    give_up(payment=payment, reason="The bank refused it", by=desk.farah, at=AT)
    page = read(system, PAYMENTS, updated_since=begun["updated_since"])
    assert [UUID(one["id"]) for one in begun["results"]] == [payment.pk]
    assert (page["results"], page["gone"]) == ([], [str(payment.pk)])


@pytest.mark.django_db(transaction=True)
def test_lets_a_system_follow_a_page_at_a_time() -> None:
    system = make_system()
    for _ in range(4):
        make_contract(cluster=system.contract.cluster, provider=system.contract.provider)
    refs, address = [], f"{CONTRACTS}?updated_since=0&limit=2"
    while address:
        page = read(system, address.removeprefix("http://testserver"))
        refs += [one["ref"] for one in page["results"]]
        address = page["next"]
    assert sorted(refs) == sorted(Contract.objects.values_list("ref", flat=True))
