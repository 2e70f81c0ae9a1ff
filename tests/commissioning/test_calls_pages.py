"""The members' pages of a call: small steps, one call, the offers side by side, and what they do about them."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Decision
from commissioning.models import Call, CallState, UnmetDemand
from people.models import Person, Scope
from tests.clusters.makers import make_cluster
from tests.commissioning.calling import (
    AFTER_OFFERS,
    CALLED_AT,
    cluster_of,
    make_an_offer,
    make_call,
    make_callers,
    make_regulated_offer,
    put,
    user_of,
)
from tests.commissioning.makers import make_contract
from tests.people.makers import (
    make_authority,
    make_commissioner,
    make_person,
    make_settings,
    make_social_worker,
    make_user,
)
from tests.visiting import answered, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

MOST_QUERIES = 12
WHAT = {"service_code": "HC-HOUR", "title": "Help in the morning", "words": "A hand with getting up."}
HOW_MUCH = {"weekly_units": "10", "unit": "hour"}
WHERE = {"place": "Elm Street", "languages": "Somali, Arabic", "culture_words": "A woman, please."}
WHEN = {"offers_by_date": "2026-05-18", "start_date": "2026-06-01", "last_date": "2026-11-30"}
STEPS = (("what", WHAT), ("how-much", HOW_MUCH), ("where", WHERE), ("when", WHEN))


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(CALLED_AT, tick=False):
        yield


def at(name: str, pk: object, *more: str) -> str:
    return reverse(f"commissioning:{name}", args=[pk, *more])


def fill(client: Client, person: Person, **changes: dict[str, str]) -> str:
    """Answer every step; gives the words of the page where one checks the answers."""
    pk, words = cluster_of(person).pk, ""
    for step, said in STEPS:
        client.get(at("call-step", pk, step))
        words = sent(client, at("call-step", pk, step), **(said | changes.get(step.replace("-", "_"), {})))
    return words


def test_asks_in_small_steps_and_gives_a_reference() -> None:
    amina = make_callers()[0]
    client, pk = as_user(user_of(amina)), cluster_of(amina).pk
    words = fill(client, amina)
    assert "Check your answers" in words
    assert "10 hours" in words
    assert "Monday 30 November 2026" in words
    assert "Somali, Arabic" in words
    words = sent(client, at("call-check", pk))
    call = Call.objects.get()
    assert "You have asked for offers" in words
    assert call.ref in words
    assert (call.end_date.isoformat(), call.languages) == ("2026-12-01", ["Somali", "Arabic"])
    assert call.called_by == user_of(amina).label


def test_is_one_call_when_the_last_form_is_sent_twice_or_from_an_old_tab() -> None:
    amina = make_callers()[0]
    client, check = as_user(user_of(amina)), at("call-check", cluster_of(amina).pk)
    fill(client, amina)
    assert "You have asked for offers" in sent(client, check)
    assert "You have asked for offers" in sent(client, check)
    assert Call.objects.count() == 1
    fill(client, amina)
    sent(client, check)
    assert Call.objects.count() == 2


@pytest.mark.parametrize("step", ["how-much", "where", "when"])
def test_begins_at_the_beginning(step: str) -> None:
    amina = make_callers()[0]
    pk = cluster_of(amina).pk
    client = as_user(user_of(amina))
    for address in (at("call-step", pk, step), at("call-check", pk)):
        assert client.get(address)["Location"] == at("call-step", pk, "what")
    assert client.get(at("call-step", pk, "hats")).status_code == 404


def test_keeps_the_answers_when_going_back() -> None:
    amina = make_callers()[0]
    client = as_user(user_of(amina))
    fill(client, amina)
    pk = cluster_of(amina).pk
    assert "A hand with getting up." in client.get(at("call-step", pk, "what")).content.decode()
    assert 'value="Somali, Arabic"' in client.get(at("call-step", pk, "where")).content.decode()


@pytest.mark.parametrize(
    ("step", "said", "expected"),
    [
        ("what", {"words": "For Ben Caller"}, "Ben Caller is named here."),
        ("what", {"words": "Write to x@example.test"}, "Take out e-mail addresses and phone numbers."),
        ("what", {"service_code": "HATS"}, "is not one of the available choices"),
        ("how-much", {"weekly_units": "0"}, "Write a number above nothing."),
        ("how-much", {"weekly_units": "ten"}, "Write a number, like 10 or 2.5."),
        ("where", {"place": ""}, "Say where it should be."),
        ("when", {"offers_by_date": "2026-05-03"}, "That day is over."),
        ("when", {"start_date": "2026-05-18"}, "It can start only after the last day for offers."),
        ("when", {"last_date": "2026-05-31"}, "It ends before it starts."),
    ],
)
def test_says_what_to_put_right(step: str, said: dict[str, str], expected: str) -> None:
    amina = make_callers()[0]
    client = as_user(user_of(amina))
    fill(client, amina)
    usual = dict(STEPS)[step]
    words = sent(client, at("call-step", cluster_of(amina).pk, step), **(usual | said))
    assert "<title> Error:" in words
    assert expected in words


def test_asks_for_another_look_at_a_word_that_is_a_part_of_a_name() -> None:
    amina = make_callers()[0]
    client, check = as_user(user_of(amina)), at("call-check", cluster_of(amina).pk)
    words = fill(client, amina, where={"place": "Ben Nevis Road"})
    assert "“Ben” in our words means nobody of us" in words
    assert "Say that it means nobody, or change the words." in sent(client, check)
    assert "You have asked for offers" in sent(client, check, names_nobody="on")


def test_leads_to_the_agreement_where_it_shares_nothing_yet() -> None:
    amina = make_callers(cluster=make_cluster(sharing={}))[0]
    pk = cluster_of(amina).pk
    words = seen(user_of(amina), at("call-step", pk, "what"))
    assert "Your agreement does not say yet how you share anything." in words
    assert reverse("clusters:agreement", args=[pk]) in words


def test_lets_a_helper_call_for_somebody_and_tells_them() -> None:
    amina = make_callers()[0]
    helper = make_user(name="Robin Reed")
    authority = make_authority(person=amina, helper=helper, scopes=[Scope.AGREE, Scope.SEE])
    client = as_user(helper)
    session = client.session
    session["acting-for"] = str(authority.pk)
    session.save()
    fill(client, amina)
    assert "You have asked for offers" in sent(client, at("call-check", cluster_of(amina).pk))
    assert Call.objects.get().called_by.startswith(helper.label + " under")
    assert "Robin Reed sent it." in amina.notices.get().words


def test_lists_what_was_asked_for_to_members_only() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    make_an_offer(call=call)
    listed = at("calls", call.cluster_id)
    words = seen(user_of(amina), listed)
    assert "Help in the morning" in words
    assert "<li>1 offer</li>" in words
    stranger = make_person(council=call.council, user=make_user())
    assert seen(user_of(stranger), listed) == "404"
    assert seen(make_commissioner(council=call.council), listed) == "404"


def test_says_how_far_a_call_is() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    page = at("call", call.pk)
    assert "No offer has come yet." in seen(user_of(amina), page)
    make_an_offer(call=call)
    assert "1 offer is here. You can choose now." in seen(user_of(amina), page)
    with time_machine.travel(AFTER_OFFERS, tick=False):
        decision = put(call)
        words = seen(user_of(amina), page)
        assert "The members are choosing among the offers." in words
        assert reverse("clusters:decision", args=[decision.pk]) in words
        assert "Take this call back" not in words


def test_shows_a_call_to_its_council_without_the_members_doors() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    words = seen(make_social_worker(council=call.council), at("call", call.pk))
    assert "Two of us need a hand" in words
    assert "Take this call back" not in words
    assert seen(make_social_worker(council=make_call().council), at("call", call.pk)) == "404"


def test_puts_the_offers_side_by_side_with_my_part() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    make_an_offer(call=call, pence=21_00)
    make_an_offer(call=call, pence=18_00)
    words = seen(user_of(amina), at("compare", call.pk))
    assert words.index("£180.00") < words.index("£210.00")
    assert "My part: £60.00 a week." in words
    assert "Alone I would pay £250.00." in words
    assert "No reviews yet." in words
    assert "0 of 20 promises" in words
    assert (
        "My part"
        not in seen(make_commissioner(council=call.council), at("compare", call.pk)).split("<table")[0]
    )


def test_asks_no_more_of_the_database_for_many_offers_than_for_one() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    client, place = as_user(user_of(amina)), at("compare", call.pk)
    make_regulated_offer(call)
    client.get(place)
    with CaptureQueriesContext(connection) as few:
        client.get(place)
    for _ in range(5):
        make_regulated_offer(call)
    with CaptureQueriesContext(connection) as many:
        client.get(place)
    assert len(many) == len(few) <= MOST_QUERIES


def test_starts_the_vote_once() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    make_an_offer(call=call)
    place = at("choose", call.pk)
    assert "None of these" in seen(user_of(amina), place)
    response = as_user(user_of(amina)).post(place)
    decision = Decision.objects.get(subject_id=call.pk)
    assert response["Location"] == reverse("clusters:decision", args=[decision.pk])
    words = answered(user_of(amina), place)
    assert "<title> Error:" in words
    assert "There is nothing to put to the vote." in words
    assert Decision.objects.count() == 1


def test_takes_a_call_back_and_says_so() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    place = at("take-call-back", call.pk)
    assert "Take it back" in seen(user_of(amina), place)
    assert "Your call is taken back." in answered(user_of(amina), place)
    assert Call.objects.get().state == CallState.WITHDRAWN


def test_records_what_was_missing_and_shows_the_commissioner() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    make_an_offer(call=call)
    place = at("none-suits", call.pk)
    assert "Say what was missing." in answered(user_of(amina), place)
    words = answered(user_of(amina), place, reason="Nobody speaks Somali.")
    assert "The council can see what was missing." in words
    assert UnmetDemand.objects.get().reason == "Nobody speaks Somali."
    carol = make_commissioner(council=call.council)
    words = seen(carol, reverse("commissioning:unmet"))
    assert "Help at home, Elm Street" in words
    assert "10 × hour a week" in words
    assert "Nobody speaks Somali." in words
    assert "Nobody speaks" not in seen(
        make_commissioner(council=make_call().council), reverse("commissioning:unmet")
    )


def test_takes_a_review_once() -> None:
    amina = make_callers()[0]
    contract = make_contract(cluster=cluster_of(amina))
    place = at("review", contract.pk)
    assert "Choose a number from 1 to 5." in answered(user_of(amina), place)
    assert "You gave 4 of 5" in answered(user_of(amina), place, stars="4", words="Kind people.")
    assert "You have said what you think of this already." in answered(
        user_of(amina), place, stars="1", words=""
    )


def test_speaks_easy_words_to_who_chose_them() -> None:
    amina = make_callers()[0]
    make_settings(person=amina, is_easy=True)
    call = make_call(person=amina)
    make_an_offer(call=call)
    for name in ("call", "compare", "choose", "take-call-back", "none-suits"):
        assert 'class="pictured"' in seen(user_of(amina), at(name, call.pk))
    pk = call.cluster_id
    assert "Somebody can help you with it." in seen(user_of(amina), at("call-step", pk, "what"))
    assert "You say what you want together." in seen(user_of(amina), at("calls", pk))
