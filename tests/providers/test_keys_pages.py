"""The pages of keys: a provider's own people make, rotate and take them back; the council sees and takes back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.idp.oidc.models import Client
from django.urls import reverse

from people.models import User
from providers.models import KeyCredential, Provider, SystemKey
from providers.queries import may_sign_in
from tests.cast import NINE
from tests.people.makers import make_commissioner
from tests.providers.makers import make_issued, make_provider, make_staff
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


def wanted(**changes: str | list[str]) -> dict[str, str | list[str]]:
    """What Nora answers to make a key."""
    said: dict[str, str | list[str]] = {
        "name": "Rostering",
        "kind": "real",
        "scopes": ["invoices:read", "invoices:write"],
        "once": str(uuid4()),
    }
    return said | changes


def shown(words: str) -> tuple[str, str]:
    """The client id and the secret on a page."""
    client_id, secret = re.findall(r"<code>([^<]+)</code>", words)
    return client_id, secret


def test_says_that_there_is_no_key_yet_and_leads_to_the_first() -> None:
    provider, nora = make_nora()
    words = seen(nora, reverse("providers:keys", args=[provider.pk]))
    assert "No key works at the moment." in words
    assert reverse("providers:make-key", args=[provider.pk]) in words


def test_makes_a_key_and_shows_its_secret_once() -> None:
    provider, nora = make_nora()
    response = as_user(nora).post(reverse("providers:make-key", args=[provider.pk]), wanted())
    client_id, secret = shown(response.content.decode())
    assert Client.objects.get().pk == client_id
    assert Client.objects.get().check_secret(secret)
    assert "no-store" in response["Cache-Control"]
    key = SystemKey.objects.get()
    assert (key.made_by, key.scopes, key.is_sandbox) == (
        nora.label,
        ["invoices:read", "invoices:write"],
        False,
    )
    for page in (reverse("providers:key", args=[key.pk]), reverse("providers:keys", args=[provider.pk])):
        assert secret not in seen(nora, page)
    assert client_id in seen(nora, reverse("providers:key", args=[key.pk]))


def test_makes_one_key_when_the_answer_is_sent_twice() -> None:
    provider, nora = make_nora()
    visitor, answer = as_user(nora), wanted()
    address = reverse("providers:make-key", args=[provider.pk])
    visitor.post(address, answer)
    again = visitor.post(address, answer, follow=True)
    assert "This key was made a moment ago" in again.content.decode()
    assert SystemKey.objects.count() == 1


def test_makes_a_key_to_practise_with() -> None:
    provider, nora = make_nora()
    words = as_user(nora).post(reverse("providers:make-key", args=[provider.pk]), wanted(kind="sandbox"))
    assert "This key is only for practising" in words.content.decode()
    assert SystemKey.objects.get().is_sandbox


def test_asks_for_what_is_missing() -> None:
    provider, nora = make_nora()
    words = answered(nora, reverse("providers:make-key", args=[provider.pk]))
    assert "<title> Error:" in words
    assert "Give the key a name" in words
    assert "Choose at least one thing the system may do." in words
    assert "Say whether it is for practising or for real invoices." in words
    assert SystemKey.objects.count() == 0


def test_makes_a_new_secret_and_says_until_when_the_older_one_works() -> None:
    provider, nora = make_nora()
    issued = make_issued(provider=provider)
    address = reverse("providers:rotate-key", args=[issued.key.pk])
    once = str(uuid4())
    response = as_user(nora).post(address, {"overlap": "168", "once": once})
    words = response.content.decode()
    assert "The older secret works until Monday 11 May 2026, 10:00" in " ".join(words.split())
    assert "no-store" in response["Cache-Control"]
    client_id, _ = shown(words)
    assert may_sign_in(client_id, at=NINE)
    older = KeyCredential.objects.get(client=issued.client_id)
    assert (older.ends_at, older.ended_by) == (NINE + timedelta(days=7), nora.label)
    again = answered(nora, address, overlap="168", once=once)
    assert "This secret was made a moment ago" in again
    assert KeyCredential.objects.count() == 2


def test_takes_a_key_back_only_when_that_is_meant() -> None:
    provider, nora = make_nora()
    key = make_issued(provider=provider).key
    address = reverse("providers:revoke-key", args=[key.pk])
    assert "Tick the box" in answered(nora, address)
    assert "No system has used it." in seen(nora, address)
    words = answered(nora, address, sure="on")
    assert "The key “Rostering” is taken back. Nothing opens with it any more." in words
    key.refresh_from_db()
    assert (key.revoked_at, key.revoked_by) == (NINE, nora.label)
    assert "was taken back on 4 May 2026 already" in answered(nora, address, sure="on")


def test_lets_the_council_see_keys_and_take_them_back_and_no_more() -> None:
    provider, _ = make_nora()
    key = make_issued(provider=provider).key
    carol = make_commissioner(council=provider.council)
    words = seen(carol, reverse("providers:key", args=[key.pk]))
    assert "Take this key back" in words
    assert "Make a new secret" not in words
    assert "Make a key" not in seen(carol, reverse("providers:keys", args=[provider.pk]))
    answered(carol, reverse("providers:revoke-key", args=[key.pk]), sure="on")
    key.refresh_from_db()
    assert key.revoked_by == carol.label
    assert f"Taken back, by {provider.council}" in seen(carol, reverse("providers:key", args=[key.pk]))


def test_shows_nobody_elses_keys() -> None:
    _, nora = make_nora()
    other = make_issued().key
    for name in ("key", "rotate-key", "revoke-key"):
        assert seen(nora, reverse(f"providers:{name}", args=[other.pk])) == "404"
    for name in ("keys", "make-key"):
        assert seen(nora, reverse(f"providers:{name}", args=[other.provider_id])) == "404"
