"""The page of what the money buys: picture and table, an amount to try, what was saved; never another's part."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from clusters.models import Cluster, ClusterState, Membership
from commissioning.models import Offer
from people.models import Person, User
from tests.budgets.makers import make_budget
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.chosen import make_written_call, make_written_offer
from tests.commissioning.makers import make_contract
from tests.commissioning.pooling import make_pool
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


def make_offered(cluster: Cluster) -> Offer:
    """An offer to cook together that nobody has chosen."""
    call = make_written_call(cluster=cluster, service_code="COOK")
    return make_written_offer(call=call, one_off_pence=25_00)


def test_shows_a_member_what_an_offer_would_buy_and_that_it_is_not_chosen() -> None:
    cluster, members = make_pool()
    offer = make_offered(cluster)
    words = seen(user_of(give_sign_in(members[0])), address(cluster))
    assert "None is chosen yet." in words
    assert "not chosen yet</span>" in words
    assert f"Offer 1: {offer.provider.name}" in words
    assert "£25.00 to begin with, already taken off" in words
    assert 'id="what-if-offers-title"' in words
    assert 'id="what-if-title"' not in words
    assert 'data-label="With today’s money"' in words


def test_does_not_say_whose_offer_it_is_to_somebody_from_outside() -> None:
    cluster, _ = make_pool()
    offer = make_offered(cluster)
    Cluster.objects.update(state=ClusterState.ACTIVE)
    words = sent(as_user(user_of(make_citizen(cluster, "Dora Lind"))), address(cluster), amount="500.00")
    assert "With your money" in words
    assert "Offer 1" in words
    assert offer.provider.name not in words


def test_shows_offers_in_easy_words_and_beside_what_is_bought(django_assert_max_num_queries: object) -> None:
    cluster, members = make_buyers()
    make_offered(cluster)
    client = as_user(user_of(members[0].person))
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(QUERIES):
        usual = client.get(address(cluster)).content.decode()
    make_settings(person=members[0].person, is_easy=True)
    easy = seen(user_of(members[0].person), address(cluster))
    assert "The rest of the money goes on what is bought now." in usual
    for words in (usual, easy):
        assert 'id="what-if-offers-title"' in words
        assert 'id="what-if-title"' in words
    assert "There are offers to choose from." in easy


def give_sign_in(membership: Membership) -> Person:
    """A member who signs in."""
    person = membership.person
    person.user = make_user(name=person.name)
    person.save(update_fields=["user"])
    return person


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
