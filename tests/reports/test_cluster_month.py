"""The page of one cluster's report: for officers, and for its own members."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import Cluster, Membership, MembershipState
from people.models import Person, User
from tests.clusters.makers import make_member
from tests.people.makers import make_commissioner, make_council, make_person, make_user
from tests.reports.makers import MAY, buy_session, make_buying_cluster
from tests.reports.reading import signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def address(cluster: Cluster, name: str = "cluster-month") -> str:
    """Where a cluster's report is."""
    return reverse(f"reports:{name}", args=[cluster.council.code, MAY, cluster.pk])


def user_of(membership: Membership) -> User:
    """The sign-in of a member."""
    user = make_user()
    Person.objects.filter(pk=membership.person_id).update(user=user)
    return user


def shown_refs(client: Client, cluster: Cluster, members: list[Membership], name: str) -> list[str]:
    """The members somebody is told of."""
    said = client.get(address(cluster, name)).content.decode()
    return [member.ref for member in members if member.ref in said]


@pytest.mark.parametrize("name", ["cluster-month", "cluster-csv"])
def test_shows_officers_every_member_by_reference(name: str) -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    client = signed_in(make_commissioner(council=cluster.council))
    assert shown_refs(client, cluster, members, name) == [member.ref for member in members]


@pytest.mark.parametrize("name", ["cluster-month", "cluster-csv"])
def test_shows_a_member_their_own_share_alone(name: str) -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    client = signed_in(user_of(members[2]))
    assert shown_refs(client, cluster, members, name) == [members[2].ref]


@pytest.mark.parametrize("name", ["cluster-month", "cluster-csv"])
def test_is_not_there_for_a_stranger(name: str) -> None:
    cluster, _, _ = make_buying_cluster()
    _, others, _ = make_buying_cluster(council=cluster.council, name="Thursday music")
    gone = make_member(cluster=cluster, pledged={})
    Membership.objects.filter(pk=gone.pk).update(state=MembershipState.LEFT, left_date=MAY.start)
    strangers = [
        make_user(),
        user_of(others[0]),
        user_of(gone),
        make_commissioner(council=make_council()),
    ]
    for stranger in strangers:
        assert signed_in(stranger).get(address(cluster, name)).status_code == 404


def test_is_not_there_under_another_councils_code() -> None:
    cluster, _, _ = make_buying_cluster()
    other = make_council()
    wrong = reverse("reports:cluster-month", args=[other.code, MAY, cluster.pk])
    assert signed_in(make_commissioner(council=cluster.council)).get(wrong).status_code == 404


def test_asks_the_same_number_of_questions_however_many_members_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cluster, members, contract = make_buying_cluster(size=3)
    buy_session(contract)
    client = signed_in(user_of(members[0]))
    with django_assert_num_queries(11):
        client.get(address(cluster))
    for _ in range(5):
        make_member(cluster=cluster, person=make_person(council=cluster.council))
    buy_session(contract)
    with django_assert_num_queries(11):
        client.get(address(cluster))


def test_leads_a_member_to_their_clusters_reports() -> None:
    cluster, members, _ = make_buying_cluster()
    client = signed_in(user_of(members[0]))
    assert address(cluster) in client.get(reverse("reports:choose")).content.decode()
    assert "Your share" in words_of(client.get(address(cluster)).content)


def test_speaks_to_a_member_of_what_their_cluster_bought_and_leads_them_back() -> None:
    cluster, members, contract = make_buying_cluster(name="Elm Street neighbours")
    buy_session(contract)
    page = signed_in(user_of(members[0])).get(address(cluster)).content
    assert "What Elm Street neighbours bought in May 2026" in words_of(page)
    assert f'href="{reverse("reports:my-money")}" class="govuk-back-link"' in page.decode()
