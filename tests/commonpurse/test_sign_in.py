"""Signing in by a code sent by e-mail."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.people.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
ROBIN = "robin@example.test"


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


def ask_for_code(client: Client, email: str = ROBIN) -> str:
    """Ask for a code and give the one that was sent, if any was."""
    response = client.post("/sign-in/", {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/sign-in/code/")
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    return found.group() if found else ""


def give_code(client: Client, code: str) -> str:
    """Write a code, and give the words of the page one then sees."""
    return client.post("/sign-in/code/", {"code": code, "action": "verify"}, follow=True).content.decode()


def is_in(client: Client) -> bool:
    """Tell whether somebody has signed in."""
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("dash", ["-", "", " - "])
def test_lets_in_whoever_has_the_code(client: Client, dash: str) -> None:
    make_user(email=ROBIN)
    give_code(client, ask_for_code(client).replace("-", dash))
    assert is_in(client)


def test_finds_the_account_however_the_address_is_written(client: Client) -> None:
    make_user(email=ROBIN)
    give_code(client, ask_for_code(client, "Robin@Example.TEST"))
    assert is_in(client)


def test_answers_the_same_for_an_address_it_does_not_know() -> None:
    make_user(email=ROBIN)
    known, unknown = Client(), Client()
    ask_for_code(known)
    assert ask_for_code(unknown, "nobody@example.test") == ""
    pages = [client.get("/sign-in/code/").content.decode() for client in (known, unknown)]
    without = [re.sub(r"(value|nonce)=\"[^\"]+\"|[\w.]+@example\.test", "", page) for page in pages]
    assert without[0] == without[1]


def test_tells_an_unknown_address_only_that_it_is_unknown(client: Client) -> None:
    ask_for_code(client, "nobody@example.test")
    [letter] = mail.outbox
    assert "We have no account for it." in str(letter.body)
    assert "http" not in str(letter.body)


def test_says_kindly_that_a_code_is_wrong_and_takes_the_right_one_after(client: Client) -> None:
    make_user(email=ROBIN)
    code = ask_for_code(client)
    assert "That is not the code we sent." in give_code(client, "0000-0000")
    give_code(client, code)
    assert is_in(client)


def test_wants_a_new_code_after_three_wrong_ones(client: Client) -> None:
    make_user(email=ROBIN)
    code = ask_for_code(client)
    words = [give_code(client, "0000-0000") for _ in range(3)][-1]
    assert "ask for a new code" in words
    give_code(client, code)
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "lets_in"), [(14, True), (16, False)])
def test_takes_a_code_for_fifteen_minutes(client: Client, minutes: int, lets_in: bool) -> None:
    make_user(email=ROBIN)
    nine = datetime(2026, 5, 4, 9, tzinfo=UTC)
    with time_machine.travel(nine, tick=False) as clock:
        code = ask_for_code(client)
        clock.shift(timedelta(minutes=minutes))
        words = give_code(client, code)
        assert is_in(client) == lets_in
    assert ("That code has run out" in words) != lets_in


def test_does_not_write_to_the_same_address_again_and_again(client: Client) -> None:
    make_user(email=ROBIN)
    for _ in range(3):
        ask_for_code(Client())
    words = client.post("/sign-in/", {"email": ROBIN}).content.decode()
    assert "Wait a minute" in words
    assert len(mail.outbox) == 3


def test_keeps_a_closed_account_out(client: Client) -> None:
    user = make_user(email=ROBIN)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert ask_for_code(client) == ""


def test_sends_another_code_when_asked(client: Client) -> None:
    make_user(email=ROBIN)
    first = ask_for_code(client)
    client.post("/sign-in/code/", {"action": "resend"})
    second = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert second is not None
    assert second.group() != first
    give_code(client, second.group())
    assert is_in(client)


def test_leads_back_to_where_somebody_wanted_to_go(client: Client) -> None:
    make_user(email=ROBIN)
    asked = client.get("/my-money/")
    assert asked["Location"] == "/sign-in/?next=/my-money/"
    sent = client.post("/sign-in/", {"email": ROBIN, "next": "/my-money/"})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    inside = client.post(sent["Location"], {"code": code.group(), "action": "verify", "next": "/my-money/"})
    assert inside["Location"] == "/my-money/"


def test_signs_out_by_a_button_only(client: Client) -> None:
    client.force_login(make_user(email=ROBIN))
    client.get("/sign-out/")
    assert is_in(client)
    client.post("/sign-out/")
    assert not is_in(client)


def test_says_kindly_that_a_form_was_open_too_long() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": ROBIN})
    assert response.status_code == 403
    assert "The page may have been open for a long time." in response.content.decode()


def test_lets_somebody_begin_again_who_wrote_the_wrong_address(client: Client) -> None:
    make_user(email=ROBIN)
    ask_for_code(client, "robbin@example.test")
    again = client.post("/sign-in/another-address/", follow=True).content.decode()
    assert "Your e-mail address" in again
    give_code(client, ask_for_code(client))
    assert is_in(client)
