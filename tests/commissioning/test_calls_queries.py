"""How much the pages of calls and offers ask of the database: at most twelve questions each."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.models import Call, Offer
from people.models import Person, User
from tests.commissioning.calling import (
    CALLED_AT,
    cluster_of,
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    make_regulated_offer,
    user_of,
)
from tests.commissioning.makers import make_contract
from tests.people.makers import make_commissioner
from tests.providers.makers import make_answer, make_staff
from tests.visiting import as_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

MOST = 12


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(CALLED_AT, tick=False):
        yield


def questions(user: User, address: str) -> int:
    client = as_user(user)
    client.get(address)  # the first visit of a session asks a little more
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def make_market() -> tuple[Person, Call, Offer, User]:
    """Five members, a call with three offers, and somebody who works for the first provider."""
    people = make_callers(members=5)
    call = make_call(person=people[0])
    provider = make_fitting_provider(call=call)
    staff = make_staff(provider=provider)
    offer = make_an_offer(call=call, provider=provider, by=staff)
    for _ in range(2):
        make_regulated_offer(call)
    return people[0], call, offer, staff


@pytest.mark.parametrize(
    "name",
    ["call", "compare", "choose", "take-call-back", "none-suits", "called", "calls", "call-step", "review"],
)
def test_asks_little_for_a_member(name: str) -> None:
    amina, call, _, _ = make_market()
    args: dict[str, list[object]] = {
        "calls": [call.cluster_id],
        "call-step": [call.cluster_id, "what"],
        "review": [make_contract(cluster=cluster_of(amina)).pk],
    }
    assert questions(user_of(amina), reverse(f"commissioning:{name}", args=args.get(name, [call.pk]))) <= MOST


@pytest.mark.parametrize("name", ["open-calls", "open-call", "make-offer", "offer", "take-offer-back"])
def test_asks_little_for_a_provider(name: str) -> None:
    _, call, offer, staff = make_market()
    args: dict[str, list[object]] = {
        "open-calls": [],
        "make-offer": [call.pk, offer.provider_id],
        "offer": [offer.pk],
        "take-offer-back": [offer.pk],
    }
    assert questions(staff, reverse(f"commissioning:{name}", args=args.get(name, [call.pk]))) <= MOST


def test_asks_little_for_the_council() -> None:
    _, call, offer, staff = make_market()
    answer = make_answer(provider=offer.provider, by=staff)
    carol = make_commissioner(council=call.council)
    for address in (
        reverse("commissioning:call", args=[call.pk]),
        reverse("commissioning:unmet"),
        reverse("providers:checks"),
        reverse("providers:check", args=[answer.pk]),
        reverse("providers:test", args=[offer.provider_id]),
    ):
        assert questions(carol, address) <= MOST, address
