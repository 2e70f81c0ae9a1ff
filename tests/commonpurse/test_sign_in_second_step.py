"""The second step of signing in: staff must have one, others may."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from commonpurse.sign_in.demo import code_now
from people.actions import give_role
from people.models import RoleKind, User
from providers.models import ProviderStaff
from tests.commissioning.makers import make_contract
from tests.commonpurse.second_steps import give_app, give_passkey, give_spare_codes
from tests.people.makers import make_commissioner, make_council, make_person, make_user, make_user_with_role
from tests.visiting import Visitor, as_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
SAFETY = "/settings/sign-in/"


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


def sign_in(client: Client, user: User) -> str:
    """Sign in by the code from the e-mail. Gives where it leads."""
    client.post("/sign-in/", {"email": user.email})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    return client.post("/sign-in/code/", {"code": code.group(), "action": "verify"})["Location"]


def signed_in_by_code_alone(user: User) -> Visitor:
    """A session that saw a code from the e-mail and nothing more."""
    visitor = as_user(user)
    visitor.note(user, method="code")
    return visitor


def make_provider_staff() -> User:
    user = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=user, provider=make_contract().provider)
    return user


@pytest.mark.parametrize("kind", RoleKind)
def test_lets_staff_nowhere_until_a_second_step_is_set_up(kind: RoleKind) -> None:
    user = make_user_with_role(council=make_council(), kind=kind)
    client = Client()
    sign_in(client, user)
    for address in ("/my-money/", "/settings/sign-in/where/", "/settings/sign-in/spare-codes/new/"):
        assert client.get(address)["Location"] == SAFETY
        assert client.post(address)["Location"] == SAFETY
    assert "Before you go on, set up a second step." in client.get(SAFETY).content.decode()


def test_asks_a_second_step_of_a_providers_staff_and_of_those_who_run_the_house() -> None:
    ours = make_user()
    ours.is_staff = True
    ours.save(update_fields=["is_staff"])
    for user in (make_provider_staff(), ours):
        assert signed_in_by_code_alone(user).get("/settings/sign-in/where/")["Location"] == SAFETY


def test_asks_none_of_somebody_who_draws_on_care() -> None:
    user = make_user()
    make_person(user=user)
    client = Client()
    assert sign_in(client, user) == "/"
    assert client.get("/my-money/").status_code == 200


def test_keeps_public_pages_public_for_staff_on_their_way_in() -> None:
    client = signed_in_by_code_alone(make_commissioner(council=make_council()))
    assert client.get("/privacy/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_opens_everything_once_an_app_is_tied_and_gives_spare_codes() -> None:
    user = make_commissioner(council=make_council())
    client = Client()
    sign_in(client, user)
    page = client.get("/settings/sign-in/app/")
    code = code_now(page.context["form"].secret)
    answer = client.post("/settings/sign-in/app/", {"code": code})
    assert answer["Location"] == "/settings/sign-in/spare-codes/"
    spare = client.get("/settings/sign-in/spare-codes/").content.decode()
    assert len(re.findall(r">\d{8}<", spare)) == 10
    assert client.get("/settings/sign-in/where/").status_code == 200
    assert "an app that makes codes was added" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == [user.email]


def test_asks_for_the_second_step_on_each_sign_in() -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    client = Client()
    assert sign_in(client, user) == "/sign-in/second-step/"
    assert client.get("/settings/sign-in/where/")["Location"].startswith("/sign-in/")
    wrong = client.post("/sign-in/second-step/", {"code": "000000"}).content.decode()
    assert "That did not fit." in wrong
    client.post("/sign-in/second-step/", {"code": code_now(secret)})
    assert client.get("/settings/sign-in/where/").status_code == 200


def test_leads_on_to_where_somebody_wanted_to_go_after_the_second_step() -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    client = Client()
    client.post("/sign-in/", {"email": user.email, "next": "/settings/sign-in/where/"})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    client.post(
        "/sign-in/code/", {"code": code.group(), "action": "verify", "next": "/settings/sign-in/where/"}
    )
    assert (
        client.post("/sign-in/second-step/", {"code": code_now(secret)})["Location"]
        == "/settings/sign-in/where/"
    )


def test_takes_each_spare_code_once() -> None:
    user = make_commissioner(council=make_council())
    give_app(user)
    spare = give_spare_codes(user)[0]
    client, later = Client(), Client()
    sign_in(client, user)
    client.post("/sign-in/second-step/", {"code": spare})
    assert client.get("/settings/sign-in/where/").status_code == 200
    sign_in(later, user)
    later.post("/sign-in/second-step/", {"code": spare})
    assert later.get("/settings/sign-in/where/").status_code == 302


@pytest.mark.parametrize("between", ["", " "])
def test_takes_each_code_of_an_app_once_for_as_long_as_it_lives(between: str) -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    client, thief = Client(), Client()
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False) as clock:
        code = code_now(secret)
        sign_in(client, user)
        client.post("/sign-in/second-step/", {"code": code})
        clock.shift(timedelta(seconds=45))  # still taken from others: clocks differ
        sign_in(thief, user)
        thief.post("/sign-in/second-step/", {"code": f"{code[:3]}{between}{code[3:]}"})
        assert client.get("/settings/sign-in/where/").status_code == 200
        assert thief.get("/settings/sign-in/where/").status_code == 302


@pytest.mark.parametrize(("seconds", "is_taken"), [(-30, True), (0, True), (30, True), (75, False)])
def test_has_patience_with_clocks_and_slow_hands(seconds: int, is_taken: bool) -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    client = Client()
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False) as clock:
        sign_in(client, user)
        code = code_now(secret)
        clock.shift(timedelta(seconds=seconds))
        client.post("/sign-in/second-step/", {"code": code})
        assert (client.get("/settings/sign-in/where/").status_code == 200) == is_taken


def test_stops_guessing_the_second_step_and_says_what_to_do() -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    client = Client()
    sign_in(client, user)
    for _ in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    refused = client.post("/sign-in/second-step/", {"code": code_now(secret)}).content.decode()
    assert "That was several tries in a short time. Wait a minute" in refused
    assert client.get("/settings/sign-in/where/").status_code == 302


def test_asks_a_session_from_before_to_show_the_second_step() -> None:
    user = make_commissioner(council=make_council())
    client = signed_in_by_code_alone(user)
    secret = give_app(user)
    asked = client.get("/settings/sign-in/where/?place=Elm")["Location"]
    assert asked == "/settings/sign-in/again/?next=%2Fsettings%2Fsign-in%2Fwhere%2F%3Fplace%3DElm"
    assert client.get(SAFETY)["Location"].startswith("/settings/sign-in/again/")
    shown = client.post(asked, {"code": code_now(secret), "next": "/settings/sign-in/where/?place=Elm"})
    assert shown["Location"] == "/settings/sign-in/where/?place=Elm"
    assert client.get("/settings/sign-in/where/").status_code == 200


def test_asks_as_soon_as_somebody_is_given_a_role() -> None:
    user = make_user()
    client = signed_in_by_code_alone(user)
    assert client.get("/settings/sign-in/where/").status_code == 200
    give_role(user=user, council=make_council(), kind=RoleKind.COMMISSIONER)
    assert client.get("/settings/sign-in/where/")["Location"] == SAFETY


def test_asks_those_who_need_none_only_if_they_chose_an_app() -> None:
    with_passkey, with_app = make_user(), make_user()
    give_passkey(with_passkey)
    give_app(with_app)
    assert sign_in(Client(), with_passkey) == "/"
    assert sign_in(Client(), with_app) == "/sign-in/second-step/"


def test_lets_nobody_change_the_way_they_sign_in_on_a_session_left_open() -> None:
    user = make_user()
    give_app(user)
    client = as_user(user)
    client.note(user, method="code")
    asked = client.get("/settings/sign-in/app/remove/")["Location"]
    assert asked == "/settings/sign-in/again/?next=%2Fsettings%2Fsign-in%2Fapp%2Fremove%2F"


def test_lets_staff_never_be_without_a_second_step() -> None:
    user = make_commissioner(council=make_council())
    give_app(user)
    client = as_user(user)
    refused = client.post("/settings/sign-in/app/remove/").content.decode()
    assert "You need one second step while you work here." in refused
    passkey = give_passkey(user)
    client.post("/settings/sign-in/app/remove/")
    assert not Authenticator.objects.filter(user=user, type="totp").exists()
    kept = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]), follow=True).content.decode()
    assert "Add another first" in kept
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_lets_others_take_theirs_away() -> None:
    user = make_user()
    give_app(user)
    spare = give_spare_codes(user)
    as_user(user).post("/settings/sign-in/app/remove/")
    assert not Authenticator.objects.filter(user=user).exists()
    assert spare
    assert "was taken away" in str(mail.outbox[-1].body)


def test_keeps_the_secrets_of_apps_and_spare_codes_unreadable_in_the_database() -> None:
    user = make_user()
    secret = give_app(user)
    give_spare_codes(user)
    app, spare = (Authenticator.objects.get(user=user, type=kind).data for kind in ("totp", "recovery_codes"))
    assert secret not in str(app)
    assert app["secret"].startswith("gAAAA")
    assert spare["seed"].startswith("gAAAA")


def test_shows_what_the_app_would_show_in_the_demo_alone(settings: Settings) -> None:
    user = make_commissioner(council=make_council())
    secret = give_app(user)
    for is_demo in (True, False):
        settings.DEMO = is_demo
        client = Client()
        cache.clear()
        sign_in(client, user)
        assert (code_now(secret) in client.get("/sign-in/second-step/").content.decode()) == is_demo
