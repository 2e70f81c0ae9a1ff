"""The pages of webhooks: a provider's own people say where their systems listen, see what was told, and send again."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from standardwebhooks.webhooks import Webhook

from invoices.actions.webhooks import begin_delivery, remove_endpoint, send_test
from invoices.models import Delivery, DeliveryAttempt, DeliveryState, Endpoint
from people.models import User
from providers.models import Provider
from tests.cast import NINE
from tests.invoices.hearing import make_endpoint
from tests.providers.makers import make_provider, make_staff
from tests.visiting import answered, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_nora() -> tuple[Provider, User]:
    """A provider, and Nora, who works for it."""
    provider = make_provider()
    return provider, make_staff(provider=provider)


def address(name: str, endpoint: Endpoint) -> str:
    return reverse(f"invoices:{name}", args=[endpoint.pk])


def wanted(provider: Provider, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """What Nora answers to add an address."""
    said: dict[str, str | list[str]] = {
        "once": str(uuid4()),
        "provider": str(provider.pk),
        "url": "https://hooks.example.org/purse",
        "kind": "real",
        "events": ["invoice.held", "payment.paid"],
    }
    return said | changes


def test_says_that_nobody_listens_yet() -> None:
    _, nora = make_nora()
    assert "No system of yours listens yet." in seen(nora, reverse("invoices:webhooks"))


def test_adds_an_address_and_shows_its_secret_once() -> None:
    provider, nora = make_nora()
    visitor, said = as_user(nora), wanted(provider)
    response = visitor.post(reverse("invoices:add-webhook"), said)
    _, secret = re.findall(r"<code>([^<]+)</code>", response.content.decode())
    assert "no-store" in response["Cache-Control"]
    endpoint = Endpoint.objects.get()
    assert (endpoint.events, endpoint.is_sandbox, endpoint.made_by) == (
        ["invoice.held", "payment.paid"],
        False,
        nora.label,
    )
    delivery = send_test(endpoint=endpoint, at=NINE)
    sending = begin_delivery(delivery_id=delivery.pk, at=NINE)
    assert sending is not None
    Webhook(secret).verify(sending.body, sending.headers)
    assert secret not in seen(nora, address("webhook", endpoint))
    again = visitor.post(reverse("invoices:add-webhook"), said).content.decode()
    assert "This was added a moment ago." in again
    assert Endpoint.objects.count() == 1


def test_asks_whose_system_it_is_only_where_there_are_several() -> None:
    provider, nora = make_nora()
    assert "Whose system is it?" not in seen(nora, reverse("invoices:add-webhook"))
    other = make_provider(council=provider.council)
    other.staff.create(user=nora)
    assert "Whose system is it?" in seen(nora, reverse("invoices:add-webhook"))


def test_asks_for_what_is_missing_and_refuses_what_leads_inside() -> None:
    provider, nora = make_nora()
    words = answered(nora, reverse("invoices:add-webhook"))
    assert "<title> Error:" in words
    assert "Write the address where your system listens." in words
    inside = as_user(nora).post(reverse("invoices:add-webhook"), wanted(provider, url="https://10.0.0.1/"))
    assert "inside a private network" in inside.content.decode()
    stranger = wanted(make_provider())
    as_user(nora).post(reverse("invoices:add-webhook"), stranger)
    assert Endpoint.objects.count() == 0


def test_sends_a_test_and_shows_how_each_try_went() -> None:
    provider, nora = make_nora()
    endpoint, _ = make_endpoint(provider=provider)
    words = answered(nora, address("test-webhook", endpoint))
    assert "A test is on its way." in words
    assert "webhook.test" in words
    assert "None yet" in words
    DeliveryAttempt.objects.create(
        delivery=Delivery.objects.get(), tried_at=NINE, took_ms=73, status=500, problem=""
    )
    assert "500 (73 ms)" in seen(nora, address("webhook", endpoint))


def test_sends_a_message_again() -> None:
    provider, nora = make_nora()
    endpoint, _ = make_endpoint(provider=provider)
    delivery = send_test(endpoint=endpoint, at=NINE - timedelta(days=1))
    Delivery.objects.update(state=DeliveryState.FAILED, next_at=None, tries=10)
    words = answered(nora, reverse("invoices:send-again", args=[delivery.pk]))
    assert "The message is sent again." in words
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at, delivery.tries) == (DeliveryState.WAITING, NINE, 0)


def test_makes_a_new_secret() -> None:
    provider, nora = make_nora()
    endpoint, _ = make_endpoint(provider=provider)
    assert "Say how long we should sign with both." in answered(nora, address("rotate-webhook", endpoint))
    words = answered(nora, address("rotate-webhook", endpoint), overlap="24")
    assert "whsec_" in words
    ends = list(endpoint.secrets.order_by("pk").values_list("ends_at", flat=True))
    assert ends == [NINE + timedelta(days=1), None]


def test_removes_an_address_only_when_that_is_meant() -> None:
    provider, nora = make_nora()
    endpoint, _ = make_endpoint(provider=provider)
    assert "Tick the box" in answered(nora, address("remove-webhook", endpoint))
    assert "The address is removed." in answered(nora, address("remove-webhook", endpoint), sure="on")
    assert "It was removed on 4 May 2026" in seen(nora, address("webhook", endpoint))
    assert "was removed" in answered(nora, address("test-webhook", endpoint))
    assert Delivery.objects.count() == 0


def test_lists_those_in_use_first() -> None:
    provider, nora = make_nora()
    gone, _ = make_endpoint(provider=provider, url="https://gone.example.org/")
    make_endpoint(provider=provider, url="https://used.example.org/")
    remove_endpoint(endpoint=gone, by=nora.label, at=NINE)
    words = seen(nora, reverse("invoices:webhooks"))
    assert words.index("used.example.org") < words.index("gone.example.org")


def test_shows_nobody_elses_addresses_and_messages() -> None:
    _, nora = make_nora()
    endpoint, _ = make_endpoint(provider=make_provider())
    delivery = send_test(endpoint=endpoint, at=NINE)
    for name in ("webhook", "rotate-webhook", "remove-webhook"):
        assert seen(nora, address(name, endpoint)) == "404"
    visitor = as_user(nora)
    assert visitor.post(address("test-webhook", endpoint)).status_code == 404
    assert visitor.post(reverse("invoices:send-again", args=[delivery.pk])).status_code == 404
