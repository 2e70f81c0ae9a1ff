"""Calling for offers in the members' words, and taking the call back."""

from datetime import date
from uuid import uuid4

import pytest

from clusters.models import ClusterState, SharingRule
from commissioning.actions.calls import (
    UnableToCall,
    UnableToTakeCallBack,
    call_for_offers,
    take_call_back,
)
from commissioning.models import Call, CallState, OfferState
from people.models import Notice, Person, Scope
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.calling import (
    CALLED_AT,
    cluster_of,
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    put,
    terms,
    user_of,
)
from tests.people.makers import make_authority, make_person, make_user
from tests.providers.makers import make_provider, make_staff

pytestmark = pytest.mark.django_db


def call(person: Person, **changes: object) -> Call:
    return call_for_offers(
        cluster=cluster_of(person), person=person, terms=terms(**changes), by=user_of(person), at=CALLED_AT
    )


def test_asks_in_the_members_words_and_gives_a_reference() -> None:
    amina = make_callers()[0]
    made = call(amina)
    assert (made.state, made.is_regulated, made.languages) == (CallState.OPEN, True, ["Somali"])
    assert made.ref == f"{cluster_of(amina).ref}-C01"
    assert call(amina).ref == f"{cluster_of(amina).ref}-C02"


def test_tells_every_member_once_and_the_providers_it_fits() -> None:
    amina = make_callers()[0]
    first = call(amina)
    fitting = make_staff(provider=make_fitting_provider(call=first))
    make_staff(provider=make_provider(council=first.council, name="Other Care"))
    made = call(amina, title="Help at noon")
    told = Notice.objects.filter(kind="commissioning_call_made", key__contains=str(made.pk))
    assert told.count() == 3
    assert [one.user for one in Notice.objects.filter(kind="commissioning_offer_wanted")] == [fitting]
    assert "Amina" not in "".join(Notice.objects.values_list("subject", flat=True))


def test_is_one_call_however_often_the_same_form_is_sent() -> None:
    amina, key = make_callers()[0], uuid4()
    first, second = (
        call_for_offers(
            cluster=cluster_of(amina),
            person=amina,
            terms=terms(),
            by=user_of(amina),
            at=CALLED_AT,
            call_id=key,
        )
        for _ in range(2)
    )
    assert first == second
    assert Call.objects.count() == 1


def test_takes_a_helpers_word_where_they_may_agree_and_says_who_it_was() -> None:
    amina = make_callers()[0]
    helper, watcher = make_user(name="Robin Reed"), make_user()
    make_authority(person=amina, helper=helper, scopes=[Scope.AGREE])
    make_authority(person=amina, helper=watcher, scopes=[Scope.SEE])
    cluster = cluster_of(amina)
    made = call_for_offers(cluster=cluster, person=amina, terms=terms(), by=helper, at=CALLED_AT)
    assert "under authority:" in made.called_by
    assert "Robin Reed sent it." in Notice.objects.get(person=amina).words
    with pytest.raises(UnableToCall, match="a helper who may agree for them"):
        call_for_offers(cluster=cluster, person=amina, terms=terms(), by=watcher, at=CALLED_AT)


def test_is_for_members_only() -> None:
    amina = make_callers()[0]
    stranger = make_person(council=amina.council, user=make_user())
    with pytest.raises(UnableToCall, match="Only members of the cluster"):
        call_for_offers(
            cluster=cluster_of(amina), person=stranger, terms=terms(), by=user_of(stranger), at=CALLED_AT
        )


def test_waits_until_the_cluster_has_agreed() -> None:
    cluster = make_cluster(state=ClusterState.FROZEN, sharing={"HC-HOUR": SharingRule.EQUAL})
    amina = make_callers(cluster=cluster)[0]
    with pytest.raises(UnableToCall, match="once enough of you have signed your agreement"):
        call(amina)


