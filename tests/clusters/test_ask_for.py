"""Asking to join for somebody, as their social worker and at their word."""

import pytest
import time_machine
from django.urls import reverse

from clusters.models import Membership, MembershipState
from tests.cast import NINE, make_cast
from tests.people.makers import make_person
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def test_asks_at_their_word_with_part_of_their_budget() -> None:
    cast = make_cast()
    address = reverse("clusters:ask-for", args=[cast.ben.pk])
    said = {"chosen": str(cast.cluster.pk), "from-council": "1000"}
    words = answered(cast.priya, address, **said)
    assert "£1,000.00 is more than they have: £950.40 is left in their council money." in words
    assert "Ask them first." in words
    assert not Membership.objects.filter(person=cast.ben).exists()
    words = answered(cast.priya, address, **{**said, "from-council": "200", "is_their_wish": "on"})
    assert "Sent to Elm Street neighbours." in words
    asked = Membership.objects.get(person=cast.ben)
    assert asked.state == MembershipState.ASKED
    assert [(one.stream.code, one.amount_pence) for one in asked.proposed_pledges.all()] == [
        ("council", 200_00)
    ]
    assert "No cluster of your council" in seen(cast.priya, address)  # the only one is asked now


def test_is_for_the_lead_alone_and_needs_money() -> None:
    cast = make_cast()
    new = make_person(council=cast.council, lead=cast.priya)
    address = reverse("clusters:ask-for", args=[new.pk])
    assert "There is no money left" in seen(cast.priya, address)
    assert as_user(cast.carol).get(address).status_code == 404
    assert as_user(cast.ben_user).get(address).status_code == 404
