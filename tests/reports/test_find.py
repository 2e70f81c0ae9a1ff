"""Find a cluster, and see one from outside."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import Cluster, SharingRule
from tests.cast import NINE, ON, Cast, make_cast, make_open_cluster
from tests.clusters.makers import make_member
from tests.commissioning.makers import make_contract, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
FIND = "/find-a-cluster/"
QUERIES = 7  # two of them for the session, two for the shell


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def found(client: Client, cast: Cast, **asked: str) -> list[str]:
    """The names of the clusters Ben finds."""
    client.force_login(cast.ben_user)
    return [seen.cluster.name for seen in client.get(FIND, asked).context["clusters"]]


def outside(client: Client, cast: Cast, cluster: Cluster | None = None) -> str:
    """What Ben reads about a cluster."""
    client.force_login(cast.ben_user)
    response = client.get(reverse("reports:outside", args=[(cluster or cast.cluster).pk]))
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({}, ["Elm Street neighbours", "Riverside swimmers"]),
        ({"words": "swim"}, ["Riverside swimmers"]),
        ({"words": "COOK evening"}, ["Elm Street neighbours", "Riverside swimmers"]),
        ({"words": "cook nowhere"}, []),
        ({"place": "elm"}, ["Elm Street neighbours"]),
        ({"words": "neighbours", "place": "river"}, []),
        ({"words": "100%_\\ \x00'"}, []),
        ({"words": "x" * 10_000}, []),
    ],
)
def test_searches_by_words_and_place(client: Client, asked: dict[str, str], finds: list[str]) -> None:
    cast = make_cast()
    make_open_cluster(council=cast.council, on=ON, name="Riverside swimmers", area="Riverside")
    assert found(client, cast, **asked) == finds


def test_never_finds_by_what_members_have_in_common(client: Client) -> None:
    cast = make_cast()
    assert cast.cluster.in_common == "Somali-speaking"
    assert found(client, cast, words="Somali") == []


def test_tells_how_many_and_never_who(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.ben_user)
    both = client.get(FIND).content.decode() + outside(client, cast)
    assert "A few members" in both
    assert "1 member" not in both
    for secret in ("Amina", "Somali", cast.membership.ref, cast.amina.ref):
        assert secret not in both


def test_tells_what_an_hour_costs_together_and_alone(client: Client) -> None:
    cast = make_cast()
    service = make_service(unit_rate_pence=16_40, alone_rate_pence=19_00)
    make_contract(
        cluster=cast.cluster,
        services=[service],
        start_date=ON - timedelta(days=1),
        end_date=ON + timedelta(days=1),
    )
    words = outside(client, cast)
    assert "£16.40" in words
    assert "One hour costs each member <strong>£16.40</strong>; alone it would be £19.00" in words


def test_tells_what_each_pays_of_a_shared_night_where_nothing_is_bought_by_the_hour(client: Client) -> None:
    cast = make_cast()
    for _ in range(4):
        make_member(cluster=cast.cluster)
    night = make_service(
        code="NIGHT", unit="night", rule=SharingRule.EQUAL, unit_rate_pence=100_00, alone_rate_pence=40_00
    )
    make_contract(
        cluster=cast.cluster,
        services=[night],
        start_date=ON - timedelta(days=1),
        end_date=ON + timedelta(days=1),
    )
    words = outside(client, cast)
    assert "One night costs each member about <strong>£20.00</strong>; alone it would be £40.00" in words
    assert "about £20.00</td>" in words


def test_leaves_out_contracts_that_are_over(client: Client) -> None:
    cast = make_cast()
    make_contract(cluster=cast.cluster, start_date=ON - timedelta(days=9), end_date=ON)
    assert "It has not bought anything yet." in outside(client, cast)


@pytest.mark.parametrize(
    "states", [["frozen"], ["winding_down"], ["winding_down", "closed"]], ids=lambda states: str(states[-1])
)
def test_finds_none_that_takes_nobody(client: Client, states: list[str]) -> None:
    cast = make_cast()
    other = make_open_cluster(council=cast.council, on=ON, name="Riverside swimmers")
    assert len(found(client, cast)) == 2
    for state in states:
        Cluster.objects.filter(pk=other.pk).update(state=state)
    assert found(client, cast) == ["Elm Street neighbours"]


def test_finds_none_of_another_council(client: Client) -> None:
    cast, away = make_cast(), make_cast(name="Awayshire Council")
    client.force_login(cast.ben_user)
    clusters = client.get(FIND).context["clusters"]
    assert [seen.cluster for seen in clusters] == [cast.cluster]
    words = client.get(reverse("reports:outside", args=[away.cluster.pk])).content.decode()
    assert "Ask to join" not in words
    assert "We look out for each other" not in words


def test_shows_more_than_one_page(client: Client) -> None:
    cast = make_cast()
    for number in range(14):
        make_open_cluster(council=cast.council, on=ON, name=f"Zebra {number:02d}")
    assert len(found(client, cast)) == 12
    assert found(client, cast, page="2") == ["Zebra 11", "Zebra 12", "Zebra 13"]
    assert found(client, cast, page="nonsense", words="zebra 03") == ["Zebra 03"]


def test_offers_to_ask_only_to_who_is_not_in_it(client: Client) -> None:
    cast = make_cast()
    ask = reverse("clusters:ask", args=[cast.cluster.pk])
    assert ask in outside(client, cast)
    client.force_login(cast.amina_user)
    words = client.get(reverse("reports:outside", args=[cast.cluster.pk])).content.decode()
    assert ask not in words
    assert "You have been a member since" in words


def test_asks_the_same_number_of_questions_however_many_clusters_and_members(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client.force_login(cast.ben_user)
    with django_assert_num_queries(QUERIES):
        client.get(FIND)
    for number in range(4):
        cluster = make_open_cluster(council=cast.council, on=ON, name=f"Cluster {number}")
        make_contract(cluster=cluster, end_date=ON + timedelta(days=9))
        make_member(cluster=cluster, joined_date=ON)
    with django_assert_num_queries(QUERIES):
        client.get(FIND)


def test_tells_of_an_hour_and_of_what_is_shared(client: Client) -> None:
    cast = make_cast()
    hour = make_service(unit_rate_pence=16_40)
    trip = make_service(code="MINIBUS", unit="trip", rule=SharingRule.BY_PLEDGE, unit_rate_pence=87_00)
    make_contract(
        cluster=cast.cluster,
        services=[hour, trip],
        start_date=ON - timedelta(days=1),
        end_date=ON + timedelta(days=1),
    )
    words = outside(client, cast)
    assert "One hour costs each member <strong>£16.40</strong>" in words
    assert "One trip costs the members <strong>£87.00</strong> together" in words


def test_tells_nobody_how_few_they_are_by_what_each_pays(client: Client) -> None:
    cast = make_cast()
    night = make_service(code="NIGHT", unit="night", rule=SharingRule.EQUAL, unit_rate_pence=90_00)
    start, end = ON - timedelta(days=1), ON + timedelta(days=1)
    make_contract(cluster=cast.cluster, services=[night], start_date=start, end_date=end)
    for _ in range(2):
        make_member(cluster=cast.cluster)
    words = outside(client, cast)
    assert "£30.00" not in words
    assert "One night costs the members <strong>£90.00</strong> together" in words


def test_finds_by_the_help_that_is_shared(client: Client) -> None:
    cast = make_cast()
    other = make_open_cluster(council=cast.council, on=ON, name="Garden friends")
    service = make_service(code="GARDEN", unit="session")
    make_contract(cluster=other, services=[service], start_date=ON, end_date=ON + timedelta(days=9))
    assert found(client, cast, kind="GARDEN") == ["Garden friends"]
    assert found(client, cast, kind="MINIBUS") == ["Elm Street neighbours", "Garden friends"]  # as agreed
    assert found(client, cast, kind="NIGHT") == []


def test_is_open_to_anybody_and_gives_nobody_away() -> None:
    cast, anybody = make_cast(), Client()
    address = reverse("reports:outside", args=[cast.cluster.pk])
    both = anybody.get(FIND).content.decode() + anybody.get(address).content.decode()
    assert "Elm Street neighbours" in both
    assert "Sign in to ask to join" in both
    for secret in ("Amina", "Somali", cast.membership.ref, "We look out for each other"):
        assert secret not in both


def test_shows_a_member_their_cluster_though_it_takes_nobody(client: Client) -> None:
    cast = make_cast()
    Cluster.objects.update(state="frozen")
    client.force_login(cast.amina_user)
    address = reverse("reports:outside", args=[cast.cluster.pk])
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404
