"""The page about leaving: the figure first, what waits, the day, one button; and what is said afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clusters.models import Membership, MembershipState
from commissioning.actions.leave import leave
from people.models import Scope, User
from tests.commissioning.leavers import NINE, ON, in_pool, make_promised, make_three, user_of
from tests.people.makers import make_authority, make_settings, make_user
from tests.visiting import act_for, as_user, seen, sent

pytestmark = pytest.mark.django_db

QUERIES = 12


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def address(member: Membership) -> str:
    return reverse("commissioning:leave", args=[member.cluster_id])


def make_leaver() -> Membership:
    """Amina of three, who promised 360 pounds each over twelve weeks; four weeks have passed."""
    members = make_three()
    make_promised(cluster=members[0].cluster, promises={each: {"council": 360_00} for each in members})
    return members[0]


def test_shows_the_figure_first_and_what_is_waited_for_until_when() -> None:
    amina = make_leaver()
    words = seen(user_of(amina), address(amina))
    assert "<h1>If you leave on Monday 4 May 2026, you take £820.00 back to your own budget</h1>" in words
    assert "£180.00 more waits for the last bills" in words
    assert "£180.00 for Cooking together from" in words
    assert "Monday 8 June 2026 at the latest" in words
    for row, pence in (("promised to nobody", "£640.00"), ("not needed if you leave", "£180.00")):
        assert row in words
        assert pence in words


def test_shows_another_day_without_leaving() -> None:
    amina = make_leaver()
    words = sent(as_user(user_of(amina)), address(amina), left_date="2026-05-18", do="show")
    assert "If you leave on Monday 18 May 2026, you take £760.00 back" in words
    amina.refresh_from_db()
    assert amina.state == MembershipState.ACTIVE


def test_leaves_with_one_button_and_says_what_became_of_it() -> None:
    amina = make_leaver()
    visitor = as_user(user_of(amina))
    words = sent(visitor, address(amina), left_date="2026-05-04", do="leave")
    assert "You have left" in words
    assert "<strong>£820.00</strong> is back in your own budget" in words
    assert "£180.00 for the last bill of" in words
    assert in_pool(amina) == (0, 180_00)


def test_the_same_form_twice_or_from_an_old_tab_changes_nothing() -> None:
    amina = make_leaver()
    visitor = as_user(user_of(amina))
    for _ in range(2):
        words = sent(visitor, address(amina), left_date="2026-05-04", do="leave")
        assert "You have left" in words
        assert "<strong>£820.00</strong> is back" in words
    assert amina.returns.count() == 1


def test_an_old_tab_names_the_first_day_there_is_now() -> None:
    amina = make_leaver()
    with time_machine.travel(NINE + timedelta(days=3), tick=False):
        words = sent(as_user(user_of(amina)), address(amina), left_date="2026-05-04", do="leave")
    assert "The first day you can leave on is 7 May 2026." in words
    assert "Error:" in words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "Say on which day you want to leave."),
        ("soon", "Write a day, like 2026-05-04."),
        ("2026-07-01", "You can say that you leave up to 1 June 2026."),
    ],
)
def test_says_what_is_wrong_with_a_day(said: str, told: str) -> None:
    amina = make_leaver()
    assert told in sent(as_user(user_of(amina)), address(amina), left_date=said, do="leave")
    assert in_pool(amina) == (640_00, 360_00)


def test_tells_of_a_leaving_that_is_still_to_come() -> None:
    amina = make_leaver()
    leave(membership=amina, on=ON + timedelta(days=14), by=user_of(amina), at=NINE)
    words = seen(user_of(amina), address(amina))
    assert "on Monday 18 May 2026. Until then you are a member." in words
    assert "<strong>£760.00</strong> goes back to your own budget on that day" in words


def test_says_when_everything_is_settled() -> None:
    amina, *_ = make_three()
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert "Everything is settled. You owe nothing." in seen(user_of(amina), address(amina))


def acting_for(helper: User, scopes: list[Scope], member: Membership) -> Client:
    client = as_user(helper)
    act_for(client, make_authority(person=member.person, helper=helper, scopes=scopes))
    return client


def test_a_helper_leaves_for_them_if_they_may_agree() -> None:
    amina = make_leaver()
    robin = acting_for(make_user(name="Robin Reed"), [Scope.SEE], amina)
    words = sent(robin, address(amina), left_date="2026-05-04", do="leave")
    assert "Only the member, or somebody who may agree to things for them, can do this." in words
    sam = acting_for(make_user(name="Sam Lee"), [Scope.AGREE], amina)
    assert "You have left" in sent(sam, address(amina), left_date="2026-05-04", do="leave")


def test_is_not_there_for_a_stranger() -> None:
    amina, other = make_leaver(), make_three()[0]
    for stranger in (user_of(other), make_user(), amina.person.lead_professional):
        assert stranger is not None
        assert seen(stranger, address(amina)) == "404"


def test_takes_few_queries(django_assert_max_num_queries: object) -> None:
    amina = make_leaver()
    client = as_user(user_of(amina))
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(address(amina)).status_code == 200


def test_has_easy_words() -> None:
    amina = make_leaver()
    make_settings(person=amina.person, is_easy=True)
    assert "If you leave, you get £820.00 back" in seen(user_of(amina), address(amina))
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert "You got £820.00 back." in seen(user_of(amina), address(amina))
