"""From offers to a vote, and what becomes of a call after it: chosen, open again, or a need that is not met."""

from datetime import datetime, timedelta

import pytest

from clusters.actions import cast, close_decision
from clusters.actions.steps import move_cluster
from clusters.models import ClusterState, CountsAs, Decision, DecisionKind, DecisionState, Method
from commissioning.actions import act_on_decision
from commissioning.actions.calls import (
    UnableToOffer,
    UnableToPut,
    UnableToRecord,
    put_to_decision,
    record_unmet,
    say_none_suits,
    settle_call,
    take_offer_back,
)
from commissioning.models import Call, CallState, Contract, OfferState, UnmetDemand
from commissioning.queries.calls import calls_to_settle, when_to_choose
from people.models import Notice, Person, Scope
from tests.commissioning.calling import (
    AFTER_OFFERS,
    CALLED_AT,
    OFFERS_BY,
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    put,
    user_of,
)
from tests.people.makers import make_authority, make_person, make_user

pytestmark = pytest.mark.django_db

BY = "system:calls"


def make_choice(people: list[Person], *, offers: int = 2) -> tuple[Call, Decision]:
    """Offers at 20, 19, 18 pounds an hour, put to the members."""
    call = make_call(person=people[0])
    for number in range(offers):
        make_an_offer(call=call, pence=20_00 - number * 1_00)
    return call, put(call)


def vote(decision: Decision, person: Person, *labels: str) -> None:
    chosen = decision.options.filter(label__in=labels).values_list("pk", flat=True)
    cast(
        decision=decision,
        person=person,
        options=list(chosen),
        by=user_of(person),
        at=decision.opened_at + timedelta(hours=1),
    )


def close(decision: Decision) -> datetime:
    at = decision.closes_at
    close_decision(decision=decision, by=BY, at=at)
    decision.refresh_from_db()
    return at


