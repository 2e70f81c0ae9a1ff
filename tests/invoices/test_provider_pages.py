"""A provider's own pages: what it can bill, its invoices as they stand, what is held and why, what it is paid."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import SharingRule
from invoices.actions import reject
from invoices.models import Hold, HoldReason, Invoice, Payment
from invoices.rules.judging import OWNERS
from invoices.rules.next_steps import ASK, NEXT_STEPS
from people.models import User
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, Desk, bill, make_desk, make_officer, make_sent
from tests.people.makers import make_person
from tests.providers.makers import make_provider, make_staff
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db

LIST, CONTRACTS, HOLDS, PAYMENTS = (
    f"/invoices/provider/{part}" for part in ("", "contracts/", "holds/", "payments/")
)
MOST_QUERIES = 12


@pytest.fixture
def desk() -> Desk:
    """A provider with one invoice of two accepted lines, 60 and 40 pounds."""
    return make_desk()


@pytest.fixture
def nora(desk: Desk) -> User:
    """Somebody who works for it."""
    return make_staff(provider=desk.provider)


def bill_too_dear(desk: Desk, *, number: str = "DEAR") -> Hold:
    """An invoice whose only line is at another price than the contract's."""
    line = make_line(service_code="SESSION", unit_rate_pence=99_00)
    send(make_document(contract=desk.contract, lines=[line], number=number), contract=desk.contract)
    return Hold.objects.get(line__invoice__number=number)


def test_lists_invoices_with_what_became_of_them(desk: Desk, nora: User) -> None:
    bill_too_dear(desk)
    words = seen(nora, LIST)
    assert words.index("DEAR") < words.index("£100.00")
    assert "£99.00" in words


def test_finds_invoices_by_state_number_and_contract(desk: Desk, nora: User) -> None:
    bill_too_dear(desk)
    bill(desk.contract, 20_00, number="GOOD")
    assert ">GOOD<" not in seen(nora, f"{LIST}?state=held")
    assert ">DEAR<" in seen(nora, f"{LIST}?state=held")
    assert ">DEAR<" not in seen(nora, f"{LIST}?number=GO")
    assert ">GOOD<" in seen(nora, f"{LIST}?number=GO&contract={desk.contract.ref}")
    assert "No invoice of yours is like that." in seen(nora, f"{LIST}?contract=K-OTHER")
    assert ">DEAR<" in seen(nora, f"{LIST}?state=nonsense")


def test_shows_an_invoice_line_by_line_with_why_one_is_held(desk: Desk, nora: User) -> None:
    hold = bill_too_dear(desk)
    words = seen(nora, reverse("invoices:own-invoice", args=[hold.line.invoice_id]))
    assert "The rate is not the contract&#x27;s." in words
    assert reverse("invoices:own-hold", args=[hold.pk]) in words


def test_says_why_a_line_was_rejected(desk: Desk, nora: User) -> None:
    hold = bill_too_dear(desk)
    reject(hold=hold, reason="The price is 20 pounds.", by=desk.farah, at=AT)
    assert "The council writes: The price is 20 pounds." in seen(
        nora, reverse("invoices:own-invoice", args=[hold.line.invoice_id])
    )
    page = seen(nora, reverse("invoices:own-hold", args=[hold.pk]))
    assert "It was rejected" in page
    assert "The price is 20 pounds." in page


def test_shows_what_is_left_to_bill_and_for_whom_without_a_name() -> None:
    cluster = make_cluster()
    person = make_person(council=cluster.council, name="Amina Secret")
    make_member(cluster=cluster, ref="M-7", person=person)
    service = make_service(code="SESSION", rule=SharingRule.EQUAL, max_units=Decimal(10), unit="session")
    contract = make_contract(cluster=cluster, services=[service])
    nora = make_staff(provider=contract.provider)
    lines = [make_line(service_code="SESSION", units="1.5")]
    send(make_document(contract=contract, lines=lines), contract=contract)
    page = reverse("invoices:own-contract", args=[contract.pk])
    for words in (seen(nora, CONTRACTS), seen(nora, page)):
        assert "8.5" in words
        assert "Secret" not in words
    assert "<code>M-7</code>" in seen(nora, page)
    assert "Write an invoice" in seen(nora, page)


