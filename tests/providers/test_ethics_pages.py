"""The pages of the ethical test, and of what a provider says of itself."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers.models import EthicalAnswer, Provider
from providers.rules import ITEMS
from tests.cast import NINE
from tests.people.makers import make_commissioner, make_social_worker
from tests.providers.makers import make_answer, make_passed_test, make_provider, make_staff
from tests.visiting import answered, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MOST_QUERIES = 12


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def address(name: str, provider: Provider, *more: str) -> str:
    return reverse(f"providers:{name}", args=[provider.pk, *more])


def test_shows_what_is_missing_and_leads_to_each_question() -> None:
    provider = make_provider()
    make_passed_test(provider=provider, met=2)
    staff = make_staff(provider=provider)
    words = seen(staff, address("test", provider))
    assert "2 of 20 count today. 18 need an answer from you." in words
    assert all(address("answer", provider, item.code) in words for item in ITEMS)


def test_shows_the_council_how_a_provider_stands_and_lets_it_answer_nothing() -> None:
    provider = make_provider()
    words = seen(make_social_worker(council=provider.council), address("test", provider))
    assert "0 of 20 count today." in words
    assert address("answer", provider, "sick-pay") not in words


def test_takes_an_answer_and_says_that_the_council_checks_it() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    words = answered(staff, address("answer", provider, "sick-pay"), answer="yes", evidence="Our contract")
    assert "Your answer is saved. The council checks it." in words
    assert "Yes: Our contract" in words
    assert EthicalAnswer.objects.get().is_met


def test_asks_for_what_is_missing_in_an_answer() -> None:
    provider = make_provider()
    words = answered(make_staff(provider=provider), address("answer", provider, "sick-pay"))
    assert "<title> Error:" in words
    assert "Say yes or no." in words
    assert "Say what your answer rests on" in words


def test_knows_only_the_questions_there_are() -> None:
    provider = make_provider()
    assert seen(make_staff(provider=provider), address("answer", provider, "hats")) == "404"


def test_lets_the_council_accept_an_answer() -> None:
    provider = make_provider()
    answer = make_answer(provider=provider)
    carol = make_commissioner(council=provider.council)
    assert "Northgate Care answered yes" in seen(carol, reverse("providers:checks"))
    place = reverse("providers:check", args=[answer.pk])
    assert "Our pay scale" in seen(carol, place)
    words = answered(carol, place, accepted="yes", expires_on="2027-05-04")
    assert "No answer waits for a check." in words
    answer.refresh_from_db()
    assert (answer.is_accepted, answer.expiry_date) == (True, date(2027, 5, 4))


def test_says_in_plain_words_that_it_is_checked_already() -> None:
    provider = make_provider()
    answer = make_answer(provider=provider)
    carol = make_commissioner(council=provider.council)
    place = reverse("providers:check", args=[answer.pk])
    answered(carol, place, accepted="yes", expires_on="2027-05-04")
    words = answered(carol, place, accepted="no", expires_on="2027-05-04")
    assert "Somebody has checked this answer already." in words
    assert "Carol Okafor checked it on" in words


def test_saves_what_a_provider_says_of_itself() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    words = answered(
        staff,
        address("profile", provider),
        words="We cook and care.",
        service_codes="HC-HOUR",
        area="Elm Street, Northfield",
        postcode="tv1 2ab",
        languages="Somali, somali, British Sign Language",
    )
    assert "What you say of yourselves is saved." in words
    provider.refresh_from_db()
    assert provider.languages == ["Somali", "British Sign Language"]
    assert (provider.service_codes, provider.postcode) == (["HC-HOUR"], "TV1 2AB")
    assert 'value="Somali, British Sign Language"' in words


def test_asks_for_at_least_one_kind_of_help_and_for_commas() -> None:
    provider = make_provider()
    words = answered(make_staff(provider=provider), address("profile", provider), languages="a" * 41)
    assert "Choose at least one, so that calls can find you." in words
    assert "Write commas between them" in words


def test_asks_no_more_of_the_database_for_many_answers_than_for_none() -> None:
    provider = make_provider()
    client, place = as_user(make_staff(provider=provider)), address("test", provider)
    client.get(place)  # the first visit of a session asks a little more
    with CaptureQueriesContext(connection) as few:
        client.get(place)
    make_passed_test(provider=provider)
    with CaptureQueriesContext(connection) as many:
        client.get(place)
    assert len(many) == len(few) <= MOST_QUERIES
