"""The language of a page: chosen at its foot before signing in, in one's settings after."""

import re
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.translation import gettext, override
from pytest_django import DjangoAssertNumQueries

from tests.people.makers import make_person, make_settings, make_user
from tests.visiting import Visitor

PRIVACY = "/privacy/"
NOT_READ_YET = (
    "Nobody who grew up with Welsh has read these words yet. "
    "If some are wrong or hard to follow, tell your social worker or your council."
)
PUBLIC = ["/", "/accessibility/", PRIVACY, "/sign-in/no-account/"]


def choose(client: Client, code: str, *, back_to: str = PRIVACY) -> Any:
    """Press the button of a language at the foot of a page."""
    return client.post("/language/", {"language": code, "next": back_to})


def language_of(client: Client, address: str = PRIVACY) -> str:
    """Which language a page says that it is in."""
    found = re.search(r'<html lang="([^"]*)"', client.get(address).content.decode())
    assert found
    return found[1]


def foot_of(client: Client, address: str = PRIVACY) -> str:
    """What stands at the foot of a page."""
    return client.get(address).content.decode().partition("<footer")[2]


def test_keeps_the_chosen_language_and_the_page(client: Visitor) -> None:
    answer = choose(client, "cy")
    assert (answer.status_code, answer["Location"]) == (302, PRIVACY)
    assert language_of(client) == language_of(client, "/") == "cy"
    choose(client, "en-gb")
    assert language_of(client) == "en-gb"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_never_leads_out_of_the_house(client: Visitor, elsewhere: str) -> None:
    assert choose(client, "cy", back_to=elsewhere)["Location"] == "/"


def test_keeps_to_the_languages_of_the_house(client: Visitor) -> None:
    choose(client, "de")
    assert language_of(client) == "en-gb"


def test_is_guarded_against_forgery() -> None:
    assert choose(Client(enforce_csrf_checks=True), "cy").status_code == 403


def test_keeps_the_choice_from_scripts_and_other_houses(client: Visitor) -> None:
    with override_settings(LANGUAGE_COOKIE_SECURE=True):
        cookie = choose(client, "cy").cookies["django_language"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_offers_each_language_in_its_own_words_at_the_foot_of_the_page_one_is_on(client: Visitor) -> None:
    foot = foot_of(client, "/privacy/?from=here")
    assert re.findall(r'<button[^>]*lang="([^"]+)"[^>]*>([^<]+)<', foot)[:2] == [
        ("en-gb", "English"),
        ("cy", "Cymraeg"),
    ]
    assert 'value="/privacy/?from=here"' in foot
    assert re.search(r'lang="en-gb"\s+aria-current="true"', foot)


def test_leads_home_from_a_page_that_cannot_be_asked_for_again() -> None:
    refused = Client(enforce_csrf_checks=True).post("/sign-in/another-address/")
    assert re.search(r'name="next"\s+value="/"', refused.content.decode())


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.django_db
def test_asks_the_database_nothing_for_a_stranger(
    client: Visitor, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    choose(client, "cy")
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("kept", "chosen"), [("cy", "en-gb"), ("en-gb", "cy")])
@pytest.mark.django_db
def test_follows_the_settings_of_whoever_has_signed_in(client: Visitor, kept: str, chosen: str) -> None:
    amina = make_user()
    make_settings(person=make_person(user=amina), language=kept)
    choose(client, chosen)
    client.force_login(amina)
    assert language_of(client) == kept
    assert 'action="/language/"' not in foot_of(client)


@pytest.mark.django_db
def test_says_in_the_readers_language_that_something_did_not_work() -> None:
    reader = make_user()
    make_settings(person=make_person(user=reader), language="cy")
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert '<html lang="cy"' in client.get("/nowhere/").content.decode()
    assert '<html lang="cy"' in client.post("/settings/").content.decode()


def test_says_under_welsh_in_both_languages_that_no_native_reader_has_read_it(client: Visitor) -> None:
    assert NOT_READ_YET not in foot_of(client)
    choose(client, "cy")
    said = foot_of(client).partition("house-footer__not-read")[2]
    in_welsh, _lang, in_english = said.partition('<p lang="en-gb">')
    with override("cy"):
        assert gettext(NOT_READ_YET) in in_welsh
    assert NOT_READ_YET in in_english