def now(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def test_puts_each_offer_in_pounds_and_hours_and_none_of_these() -> None:
    call, decision = make_choice(make_callers())
    options = list(decision.options.order_by("number"))
    assert (decision.kind, decision.method, decision.subject_id) == (
        DecisionKind.CHOOSE_OFFER,
        Method.APPROVAL,
        call.pk,
    )
    assert [option.counts_as for option in options] == [CountsAs.OPTION, CountsAs.OPTION, CountsAs.NO]
    assert options[-1].label == "None of these"
    assert options[0].meaning == (
        "One hour costs £19.00. For 10 hours a week we all pay £190.00 together. "
        "That is about £63.34 a week for each of the 3 of us."
    )
    assert {option.offer_id for option in options[:2]} == set(call.offers.values_list("pk", flat=True))
    assert now(call).state == CallState.CHOOSING


def test_waits_for_the_last_day_unless_every_provider_that_fits_has_offered() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    make_an_offer(call=call)
    late = make_fitting_provider(call=call)
    on = CALLED_AT.date()
    assert when_to_choose(call=call, on=on) == OFFERS_BY + timedelta(days=1)
    with pytest.raises(UnableToPut, match="Providers can still offer up to Monday 18 May 2026"):
        put(call, at=CALLED_AT)
    make_an_offer(call=call, provider=late)
    assert when_to_choose(call=call, on=on) is None
    assert put(call, at=CALLED_AT).state == DecisionState.OPEN


def test_needs_an_offer_and_an_open_call() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    with pytest.raises(UnableToPut, match="No offer has come yet"):
        put(call)
    make_an_offer(call=call)
    put(call)
    with pytest.raises(UnableToPut, match="at “The members are choosing”"):
        put(call)


def test_is_put_by_a_member_or_a_helper_who_may_vote_for_them() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    make_an_offer(call=call)
    helper, stranger = make_user(), make_person(council=call.council, user=make_user())
    with pytest.raises(UnableToPut, match="Only members of the cluster"):
        put_to_decision(call=call, person=stranger, by=user_of(stranger), at=AFTER_OFFERS)
    with pytest.raises(UnableToPut, match="Only members of the cluster"):
        put_to_decision(call=call, person=people[0], by=helper, at=AFTER_OFFERS)
    make_authority(person=people[0], helper=helper, scopes=[Scope.VOTE])
    decision = put_to_decision(call=call, person=people[0], by=helper, at=AFTER_OFFERS)
    assert "under authority:" in decision.opened_by


def test_leads_to_a_contract_with_the_offer_that_most_are_happy_with() -> None:
    people = make_callers()
    call, decision = make_choice(people)
    dear, cheap = (
        decision.options.get(offer_id=offer.pk).label for offer in call.offers.order_by("made_at", "pk")
    )
    vote(decision, people[0], dear, cheap)
    vote(decision, people[1], cheap)
    at = close(decision)
    act_on_decision(decision=decision, at=at)
    contract = Contract.objects.get(decision=decision)
    assert contract.provider.name == cheap
    assert contract.services.get().unit_rate_pence == 19_00
    assert now(call).state == CallState.CHOSEN
    assert set(call.offers.values_list("state", flat=True)) == {OfferState.CHOSEN, OfferState.NOT_CHOSEN}
    settle_call(call=call, by=BY, at=at)
    assert now(call).state == CallState.CHOSEN


def test_opens_the_call_again_when_too_few_voted_and_says_so() -> None:
    people = make_callers()
    call, decision = make_choice(people)
    vote(decision, people[0], "None of these")
    at = close(decision)
    assert decision.state == DecisionState.NOT_PASSED
    assert list(calls_to_settle(on=at.date())) == [call]
    for _ in range(2):
        settle_call(call=call, by=BY, at=at)
    assert now(call).state == CallState.OPEN
    assert Notice.objects.filter(kind="commissioning_call_open_again").count() == len(people)
    assert put(now(call), at=at).state == DecisionState.OPEN


def test_records_an_unmet_need_when_most_want_none_of_the_offers() -> None:
    people = make_callers()
    call, decision = make_choice(people)
    vote(decision, people[0], "None of these")
    vote(decision, people[1], "None of these")
    at = close(decision)
    settle_call(call=call, by=BY, at=at)
    row = UnmetDemand.objects.get(call=call)
    assert (row.theme, row.place, row.offers_count) == ("Help at home", "Elm Street", 2)
    assert row.reason == "The members voted for none of the offers."
    assert now(call).state == CallState.UNMET
    words = set(call.offers.values_list("state", "not_chosen_words"))
    assert words == {(OfferState.NOT_CHOSEN, f"The members chose none of the offers: {row.reason}")}
    assert Notice.objects.filter(kind="commissioning_offer_not_chosen").count() == 2
    assert Notice.objects.filter(kind="commissioning_call_unmet").count() == len(people)


def test_leaves_a_vote_that_is_open_and_one_that_passed_alone() -> None:
    people = make_callers()
    call, decision = make_choice(people)
    label = decision.options.order_by("number")[0].label
    settle_call(call=call, by=BY, at=AFTER_OFFERS)
    assert now(call).state == CallState.CHOOSING
    for person in people:
        vote(decision, person, label)
    at = close(decision)
    assert decision.state == DecisionState.PASSED
    assert list(calls_to_settle(on=at.date())) == []
    settle_call(call=call, by=BY, at=at)
    assert now(call).state == CallState.CHOOSING


def test_records_an_unmet_need_when_nobody_offered_in_time() -> None:
    call = make_call()
    last_day = AFTER_OFFERS - timedelta(days=1)
    assert list(calls_to_settle(on=last_day.date())) == []
    settle_call(call=call, by=BY, at=last_day)
    assert now(call).state == CallState.OPEN
    assert list(calls_to_settle(on=AFTER_OFFERS.date())) == [call]
    settle_call(call=call, by=BY, at=AFTER_OFFERS)
    assert UnmetDemand.objects.get().reason == "No provider made an offer in time."


def test_waits_for_the_members_where_there_are_offers_until_it_is_too_late() -> None:
    call = make_call()
    make_an_offer(call=call)
    settle_call(call=call, by=BY, at=AFTER_OFFERS)
    assert now(call).state == CallState.OPEN
    settle_call(call=call, by=BY, at=datetime.fromisoformat("2026-12-01T09:00Z"))
    assert UnmetDemand.objects.get().reason == "It was not decided before its last day."


def test_records_an_unmet_need_after_every_offer_was_taken_back_during_the_vote() -> None:
    call, _ = make_choice(make_callers(), offers=1)
    offer = call.offers.get()
    at = AFTER_OFFERS + timedelta(hours=2)
    take_offer_back(offer=offer, by=offer.provider.staff.get().user, at=at)
    settle_call(call=call, by=BY, at=at)
    assert now(call).state == CallState.UNMET


def test_lets_a_member_say_that_nothing_suits_and_why() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    offer = make_an_offer(call=call)
    with pytest.raises(UnableToRecord, match="Say what was missing"):
        say_none_suits(call=call, person=people[0], reason=" ", by=user_of(people[0]), at=AFTER_OFFERS)
    said = [
        say_none_suits(
            call=call,
            person=people[0],
            reason="Nobody speaks Somali.",
            by=user_of(people[0]),
            at=AFTER_OFFERS,
        )
        for _ in range(2)
    ]
    assert said[0] == said[1]
    offer.refresh_from_db()
    assert "Nobody speaks Somali." in offer.not_chosen_words
    stranger = make_person(council=call.council, user=make_user())
    with pytest.raises(UnableToRecord, match="Only members"):
        say_none_suits(call=call, person=stranger, reason="x", by=user_of(stranger), at=AFTER_OFFERS)


def test_records_nothing_while_the_members_choose() -> None:
    call, _ = make_choice(make_callers())
    with pytest.raises(UnableToRecord, match="so it goes on as it is"):
        record_unmet(call=call, reason="x", by=BY, at=AFTER_OFFERS)


def test_names_nobody_in_what_was_missing() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    with pytest.raises(UnableToRecord, match="Somebody is named in your words"):
        say_none_suits(
            call=call, person=people[0], reason="Not for Ben Caller", by=user_of(people[0]), at=AFTER_OFFERS
        )


def test_takes_a_call_back_when_its_cluster_winds_down() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    offer = make_an_offer(call=call)
    settle_call(call=call, by=BY, at=CALLED_AT)
    assert now(call).state == CallState.OPEN
    move_cluster(call.cluster, to=ClusterState.WINDING_DOWN, reason="Enough", by=BY)
    with pytest.raises(UnableToOffer, match="does not buy anything at the moment"):
        make_an_offer(call=call)
    assert list(calls_to_settle(on=CALLED_AT.date())) == [call]
    settle_call(call=call, by=BY, at=CALLED_AT)
    offer.refresh_from_db()
    assert now(call).state == CallState.WITHDRAWN
    assert offer.not_chosen_words == "The members are closing their cluster, so they buy nothing more."