def test_asks_only_for_what_the_agreement_says_how_to_share() -> None:
    with pytest.raises(UnableToCall, match="Your agreement does not say yet how you share"):
        call(make_callers()[0], service_code="GARDEN")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"offers_by_date": date(2026, 5, 3)}, "The last day for offers is over"),
        ({"offers_by_date": date(2026, 8, 10), "start_date": date(2026, 9, 1)}, "in the next three months"),
        ({"start_date": date(2026, 5, 18)}, "It can start only after the last day for offers"),
        ({"end_date": date(2026, 6, 1)}, "It ends before it starts"),
        ({"end_date": date(2028, 6, 3)}, "at most two years"),
        ({"weekly_units": 0}, "Say how much you want a week"),
        ({"weekly_units": 1001}, "Say how much you want a week"),
        ({"words": "  "}, "Say what you want, in your own words"),
    ],
)
def test_refuses_days_and_amounts_that_cannot_be(changes: dict[str, object], match: str) -> None:
    with pytest.raises(UnableToCall, match=match):
        call(make_callers()[0], **changes)
    assert Call.objects.count() == 0


def test_takes_offers_until_today_at_the_earliest() -> None:
    assert call(make_callers()[0], offers_by_date=CALLED_AT.date())


@pytest.mark.parametrize("field", ["title", "words", "place", "culture_words"])
def test_names_no_member(field: str) -> None:
    with pytest.raises(UnableToCall, match="Ben Caller is named in the words"):
        call(make_callers()[0], **{field: "For ben  CALLER, in the morning"})


def test_finds_a_name_in_arabic_and_one_of_two_hundred_letters() -> None:
    amina = make_callers()[0]
    long_name = " ".join(["Wolfeschlegelsteinhausen"] * 8)
    for name in ("أمينة يوسف", long_name):
        make_member(cluster=cluster_of(amina), person=make_person(council=amina.council, name=name))
        with pytest.raises(UnableToCall, match="is named in the words"):
            call(amina, words=f"Help for {name}.")


def test_asks_for_another_look_where_a_word_is_a_part_of_a_name() -> None:
    amina = make_callers()[0]
    with pytest.raises(UnableToCall, match="“Ben” is also a part of a member’s name"):
        call(amina, words="We live near Ben Nevis.")
    made = call_for_offers(
        cluster=cluster_of(amina),
        person=amina,
        terms=terms(words="We live near Ben Nevis."),
        by=user_of(amina),
        at=CALLED_AT,
        names_nobody=True,
    )
    assert made.words == "We live near Ben Nevis."


@pytest.mark.parametrize("words", ["Write to me@example.test", "Call 01632 960 960", "Ring 07700-900-900"])
def test_tells_nobody_how_to_reach_a_member(words: str) -> None:
    with pytest.raises(UnableToCall, match="Take out e-mail addresses and phone numbers"):
        call(make_callers()[0], words=words)


def test_can_be_taken_back_and_turns_offers_down_kindly() -> None:
    amina = make_callers()[0]
    made = make_call(person=amina)
    offer = make_an_offer(call=made)
    for _ in range(2):
        take_call_back(call=made, person=amina, by=user_of(amina), at=CALLED_AT)
    made.refresh_from_db()
    offer.refresh_from_db()
    assert made.state == CallState.WITHDRAWN
    assert (offer.state, offer.not_chosen_words) == (
        OfferState.NOT_CHOSEN,
        "The members took their call back.",
    )
    assert Notice.objects.filter(kind="commissioning_call_taken_back").count() == 3
    assert Notice.objects.filter(kind="commissioning_offer_not_chosen").count() == 1


def test_is_not_taken_back_while_the_members_choose() -> None:
    amina = make_callers()[0]
    made = make_call(person=amina)
    make_an_offer(call=made)
    put(made)
    with pytest.raises(UnableToTakeCallBack, match="at “The members are choosing”"):
        take_call_back(call=made, person=amina, by=user_of(amina), at=CALLED_AT)
    stranger = make_person(council=amina.council, user=make_user())
    with pytest.raises(UnableToTakeCallBack, match="Only members"):
        take_call_back(call=made, person=stranger, by=user_of(stranger), at=CALLED_AT)
