"""The pages of one's own share: a small step a page, what it leaves for the rest of one's life, each form once."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from clusters.actions.pause import pause
from clusters.models import Membership
from commissioning.actions.leave import leave
from people.models import Notice, Scope
from tests.commissioning.leavers import NINE, ON, in_pool, make_promised, make_three, user_of
from tests.people.makers import make_authority, make_settings, make_user
from tests.visiting import act_for, as_user, seen, sent

pytestmark = pytest.mark.django_db

QUERIES = 12
STEPS = ["share", "share-more", "share-less", "share-pause"]


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_sharer() -> Membership:
    """Amina of three with 1,000 pounds in the pool, 360 of them promised, and 1,000 in her budget."""
    members = make_three()
    make_promised(cluster=members[0].cluster, promises={each: {"council": 360_00} for each in members})
    return members[0]


def address(member: Membership, step: str = "share") -> str:
    return reverse(f"clusters:{step}", args=[member.cluster_id])


def number_in(page: str) -> str:
    """The number a form carries."""
    found = re.search(r'name="request_id" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_shows_where_ones_own_share_stands_and_the_ways_on() -> None:
    amina = make_sharer()
    words = seen(user_of(amina), address(amina))
    for pence in ("£1,000.00", "£360.00", "£640.00"):
        assert pence in words
    for way in ("Put more in", "Take some back", "Pause for a while", "Leave Elm Street neighbours"):
        assert way in words


def test_puts_more_in_after_a_check_of_what_stays() -> None:
    amina = make_sharer()
    visitor = as_user(user_of(amina))
    words = sent(visitor, address(amina, "share-more"), **{"from-council": "250"})
    assert "You put £250.00 more in" in words
    assert "<strong>£750.00</strong>" in words
    assert "Priya Shah, your social worker, has agreed to so far" in words
    assert in_pool(amina) == (640_00, 360_00)
    words = sent(visitor, address(amina, "share-check"), request_id=number_in(words))
    assert "You have put more in" in words
    assert "Your reference number" in words
    assert in_pool(amina) == (890_00, 360_00)


def test_takes_some_back_after_a_check() -> None:
    amina = make_sharer()
    visitor = as_user(user_of(amina))
    words = sent(visitor, address(amina, "share-less"), **{"from-council": "40.50"})
    assert "You take £40.50 back" in words
    assert "<strong>£1,040.50</strong>" in words
    assert "has agreed to so far" not in words
    assert f'<a href="{address(amina, "share-less")}">Change how much</a>' in words
    words = sent(visitor, address(amina, "share-check"), request_id=number_in(words))
    assert "You have taken some back" in words
    assert in_pool(amina) == (599_50, 360_00)


def test_the_same_form_twice_moves_the_money_once() -> None:
    amina = make_sharer()
    visitor = as_user(user_of(amina))
    number = number_in(sent(visitor, address(amina, "share-less"), **{"from-council": "40"}))
    sent(visitor, address(amina, "share-check"), request_id=number)
    sent(visitor, address(amina, "share-less"), **{"from-council": "40"})
    sent(visitor, address(amina, "share-check"), request_id=number)
    assert in_pool(amina) == (600_00, 360_00)
    assert Notice.objects.filter(person=amina.person).count() == 1


def test_an_old_tab_that_asks_for_more_than_is_free_by_now_says_so() -> None:
    amina = make_sharer()
    visitor = as_user(user_of(amina))
    number = number_in(sent(visitor, address(amina, "share-less"), **{"from-council": "640"}))
    pause(membership=amina, request_id=amina.pk, by=user_of(amina), at=NINE)
    words = sent(visitor, address(amina, "share-check"), request_id=number)
    assert "£0.00 of your council money is free" in words
    assert "Error:" in words


@pytest.mark.parametrize(
    ("step", "amount", "told"),
    [
        ("share-more", "1000.01", "£1,000.00 is left in your council money"),
        ("share-more", "", "Say how much you would put in"),
        ("share-less", "640.01", "£640.00 of your council money is free"),
        ("share-less", "0", "Say how much you want to take back"),
        ("share-less", "five", "Error:"),
    ],
)
def test_says_what_is_wrong_with_an_amount(step: str, amount: str, told: str) -> None:
    amina = make_sharer()
    words = sent(as_user(user_of(amina)), address(amina, step), **{"from-council": amount})
    assert told in words
    assert "Error:" in words


def test_pauses_and_goes_on_with_one_button_each() -> None:
    amina = make_sharer()
    visitor = as_user(user_of(amina))
    words = seen(user_of(amina), address(amina, "share-pause"))
    assert "If you pause, £640.00 goes back to your own budget today" in words
    words = sent(visitor, address(amina, "share-pause"), request_id=number_in(words), do="pause")
    assert "You are pausing" in words
    assert in_pool(amina) == (0, 360_00)
    words = seen(user_of(amina), address(amina, "share-pause"))
    assert "If you go on, £640.00 goes back into your share" in words
    words = sent(visitor, address(amina, "share-pause"), request_id=number_in(words), do="resume")
    assert "You go on" in words
    assert in_pool(amina) == (640_00, 360_00)


def test_begins_again_where_nothing_was_answered_yet() -> None:
    amina = make_sharer()
    client = as_user(user_of(amina))
    for step in ("share-check", "share-done"):
        assert client.get(address(amina, step)).headers["Location"] == address(amina)


def test_a_helper_who_looks_after_the_money_does_the_same() -> None:
    amina = make_sharer()
    for scopes, works in (([Scope.AGREE], False), ([Scope.SPEND], True)):
        helper = make_user(name="Robin Reed")
        client = as_user(helper)
        act_for(client, make_authority(person=amina.person, helper=helper, scopes=scopes))
        words = sent(client, address(amina, "share-more"), **{"from-council": "5"})
        words = sent(client, address(amina, "share-check"), request_id=number_in(words))
        assert ("You have put more in" in words) == works
    assert in_pool(amina) == (645_00, 360_00)


def test_leads_somebody_who_leaves_to_what_becomes_of_their_money() -> None:
    amina = make_sharer()
    leave(membership=amina, on=ON + timedelta(days=7), by=user_of(amina), at=NINE)
    response = as_user(user_of(amina)).get(address(amina))
    assert response.headers["Location"] == reverse("commissioning:leave", args=[amina.cluster_id])
    assert seen(user_of(amina), address(amina, "share-more")) == "404"


@pytest.mark.parametrize("step", STEPS)
def test_takes_few_queries_and_has_easy_words(step: str, django_assert_max_num_queries: object) -> None:
    amina = make_sharer()
    client = as_user(user_of(amina))
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(QUERIES):
        usual = client.get(address(amina, step)).content
    make_settings(person=amina.person, is_easy=True)
    assert client.get(address(amina, step)).content != usual
    assert b'class="pictured"' in client.get(address(amina, step)).content
