"""Starting a cluster, page by page: alone, through a helper, or by one's social worker."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import Cluster, Membership, MembershipState
from people.models import Scope
from tests.clusters.founding import NOW, make_beginning, make_founder, parts, signs_in
from tests.clusters.makers import make_signature
from tests.people.makers import make_authority, make_council, make_person, make_settings, make_social_worker
from tests.visiting import act_for, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

ANSWERS = {
    "name": {"name": "Elm Street suppers"},
    "purpose": {"purpose": "We would like to eat together"},
    "place": {"area": "Elm Street"},
    "common": {"in_common": "Somali-speaking"},
    "size": {"hoped_members": "6"},
}
CHECK = "/clusters/found/check/"
MOST_QUERIES = 12


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def step(name: str) -> str:
    return reverse("clusters:found", args=[name])


def answer_all(client: Client) -> str:
    """Answer every question; gives the words of the page to check them on."""
    words = ""
    for name, said in ANSWERS.items():
        words = sent(client, step(name), **said)
    return words


def test_asks_one_question_a_page_and_starts_it_with_the_answers() -> None:
    amina = make_founder(make_council())
    client = as_user(signs_in(amina))
    words = answer_all(client)
    for said in ANSWERS.values():
        assert next(iter(said.values())) in words
    words = sent(client, CHECK)
    cluster = Cluster.objects.get()
    assert cluster.ref in words
    assert (cluster.name, cluster.area, cluster.in_common, cluster.hoped_members) == (
        "Elm Street suppers",
        "Elm Street",
        "Somali-speaking",
        6,
    )
    assert cluster.memberships.get().person == amina


def test_starts_it_once_however_often_it_is_sent() -> None:
    client = as_user(signs_in(make_founder(make_council())))
    answer_all(client)
    sent(client, CHECK)
    assert "You have started it already. You need not send it again." in sent(client, CHECK)
    assert Cluster.objects.count() == 1


def test_begins_at_the_first_question_without_an_answer() -> None:
    client = as_user(signs_in(make_founder(make_council())))
    assert client.get(CHECK)["Location"] == step("name")
    sent(client, step("name"), name="Suppers")
    assert client.get(CHECK)["Location"] == step("purpose")


def test_changes_one_answer_and_comes_back_to_checking() -> None:
    client = as_user(signs_in(make_founder(make_council())))
    answer_all(client)
    words = sent(client, step("name") + "?check", name="Suppers on Elm Street")
    assert "Check your answers" in words
    assert "Suppers on Elm Street" in words


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("name", {"name": " "}, "Give it a name."),
        ("name", {"name": "x" * 201}, "at most 200"),
        ("purpose", {"purpose": ""}, "Write a sentence or two"),
        ("place", {"area": ""}, "Write a place"),
        ("size", {"hoped_members": "2"}, "Write a number from 3 to 15."),
        ("size", {"hoped_members": "many"}, "Write a number, like 5."),
        ("size", {"hoped_members": "9" * 400}, "Write a number"),
    ],
)
def test_says_what_is_wrong_with_an_answer(name: str, said: dict[str, str], told: str) -> None:
    words = sent(as_user(signs_in(make_founder(make_council()))), step(name), **said)
    assert "<title> Error:" in words
    assert told in words


def test_what_they_have_in_common_never_leaves_the_inside() -> None:
    client = as_user(signs_in(make_founder(make_council())))
    answer_all(client)
    sent(client, CHECK)
    cluster = Cluster.objects.get()
    outside = Client()
    for address in (reverse("reports:find"), reverse("reports:outside", args=[cluster.pk])):
        page = outside.get(address).content.decode()
        assert "Elm Street suppers" in page
        assert "Somali" not in page
    assert "Somali" not in client.get(reverse("reports:outside", args=[cluster.pk])).content.decode()
    assert "Somali" in client.get(reverse("clusters:beginning", args=[cluster.pk])).content.decode()


def test_a_helper_starts_it_for_the_person_they_act_for() -> None:
    amina = make_person(name="Amina Yusuf")
    robin = make_authority(person=amina, scopes=[Scope.SEE, Scope.AGREE])
    client = as_user(robin.helper)
    act_for(client, robin)
    answer_all(client)
    sent(client, CHECK)
    member = Membership.objects.get()
    assert member.person == amina
    assert member.events.get().acted_by == robin.label_for


def test_a_social_worker_starts_it_for_somebody_they_lead_and_then_for_nobody() -> None:
    council = make_council()
    priya = make_social_worker(council=council)
    amina = make_person(council=council, lead=priya)
    client = as_user(priya)
    assert client.get(step("name")).status_code == 404
    client.get(reverse("clusters:found-for", args=[amina.pk]))
    answer_all(client)
    words = sent(client, CHECK)
    assert Cluster.objects.get().ref in words
    assert Membership.objects.get().person == amina
    assert client.get(step("name")).status_code == 404


def test_says_it_in_easy_words_to_whoever_likes_them() -> None:
    amina = make_founder(make_council())
    make_settings(person=amina, is_easy=True)
    assert "Do not use the name of a person." in seen(signs_in(amina), step("name"))
    assert "<p>Choose a short name.</p>" in seen(signs_in(amina), step("name"))


def test_shows_founders_what_is_still_to_do_and_who_is_in_it() -> None:
    cluster = make_beginning()
    words = seen(signs_in(parts(cluster)[1].person), reverse("clusters:beginning", args=[cluster.pk]))
    assert "3 of at least 3 are in it." in words
    for part in parts(cluster):
        assert part.person.name in words


def test_begins_as_a_member_once_all_is_agreed_and_says_why_not_before() -> None:
    cluster = make_beginning()
    amina = parts(cluster)[0]
    client, address = as_user(signs_in(amina.person)), reverse("clusters:begin", args=[cluster.pk])
    assert "Their lead professional has not agreed yet." in sent(client, address)
    Membership.objects.filter(pk=amina.pk).update(state=MembershipState.PLAN_AGREED)
    Cluster.objects.update(state="agreed")
    assert "has not signed what Music makers agreed yet." in sent(client, address)
    make_signature(cluster=cluster, membership=amina)
    assert "You are a member of Music makers from today." in sent(client, address)
    amina.refresh_from_db()
    assert amina.joined_date == NOW.date()


def test_needs_few_queries_however_many_founders(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for founders in (3, 9):
        cluster = make_beginning(founders=founders)
        client = as_user(signs_in(parts(cluster)[0].person))
        address = reverse("clusters:beginning", args=[cluster.pk])
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(step("name"))
