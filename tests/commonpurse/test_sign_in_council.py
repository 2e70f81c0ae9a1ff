"""Council staff sign in with their council's own account; a real provider is run for each test."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from commonpurse.sign_in.demo import code_now
from commonpurse.sign_in.providers import council_sign_in
from people.models import User
from tests.commonpurse.identity_provider import CLIENT, SECRET, IdentityProvider, make_key, running_provider
from tests.commonpurse.second_steps import give_app
from tests.people.makers import make_commissioner, make_council, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
BUTTON = "Sign in with Testshire Council"
BEGIN = "/sign-in/with/council/"


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def provider(settings: Settings) -> Iterator[IdentityProvider]:
    """The council's provider, and Common Purse set up to ask it."""
    with running_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = council_sign_in(
            issuer=provider.address,
            name="Testshire Council",
            client_id=CLIENT,
            secret=SECRET,
            over_tls=False,
        )
        yield provider


@pytest.fixture
def carol(provider: IdentityProvider) -> User:
    """A commissioner whom the provider vouches for, second factor and all."""
    carol = make_commissioner(council=make_council())
    provider.claims = {"email": carol.email, "email_verified": True, "amr": ["pwd", "mfa"]}
    return carol


def come(client: Client, *, wanted: str = "") -> Any:
    """Go to the council's page and come back with its answer. Gives the response to that."""
    led = client.get(BEGIN, {"next": wanted} if wanted else {})
    assert led.status_code == 302
    back = requests.get(led["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def is_in(client: Client) -> bool:
    """Tell whether a browser gets in, and not only to setting up a second step."""
    return client.get("/settings/sign-in/where/").status_code == 200


def test_lets_in_somebody_with_a_role_and_asks_for_no_second_step_the_council_saw(carol: User) -> None:
    client = Client()
    assert come(client, wanted="/settings/sign-in/where/")["Location"] == "/settings/sign-in/where/"
    assert is_in(client)
    assert client.session["_auth_user_id"] == str(carol.pk)
    assert not SocialAccount.objects.exists()


def test_finds_the_account_however_the_address_is_written(carol: User, provider: IdentityProvider) -> None:
    provider.claims["email"] = carol.email.upper()
    client = Client()
    come(client)
    assert is_in(client)


@pytest.mark.parametrize(
    "said", [{"amr": ["pwd"]}, {"amr": None}, {"amr": "mfa"}, {"amr": None, "acr": "urn:weak"}]
)
def test_asks_for_ours_where_the_council_saw_none(
    carol: User, provider: IdentityProvider, said: dict[str, Any]
) -> None:
    secret = give_app(carol)
    provider.claims |= said
    client = Client()
    assert come(client)["Location"] == "/sign-in/second-step/"
    assert not is_in(client)
    client.post("/sign-in/second-step/", {"code": code_now(secret)})
    assert is_in(client)


def test_wants_ours_set_up_where_the_council_saw_none(carol: User, provider: IdentityProvider) -> None:
    provider.claims["amr"] = ["pwd"]
    client = Client()
    come(client)
    assert client.get("/settings/sign-in/where/")["Location"] == "/settings/sign-in/"


def test_takes_a_level_that_is_set_up_as_strong(
    carol: User, provider: IdentityProvider, settings: Settings
) -> None:
    settings.OIDC_STRONG_LEVELS = ["urn:strong"]
    provider.claims |= {"amr": None, "acr": "urn:strong"}
    client = Client()
    come(client)
    assert is_in(client)


def test_asks_for_the_address_where_the_signed_answer_leaves_it_out(
    carol: User, provider: IdentityProvider
) -> None:
    provider.claims |= {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "staff-1", "email": carol.email, "email_verified": True}
    client = Client()
    come(client)
    assert is_in(client)


def test_takes_no_address_of_somebody_else(carol: User, provider: IdentityProvider) -> None:
    provider.claims |= {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "staff-2", "email": carol.email, "email_verified": True}
    assert "did not answer as it should" in come(Client()).content.decode()


def refuse_stranger(client: Client) -> None:
    """Come, and be refused kindly; nobody is made an account."""
    before = User.objects.count()
    answer = come(client)
    words = " ".join(answer.content.decode().split())
    assert answer.status_code == 403
    assert "we have no account with a role for the address it gave us" in words
    assert "Ask whoever looks after Common Purse at your council to add you" in words
    assert (User.objects.count(), is_in(client)) == (before, False)


def test_refuses_a_stranger_kindly_and_makes_no_account(carol: User, provider: IdentityProvider) -> None:
    provider.claims["email"] = "stranger@example.test"
    refuse_stranger(Client())


def test_refuses_somebody_without_a_role(carol: User, provider: IdentityProvider) -> None:
    user = make_user(email="amina@example.test")
    make_person(user=user)
    provider.claims["email"] = user.email
    refuse_stranger(Client())


def test_refuses_a_closed_account(carol: User) -> None:
    User.objects.filter(pk=carol.pk).update(is_active=False)
    refuse_stranger(Client())


@pytest.mark.parametrize("is_verified", [False, None, "true", 1])
def test_refuses_an_address_the_council_has_not_verified(
    carol: User, provider: IdentityProvider, is_verified: Any
) -> None:
    provider.claims["email_verified"] = is_verified
    refuse_stranger(Client())


@pytest.mark.parametrize(
    "said",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"exp": 1_700_000_000},
        {"sub": None},
    ],
    ids=["issuer", "audience", "time", "subject"],
)
def test_takes_no_answer_that_is_not_for_us_from_them_and_now(
    carol: User, provider: IdentityProvider, said: dict[str, Any]
) -> None:
    provider.claims |= said
    client = Client()
    answer = come(client)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "That is not your fault." in answer.content.decode()


