"""The providers' pages: calls that fit, one call, an offer, taking it back, and why it was not chosen."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.actions.calls import say_none_suits
from commissioning.models import Call, Offer, OfferState
from people.models import User
from providers.models import Provider
from tests.commissioning.calling import (
    AFTER_OFFERS,
    CALLED_AT,
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    put,
    user_of,
)
from tests.people.makers import make_commissioner, make_user
from tests.providers.makers import make_provider, make_staff
from tests.visiting import answered, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

MOST_QUERIES = 12
OPEN_CALLS = "/commissioning/open-calls/"
SAID = {"words": "We come on time.", "rate": "21", "alone_rate": "25.50", "notice_days": "28"}


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(CALLED_AT, tick=False):
        yield


def make_offering() -> tuple[Call, Provider, User]:
    call = make_call()
    provider = make_fitting_provider(call=call)
    return call, provider, make_staff(provider=provider)


def at(name: str, *args: object) -> str:
    return reverse(f"commissioning:{name}", args=args)


def test_shows_calls_that_fit_first_and_why_others_do_not() -> None:
    people = make_callers()
    first = make_call(person=people[0], title="Far away", place="Southfield")
    make_call(person=people[0], title="Just right")
    provider = make_fitting_provider(call=first)
    provider.area = "Elm Street"
    provider.save(update_fields=["area"])
    words = seen(make_staff(provider=provider), OPEN_CALLS)
    assert words.index("Just right") < words.index("Far away")
    assert words.count("Fits you") == 1
    assert "It is in Southfield, and you say that you work in Elm Street." in words


def test_shows_only_calls_of_ones_own_council_and_nothing_to_others() -> None:
    call, _, _ = make_offering()
    away = make_staff(provider=make_provider(name="Away Care"))
    assert "No call takes offers at the moment." in seen(away, OPEN_CALLS)
    assert seen(away, at("open-call", call.pk)) == "404"
    assert seen(make_user(), OPEN_CALLS) == "404"
    assert seen(make_commissioner(council=call.council), OPEN_CALLS) == "404"


def test_says_nothing_about_who_the_members_are() -> None:
    call, _, staff = make_offering()
    words = seen(staff, at("open-call", call.pk))
    assert "A woman, please, and halal food." in words
    assert "neighbourhood" not in words  # what they have in common
    for name in ("Amina", "Ben", "Chidi", "Caller"):
        assert name not in words


def test_takes_an_offer_with_prices_by_amount() -> None:
    call, provider, staff = make_offering()
    place = at("make-offer", call.pk, provider.pk)
    assert "They ask for 10 hours a week." in seen(staff, place)
    words = answered(staff, place, **SAID, from_1="10", rate_1="19.50", one_off="40", languages="Somali")
    assert "Your offer is sent." in words
    assert "£19.50" in words
    offer = Offer.objects.get()
    assert [step.unit_rate_pence for step in offer.steps.all()] == [21_00, 19_50]
    assert (offer.alone_rate_pence, offer.one_off_pence, offer.notice_days) == (25_50, 40_00, 28)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rate": ""}, "Say your price."),
        ({"rate": "-1"}, "Write an amount in pounds"),
        ({"from_1": "10"}, "Say the price for that amount."),
        ({"rate_1": "10"}, "Say from which amount on that price holds."),
        ({"from_1": "10", "rate_1": "22"}, "A larger amount costs more for each."),
        ({"notice_days": "85"}, "Notice takes at most 84 days."),
        ({"words": ""}, "Say in plain words what people get."),
        ({"rate": "0"}, "Every price is above nothing."),
    ],
)
def test_says_what_to_put_right(changes: dict[str, str], expected: str) -> None:
    call, provider, staff = make_offering()
    words = answered(staff, at("make-offer", call.pk, provider.pk), **(SAID | changes))
    assert "<title> Error:" in words
    assert expected in words
    assert Offer.objects.count() == 0


def test_is_one_offer_when_the_form_is_sent_twice_and_says_what_to_do_about_another() -> None:
    call, provider, staff = make_offering()
    place = at("make-offer", call.pk, provider.pk)
    for _ in range(2):
        assert "Your offer is sent." in answered(staff, place, **SAID)
    words = answered(staff, place, **(SAID | {"rate": "20"}))
    assert "You have an offer for this call already." in words
    assert Offer.objects.count() == 1


def test_says_in_plain_words_that_the_call_is_over_to_an_old_tab() -> None:
    call, provider, staff = make_offering()
    with time_machine.travel(AFTER_OFFERS, tick=False):
        words = answered(staff, at("make-offer", call.pk, provider.pk), **SAID)
    assert "The last day for offers was Monday 18 May 2026." in words
    assert "We come on time." in words  # what they wrote is kept


def test_offers_only_for_ones_own_employer() -> None:
    call, _, staff = make_offering()
    other = make_fitting_provider(call=call)
    assert seen(staff, at("make-offer", call.pk, other.pk)) == "404"
    offer = make_an_offer(call=call, provider=other)
    assert seen(staff, at("offer", offer.pk)) == "404"
    assert seen(staff, at("take-offer-back", offer.pk)) == "404"


def test_can_be_taken_back_while_the_members_choose() -> None:
    call, provider, staff = make_offering()
    offer = make_an_offer(call=call, provider=provider, by=staff)
    make_an_offer(call=call)
    put(call)
    with time_machine.travel(AFTER_OFFERS, tick=False):
        place = at("take-offer-back", offer.pk)
        assert "those who chose it are asked to choose again" in seen(staff, place)
        assert "Your offer is taken back." in answered(staff, place)
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN


def test_says_why_an_offer_cannot_be_taken_back() -> None:
    call, provider, staff = make_offering()
    offer = make_an_offer(call=call, provider=provider, by=staff)
    decision = put(call)
    with time_machine.travel(decision.closes_at, tick=False):
        words = answered(staff, at("take-offer-back", offer.pk))
    assert "<title> Error:" in words
    assert "Voting is over and the votes are being counted." in words


def test_tells_a_provider_why_it_was_not_chosen() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    provider = make_fitting_provider(call=call)
    staff = make_staff(provider=provider)
    offer = make_an_offer(call=call, provider=provider, by=staff)
    say_none_suits(
        call=call, person=people[0], reason="Nobody comes early.", by=user_of(people[0]), at=CALLED_AT
    )
    said = "The members chose none of the offers: Nobody comes early."
    assert said in seen(staff, at("offer", offer.pk))
    assert said in seen(staff, OPEN_CALLS)
    assert "takes no offers any more" in seen(staff, at("open-call", call.pk))


def test_asks_no_more_of_the_database_for_many_calls_than_for_one() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    provider = make_fitting_provider(call=call)
    staff = make_staff(provider=provider)
    make_an_offer(call=call, provider=provider, by=staff)
    client = as_user(staff)
    client.get(OPEN_CALLS)
    with CaptureQueriesContext(connection) as few:
        client.get(OPEN_CALLS)
    for number in range(5):
        made = make_call(person=people[0], title=f"Call {number}")
        make_an_offer(call=made, provider=provider, by=staff)
    with CaptureQueriesContext(connection) as many:
        client.get(OPEN_CALLS)
    assert len(many) == len(few) <= MOST_QUERIES
