"""The page of what the money buys: picture and table, an amount to try, what was saved; never another's part."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from clusters.models import Cluster, ClusterState, Membership
from people.models import Person, User
from tests.budgets.makers import make_budget
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.people.makers import make_person, make_settings, make_user
from tests.reports.makers import SESSION, buy_session
from tests.visiting import as_user, seen, sent

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 4, 8, tzinfo=UTC)
QUERIES = 12


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_buyers(*, size: int = 5) -> tuple[Cluster, list[Membership]]:
    """Members who sign in and have 1,000 pounds each in the pool, and a contract for sessions of 50 pounds."""
    cluster = make_cluster(state=ClusterState.ACTIVE)
    members = [
        make_member(cluster=cluster, person=make_citizen(cluster, f"Member {place}")) for place in range(size)
    ]
    contract = make_contract(cluster=cluster, services=[SESSION])
    buy_session(contract)
    return cluster, members


def make_citizen(cluster: Cluster, name: str) -> Person:
    person = make_person(council=cluster.council, name=name, user=make_user(name=name))
    make_budget(person=person)
    return person


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def address(cluster: Cluster) -> str:
    return reverse("reports:what-if", args=[cluster.pk])


def test_shows_a_member_what_it_buys_now_and_without_them() -> None:
    cluster, members = make_buyers()
    words = seen(user_of(members[0].person), address(cluster))
    assert "What the money buys each week" in words
    assert 'data-label="Now"' in words
    assert 'data-label="Without you"' in words
    assert "With your money" not in words
    assert "<svg" in words


def test_shows_somebody_from_outside_what_their_money_would_add() -> None:
    cluster, _ = make_buyers()
    dora = make_citizen(cluster, "Dora Lind")
    assert "Without you" not in seen(user_of(dora), address(cluster))
    words = sent(as_user(user_of(dora)), address(cluster), amount="500.00")
    assert "With your money" in words
    assert "Ask to join" in words


def test_says_what_was_saved_with_the_reports_own_figure() -> None:
    """One session of 50 pounds for five, who would have paid 10 pounds each alone: nothing saved, nothing lost."""
    cluster, members = make_buyers()
    assert "<strong>£0.00</strong> this year" in seen(user_of(members[0].person), address(cluster))


def test_rounds_for_few_and_says_so() -> None:
    cluster, members = make_buyers(size=3)
    words = seen(user_of(members[0].person), address(cluster))
    assert "The figures are rounded" in words
    dora = make_citizen(cluster, "Dora Lind")
    assert "this year" not in seen(user_of(dora), address(cluster))


def test_shows_nothing_where_it_would_tell_of_one() -> None:
    cluster, members = make_buyers(size=2)
    words = seen(user_of(members[0].person), address(cluster))
    assert "too few members" in words
    assert '<svg class="picture__bars"' not in words


@pytest.mark.parametrize("amount", ["-5", "five", "5.555"])
def test_says_what_is_wrong_with_an_amount(amount: str) -> None:
    cluster, members = make_buyers()
    assert "Error:" in sent(as_user(user_of(members[0].person)), address(cluster), amount=amount)


def test_is_for_people_of_the_council_alone() -> None:
    cluster, _ = make_buyers()
    other = make_citizen(make_cluster(), "Away Person")
    assert seen(user_of(other), address(cluster)) == "404"
    assert seen(make_user(), address(cluster)) == "404"


def test_takes_few_queries_and_has_easy_words(django_assert_max_num_queries: object) -> None:
    cluster, members = make_buyers()
    client = as_user(user_of(members[0].person))
    assert callable(django_assert_max_num_queries)
    dora = as_user(user_of(make_citizen(cluster, "Dora Lind")))
    for visitor in (client, dora):
        with django_assert_max_num_queries(QUERIES):
            assert visitor.get(address(cluster)).status_code == 200
        with django_assert_max_num_queries(QUERIES):
            assert visitor.post(address(cluster), {"amount": "50.00"}).status_code == 200
    make_settings(person=members[0].person, is_easy=True)
    assert "This is what the money buys each week." in seen(user_of(members[0].person), address(cluster))
