"""What systems were told and answered goes once policy says so; what waits, and money, never."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from invoices.actions.tidy import Tidied, tidy
from invoices.actions.webhooks import add_endpoint, remove_endpoint, rotate_secret
from invoices.models import Delivery, DeliveryAttempt, DeliveryState, IdempotentRequest, Invoice
from ledger.models import Entry
from people.models import Council, Notice
from tests.guards import assert_refused, run_sql
from tests.invoices.hearing import make_endpoint
from tests.invoices.systems import System, make_body, make_system, said
from tests.providers.makers import make_provider, make_staff

NOW = timezone.now()  # PostgreSQL's own clock says what is young


def make_told(council: Council, *, days: int, state: str = "failed") -> Delivery:
    """A message of so many days ago, with one try."""
    endpoint, _ = make_endpoint(provider=make_provider(council=council))
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        event="invoice.held",
        body="{}",
        made_at=NOW - timedelta(days=days),
        state=state,
        next_at=NOW if state == DeliveryState.WAITING else None,
    )
    DeliveryAttempt.objects.create(delivery=delivery, tried_at=NOW - timedelta(days=days), took_ms=1)
    return delivery


def make_answered(*, days: int) -> tuple[System, dict[str, Any]]:
    """A system that sent an invoice so many days ago, and what it sent, under the key "old"."""
    system = make_system()
    body = make_body(system.contract)
    taken = said(system.send(body, key="young"))
    request = IdempotentRequest.objects.get()
    IdempotentRequest.objects.create(
        system_key=system.key,
        key="old",
        body_hash=bytes(request.body_hash),
        invoice_id=taken["id"],
        answer=request.answer,
        answered_at=NOW - timedelta(days=days),
    )
    return system, body


@pytest.mark.django_db
def test_takes_away_what_is_older_than_policy_keeps_it() -> None:
    system, _ = make_answered(days=36)
    council = system.key.provider.council
    make_told(council, days=91)
    kept = {make_told(council, days=89), make_told(council, days=400, state="waiting")}
    assert tidy(council=council, on=NOW.date(), at=NOW) == Tidied(messages=1, answers=1)
    assert set(Delivery.objects.all()) == kept
    assert DeliveryAttempt.objects.count() == 2
    assert IdempotentRequest.objects.get().key == "young"
    assert Invoice.objects.count() == Entry.objects.filter(kind="invoice").count() == 1
    assert tidy(council=council, on=NOW.date(), at=NOW) == Tidied(0, 0)


@pytest.mark.django_db
def test_leaves_the_messages_of_other_councils_alone() -> None:
    system, _ = make_answered(days=36)
    other = make_provider().council
    make_told(other, days=91)
    assert tidy(council=system.key.provider.council, on=NOW.date(), at=NOW).messages == 0


@pytest.mark.django_db
def test_takes_the_same_document_in_once_still_when_its_answer_is_gone() -> None:
    system, body = make_answered(days=36)
    tidy(council=system.key.provider.council, on=NOW.date(), at=NOW)
    again = system.send(body, key="old")
    assert again.status_code == 200
    assert Invoice.objects.count() == 1


@pytest.mark.django_db
def test_keeps_what_is_young_whoever_asks() -> None:
    _, _ = make_answered(days=6)
    told, old = make_told(make_provider().council, days=29), make_told(make_provider().council, days=31)
    assert_refused("DELETE FROM invoices_idempotentrequest WHERE key = 'old'", match="kept as it came")
    assert_refused("DELETE FROM invoices_deliveryattempt WHERE delivery_id = %s", told.pk, match="young")
    assert_refused("DELETE FROM invoices_delivery WHERE id = %s", told.pk, match="kept as it was")
    run_sql("DELETE FROM invoices_deliveryattempt WHERE delivery_id = %s", old.pk)
    run_sql("DELETE FROM invoices_delivery WHERE id = %s", old.pk)


@pytest.mark.django_db
def test_tells_the_people_of_a_provider_whatever_is_done_with_an_address() -> None:
    provider = make_provider()
    nora = make_staff(provider=provider)
    endpoint, _ = add_endpoint(
        provider=provider,
        url="https://93.184.215.14/hooks?key=abc",
        events=["invoice.held"],
        by=nora.label,
        at=NOW,
    )
    rotate_secret(endpoint=endpoint, overlap=timedelta(days=1), by=nora.label, at=NOW)
    remove_endpoint(endpoint=endpoint, by=nora.label, at=NOW)
    letters = Notice.objects.filter(user=nora, kind__startswith="invoices_webhook_").order_by("kind")
    assert [letter.kind.removeprefix("invoices_webhook_") for letter in letters] == [
        "added",
        "removed",
        "rotated",
    ]
    for letter in letters:
        assert str(nora) in letter.words
        assert "93.184.215.14" in letter.words
        assert "abc" not in letter.words
