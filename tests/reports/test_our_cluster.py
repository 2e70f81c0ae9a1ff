"""Our cluster from the inside: the pool as one picture, and never what another member put in."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clusters.models import Membership
from tests.clusters.makers import make_member
from tests.commissioning.leavers import NINE, make_promised, make_three
from tests.people.makers import make_user
from tests.visiting import as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
QUERIES = 11


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_ours() -> list[Membership]:
    """Three members with 1,000 pounds each in the pool, and twelve weeks at 90 pounds from 6 April."""
    members = make_three()
    make_promised(cluster=members[0].cluster, promises={member: {"council": 360_00} for member in members})
    return members


def page_of(member: Membership) -> str:
    assert member.person.user is not None
    return seen(member.person.user, reverse("reports:our-cluster", args=[member.cluster_id]))


def test_shows_the_pool_as_one_picture_with_its_words() -> None:
    said = page_of(make_ours()[0])
    assert "£3,000.00 in all: £0.00 spent, £1,080.00 promised, £1,920.00 left." in said
    assert "Nobody sees what another member put in." in said


def test_puts_the_month_beside_the_plan() -> None:
    said = page_of(make_ours()[0])
    assert "Planned: £398.58. Spent so far: £0.00." in said  # 31 days of May at 90 pounds a week
    assert "Cooking together" in said


def test_adds_nothing_up_where_so_few_are_in_the_pool() -> None:
    member = make_member()
    member.person.user = make_user()
    member.person.save(update_fields=["user"])
    said = page_of(member)
    assert "You are few at the moment." in said
    assert "£1,000.00" not in said


def test_is_not_there_for_who_is_not_in_the_pool() -> None:
    ours = make_ours()
    address = reverse("reports:our-cluster", args=[ours[0].cluster_id])
    assert seen(make_user(), address) == "404"


def test_asks_no_more_of_the_database_for_many_members(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ours = make_ours()
    for _ in range(9):
        make_member(cluster=ours[0].cluster)
    assert ours[0].person.user is not None
    visitor = as_user(ours[0].person.user)
    address = reverse("reports:our-cluster", args=[ours[0].cluster_id])
    visitor.get(address)
    with django_assert_num_queries(QUERIES):
        assert visitor.get(address).status_code == 200
