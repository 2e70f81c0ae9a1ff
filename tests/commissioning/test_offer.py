"""A provider's offer: made once, kept as it is, and taken back, even while it is being voted on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clusters.actions import cast
from clusters.models import Decision, DecisionState, Option
from commissioning.actions.calls import (
    UnableToOffer,
    UnableToTakeOfferBack,
    make_offer,
    take_call_back,
    take_offer_back,
)
from commissioning.models import Call, CallState, Offer, OfferState
from people.models import Notice, Person
from tests.commissioning.calling import (
    AFTER_OFFERS,
    CALLED_AT,
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    offer_terms,
    put,
    user_of,
)
from tests.people.makers import make_user
from tests.providers.makers import make_provider, make_staff

pytestmark = pytest.mark.django_db

LAST_DAY = datetime(2026, 5, 18, 22, 30, tzinfo=UTC)  # half past eleven at night in London


def vote(decision: Decision, person: Person, *labels: str) -> None:
    options = decision.options.filter(label__in=labels).values_list("pk", flat=True)
    cast(
        decision=decision,
        person=person,
        options=list(options),
        by=user_of(person),
        at=AFTER_OFFERS + timedelta(hours=1),
    )


def test_keeps_the_prices_by_amount() -> None:
    offer = make_an_offer(call=make_call(), pence=22_00, steps=[(10, 20_00), (20, 18_50)])
    prices = [(int(step.from_weekly_units), step.unit_rate_pence) for step in offer.steps.all()]
    assert prices == [(0, 22_00), (10, 20_00), (20, 18_50)]
    assert Notice.objects.filter(kind="commissioning_call_offer_made").count() == 3


def test_is_for_those_who_work_there() -> None:
    call = make_call()
    with pytest.raises(UnableToOffer, match="Only people who work for"):
        make_an_offer(call=call, by=make_user())


def test_is_for_calls_of_the_providers_own_council() -> None:
    call, away = make_call(), make_provider(name="Away Care")
    with pytest.raises(UnableToOffer, match="another council"):
        make_an_offer(call=call, provider=away)


def test_is_one_offer_however_often_the_same_form_is_sent() -> None:
    call = make_call()
    provider = make_fitting_provider(call=call)
    staff = make_staff(provider=provider)
    first, second = (make_an_offer(call=call, provider=provider, by=staff) for _ in range(2))
    assert first == second
    with pytest.raises(UnableToOffer, match="You have an offer for this call already"):
        make_an_offer(call=call, provider=provider, by=staff, pence=19_00)


def test_comes_up_to_the_last_minute_of_the_last_day() -> None:
    call = make_call()
    assert make_an_offer(call=call, at=LAST_DAY)
    with pytest.raises(UnableToOffer, match="The last day for offers was Monday 18 May 2026"):
        make_an_offer(call=call, at=LAST_DAY + timedelta(hours=1))


def test_comes_only_while_the_call_is_open() -> None:
    amina = make_callers()[0]
    call = make_call(person=amina)
    take_call_back(call=call, person=amina, by=user_of(amina), at=CALLED_AT)
    with pytest.raises(UnableToOffer, match="takes no offers any more: it is at “Taken back”"):
        make_an_offer(call=call)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"steps": [(10, 20_00), (10, 19_00)]}, "from small to large"),
        ({"steps": [(10, 20_01)]}, "A larger amount costs more"),
        ({"steps": [(units, 20_00) for units in range(1, 7)]}, "at most five for larger amounts"),
        ({"pence": 0}, "Every price is above nothing"),
        ({"alone_pence": 0}, "Every price is above nothing"),
        ({"notice_days": 85}, "at most 84 days"),
    ],
)
def test_refuses_prices_and_terms_that_do_not_hold_together(changes: dict[str, Any], match: str) -> None:
    call = make_call()
    with pytest.raises(UnableToOffer, match=match):
        make_an_offer(call=call, **changes)
    assert Offer.objects.count() == 0


def test_can_be_taken_back_and_made_anew_while_the_call_is_open() -> None:
    call = make_call()
    provider = make_fitting_provider(call=call)
    staff = make_staff(provider=provider)
    offer = make_an_offer(call=call, provider=provider, by=staff)
    for _ in range(2):
        take_offer_back(offer=offer, by=staff, at=CALLED_AT)
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert Notice.objects.filter(kind="commissioning_call_offer_gone").count() == 3
    assert make_an_offer(call=call, provider=provider, by=staff, pence=19_00).state == OfferState.OPEN


def test_is_taken_back_by_those_who_work_there() -> None:
    with pytest.raises(UnableToTakeOfferBack, match="Only people who work for"):
        take_offer_back(offer=make_an_offer(call=make_call()), by=make_user(), at=CALLED_AT)


def make_vote() -> tuple[Call, list[Person], Offer, Offer, Decision]:
    """Three members choose between two offers."""
    people = make_callers()
    call = make_call(person=people[0])
    first, second = make_an_offer(call=call), make_an_offer(call=call, pence=18_00)
    return call, people, first, second, put(call)


def test_cannot_win_once_it_is_taken_back_and_everybody_is_told() -> None:
    call, people, first, second, decision = make_vote()
    vote(decision, people[0], first.provider.name)
    staff = first.provider.staff.get().user
    take_offer_back(offer=first, by=staff, at=AFTER_OFFERS + timedelta(hours=2))
    option = Option.objects.get(offer_id=first.pk)
    assert option.withdrawn_at == AFTER_OFFERS + timedelta(hours=2)
    call.refresh_from_db()
    assert call.state == CallState.CHOOSING
    told = Notice.objects.filter(kind="clusters_decision_option_gone")
    assert {notice.person for notice in told} == set(people)
    assert all(first.provider.name in notice.words for notice in told)
    assert second.provider.name in list(
        decision.options.filter(withdrawn_at=None).values_list("label", flat=True)
    )


def test_stops_the_vote_when_the_last_offer_is_taken_back() -> None:
    call, _, first, second, decision = make_vote()
    for offer in (first, second):
        take_offer_back(offer=offer, by=offer.provider.staff.get().user, at=AFTER_OFFERS + timedelta(hours=2))
    decision.refresh_from_db()
    call.refresh_from_db()
    assert (decision.state, call.state) == (DecisionState.STOPPED, CallState.OPEN)


def test_is_not_taken_back_while_votes_are_counted_nor_after() -> None:
    _, _, first, _, decision = make_vote()
    staff = first.provider.staff.get().user
    with pytest.raises(UnableToTakeOfferBack, match="Voting is over and the votes are being counted"):
        take_offer_back(offer=first, by=staff, at=decision.closes_at)
    Offer.objects.filter(pk=first.pk).update(state=OfferState.CHOSEN)
    with pytest.raises(UnableToTakeOfferBack, match="at “Chosen” already"):
        take_offer_back(offer=first, by=staff, at=decision.closes_at)


def test_says_what_people_get() -> None:
    call = make_call()
    provider = make_fitting_provider(call=call)
    empty = offer_terms()
    with pytest.raises(UnableToOffer, match="Say in plain words what people get"):
        make_offer(
            call=call,
            provider=provider,
            terms=type(empty)(**(vars(empty) | {"words": " "})),
            by=make_staff(provider=provider),
            at=CALLED_AT,
        )