def test_takes_no_answer_signed_by_another_key(carol: User, provider: IdentityProvider) -> None:
    provider.signing = make_key()
    client = Client()
    assert come(client).status_code == 403
    assert not is_in(client)


def test_takes_no_answer_it_did_not_ask_for(carol: User) -> None:
    asked, other = Client(), Client()
    back = requests.get(asked.get(BEGIN)["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert other.get(back.removeprefix("http://testserver")).status_code == 403
    assert not is_in(other)


def test_takes_each_answer_once(carol: User) -> None:
    client = Client()
    back = requests.get(client.get(BEGIN)["Location"], allow_redirects=False, timeout=5).headers["Location"]
    path = back.removeprefix("http://testserver")
    assert client.get(path).status_code == 302
    client.post("/sign-out/")
    assert client.get(path).status_code == 403


def test_says_kindly_that_somebody_stopped(carol: User, provider: IdentityProvider) -> None:
    provider.answers_error = "access_denied"
    assert "You stopped on your council" in come(Client()).content.decode()


def test_says_kindly_that_the_council_does_not_answer(carol: User, provider: IdentityProvider) -> None:
    provider.is_broken = True
    said = Client().get(BEGIN)
    assert (said.status_code, "did not answer as it should" in said.content.decode()) == (403, True)


def test_lets_nobody_tie_a_councils_account_to_theirs(carol: User) -> None:
    client = Client()
    led = client.get(BEGIN, {"process": "connect"})
    back = requests.get(led["Location"], allow_redirects=False, timeout=5).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    assert not SocialAccount.objects.exists()


def test_lets_nobody_change_what_the_council_is_asked(carol: User) -> None:
    led = Client().get(BEGIN, {"auth_params": "redirect_uri=https://evil.example", "scope": "everything"})
    asked = parse_qs(urlsplit(led["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/council/back/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_leads_to_no_other_site(carol: User) -> None:
    assert come(Client(), wanted="https://evil.example/")["Location"] == "/"


def test_shows_the_button_only_where_it_is_set_up(carol: User, settings: Settings) -> None:
    assert BUTTON in Client().get("/sign-in/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = council_sign_in(
        issuer="", name="Testshire Council", client_id="", secret="", over_tls=True
    )
    assert BUTTON not in Client().get("/sign-in/").content.decode()
    assert Client().get(BEGIN).status_code == 404
    assert Client().get(f"{BEGIN}back/").status_code == 404


@pytest.mark.parametrize(
    ("issuer", "client_id", "why"),
    [("https://id.example", "", "OIDC_CLIENT_ID"), ("http://id.example", "us", "https://")],
)
def test_starts_with_no_half_set_up(issuer: str, client_id: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        council_sign_in(issuer=issuer, name="", client_id=client_id, secret="s", over_tls=True)


def test_writes_nothing_personal_into_the_logs(
    carol: User, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        come(Client())
        provider.claims["email"] = "stranger@example.test"
        come(Client())
    said = " ".join(
        record.getMessage()
        for record in caplog.records
        if record.name not in {"django.db.backends", "urllib3.connectionpool"}
    )
    for secret in (carol.email, "Carol", "stranger@example.test", "code=", SECRET):
        assert secret not in said