def test_says_what_to_do_about_what_is_held_and_whose_turn_it_is(desk: Desk, nora: User) -> None:
    hold = bill_too_dear(desk)
    words = seen(nora, HOLDS)
    assert "Whose turn: You" in words
    assert "Check the price against your contract." in words
    assert "Check the price against your contract." in seen(
        nora, reverse("invoices:own-hold", args=[hold.pk])
    )


def test_puts_what_waits_for_the_provider_first(desk: Desk, nora: User) -> None:
    too_much = make_document(
        contract=desk.contract, lines=[make_line(service_code="SESSION", units="900")], number="THEIRS"
    )
    send(too_much, contract=desk.contract, on=date(2026, 5, 20))
    bill_too_dear(desk, number="OURS")
    words = seen(nora, HOLDS)
    assert words.index("OURS") < words.index("THEIRS")
    assert "Whose turn: The council’s commissioners" in words


def test_has_a_next_step_for_every_reason_and_a_name_for_everybody_whose_turn_it_can_be() -> None:
    assert set(NEXT_STEPS) == set(HoldReason.values)
    assert set(OWNERS.values()) <= set(ASK)


def test_shows_payments_once_they_are_on_their_way(desk: Desk, nora: User) -> None:
    assert "No payment to you is on its way yet." in seen(nora, PAYMENTS)
    make_sent(desk)
    payment = Payment.objects.get()
    words = seen(nora, PAYMENTS)
    assert payment.reference in words
    assert "£100.00" in words
    assert reverse("invoices:remittance", args=[payment.pk]) in words
    invoice = Invoice.objects.get()
    assert f"Payment {payment.reference}" in seen(nora, reverse("invoices:own-invoice", args=[invoice.pk]))


def test_gives_what_a_payment_is_for_as_a_file(desk: Desk, nora: User) -> None:
    make_sent(desk)
    payment = Payment.objects.get()
    answer = as_user(nora).get(reverse("invoices:remittance-csv", args=[payment.pk]))
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert [(row["line_number"], row["amount_pence"], row["units"]) for row in rows] == [
        ("1", "6000", "3"),
        ("2", "4000", "2"),
    ]
    assert {row["payment_reference"] for row in rows} == {payment.reference}


def test_never_gives_out_a_formula(desk: Desk, nora: User) -> None:
    bill(desk.contract, 20_00, number="=cmd|' /C calc'!A0")
    make_sent(desk)
    answer = as_user(nora).get(reverse("invoices:remittance-csv", args=[Payment.objects.get().pk]))
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert "'=cmd|' /C calc'!A0" in {row["invoice"] for row in rows}


def test_shows_strangers_nothing(desk: Desk, nora: User) -> None:
    hold = bill_too_dear(desk)
    make_sent(desk)
    payment = Payment.objects.get()
    pages = [
        reverse("invoices:own-invoice", args=[hold.line.invoice_id]),
        reverse("invoices:own-contract", args=[desk.contract.pk]),
        reverse("invoices:own-hold", args=[hold.pk]),
        reverse("invoices:remittance-csv", args=[payment.pk]),
    ]
    others = [make_staff(provider=make_provider(council=desk.council)), make_officer(council=desk.council)]
    assert {seen(other, page) for other in others for page in pages} == {"404"}
    for page in (LIST, CONTRACTS, HOLDS, PAYMENTS):
        assert "DEAR" not in seen(others[0], page)
        assert seen(others[1], page) == "404"


def test_asks_as_often_for_much_as_for_little(desk: Desk, nora: User) -> None:
    bill_too_dear(desk)
    make_sent(desk)
    client, pages = as_user(nora), [LIST, CONTRACTS, HOLDS, PAYMENTS]
    asked = [_count(client, page) for page in pages]
    for number in range(4):
        make_contract(cluster=desk.contract.cluster, provider=desk.provider)
        bill_too_dear(desk, number=f"DEAR-{number}")
    assert [_count(client, page) for page in pages] == asked
    assert max(asked) <= MOST_QUERIES


def _count(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as caught:
        client.get(page)
    return len(caught)
