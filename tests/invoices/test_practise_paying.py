"""Being paid while practising: made-up money goes the real way, and nothing real is touched."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from invoices.actions.practise_paying import UnableToPractisePaying, pay_practised
from invoices.actions.webhooks import pass_on_all
from invoices.models import Delivery, Payment, PaymentRun, PaymentState
from people.models import User
from providers.models import Provider
from tests.guards import assert_refused
from tests.invoices.hearing import make_endpoint
from tests.invoices.paying import make_officer
from tests.invoices.systems import System, make_body, said
from tests.invoices.test_practice import make_pair, of_the_real_council
from tests.providers.makers import make_provider, make_staff
from tests.visiting import answered, as_user, seen

ON = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
PAYMENTS = "/api/v1/payments"


def make_practised() -> tuple[System, System]:
    """A real system, and one that practised with an invoice of 20 pounds."""
    real, practising = make_pair()
    assert practising.send(make_body(practising.contract, number="TRY-1")).status_code == 201
    return real, practising


def pay(provider: Provider) -> PaymentRun:
    return pay_practised(provider=provider, on=ON, at=AT, by="system:tests")


def listed(system: System) -> list[Any]:
    shown: list[Any] = said(system.ask(PAYMENTS))["results"]
    return shown


@pytest.mark.django_db
def test_is_read_by_the_system_with_its_remittance_step_by_step() -> None:
    real, practising = make_practised()
    provider = real.contract.provider
    before = of_the_real_council(provider.council)
    assert listed(practising) == []
    pay(provider)
    [payment] = listed(practising)
    assert (payment["amount_pence"], payment["state"]) == (20_00, "planned")
    remittance = practising.ask(f"{PAYMENTS}/{payment['id']}/remittance").content.decode()
    assert "<cbc:ID>TRY-1</cbc:ID>" in remittance
    pay(provider)
    assert [one["state"] for one in listed(practising)] == ["paid"]
    assert listed(real) == []
    assert of_the_real_council(provider.council) == before


@pytest.mark.django_db
def test_pays_nothing_twice_and_says_when_there_is_nothing() -> None:
    real, _ = make_practised()
    provider = real.contract.provider
    pay(provider)
    pay(provider)
    with pytest.raises(UnableToPractisePaying, match="Nothing that was accepted waits"):
        pay(provider)
    assert Payment.objects.count() == 1
    with pytest.raises(UnableToPractisePaying, match="have not practised yet"):
        pay(make_provider())


@pytest.mark.django_db(transaction=True)
def test_is_told_by_webhook_to_who_practises() -> None:
    real, _ = make_practised()
    provider = real.contract.provider
    practises, _ = make_endpoint(provider=provider, is_sandbox=True)
    works, _ = make_endpoint(provider=provider)
    for _ in range(2):
        pay(provider)
        pass_on_all(at=AT)
    events = Delivery.objects.filter(endpoint=practises, event__startswith="payment.").order_by("pk")
    assert [one.event for one in events] == ["payment.sent", "payment.paid"]
    assert not Delivery.objects.filter(endpoint=works, event__startswith="payment.").exists()


@pytest.mark.django_db
def test_is_asked_for_on_the_page_of_what_is_practised_on() -> None:
    real, _ = make_practised()
    provider = real.contract.provider
    nora, page = make_staff(provider=provider), reverse("invoices:practice", args=[provider.pk])
    with time_machine.travel(AT, tick=False):
        assert "Pay what was accepted" in seen(nora, page)
        words = answered(nora, f"{page}pay/")
        assert "A made-up payment is on its way." in words
        assert "£20.00: On its way" in words
        assert "The made-up bank has paid." in answered(nora, f"{page}pay/")
        assert "Nothing that was accepted waits" in answered(nora, f"{page}pay/")
    stranger = make_staff(provider=make_provider(), name="Else")
    assert as_user(stranger).post(f"{page}pay/").status_code == 404


@pytest.mark.django_db
def test_is_kept_apart_by_postgresql() -> None:
    real, _ = make_practised()
    provider = real.contract.provider
    run = pay(provider)
    assert Payment.objects.get().state == PaymentState.PLANNED
    insert = (
        "INSERT INTO invoices_paymentrun (council_id, number, pay_date, state, made_by_id, ended_by, note)"
        " VALUES (%s, 99, '2026-06-04', 'draft', %s, '', '')"
    )
    nobody = User.objects.get(email="drafts@practice.invalid")
    assert_refused(insert, provider.council_id, nobody.pk, match="Who is made up")
    assert_refused(insert, run.council_id, make_officer(council=provider.council).pk, match="Who is made up")
