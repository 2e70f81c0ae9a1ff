"""Writing what a cluster agrees, one question a page; reading, comparing and signing it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import Agreement, Cluster, Decision, ProposedPledge
from people.models import Scope
from tests.budgets.makers import make_stream
from tests.clusters.founding import NOW, make_beginning, make_draft, make_put, parts, signs_in
from tests.clusters.voting import make_voters, user_of
from tests.people.makers import make_authority, make_settings, make_user
from tests.visiting import act_for, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

MOST_QUERIES = 16
SAID: list[tuple[str, dict[str, str]]] = [
    ("words", {"words": "We play every Tuesday"}),
    ("services", {"services": "TUTOR-HR", "other": "A drum kit"}),
    ("share-1", {"rule": "equal"}),
    ("share-2", {"rule": "by_pledge"}),
    ("holiday", {"on_holiday": "pays_anyway"}),
    ("illness", {"on_illness": "others_cover"}),
    ("leaving", {"notice_days": "14", "leaving_words": "Say goodbye"}),
    ("joining", {"admit_method": "consent"}),
    ("unhappy", {"unhappy_words": "We meet within a week"}),
    ("money", {"money_method": "majority"}),
    ("change", {"change_method": "two_thirds"}),
    ("voting", {"quorum": "2-3", "voting_days": "7", "is_secret": "yes"}),
    ("reserve", {"reserve_percent": "5"}),
    ("surplus", {"surplus_words": "We keep it"}),
]


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def founder(cluster: Cluster, number: int = 0) -> Client:
    """One of the founders, signed in."""
    return as_user(signs_in(parts(cluster)[number].person))


def step(cluster: Cluster, name: str) -> str:
    return reverse("clusters:write-step", args=[cluster.pk, name])


def begin(client: Client, cluster: Cluster) -> str:
    return sent(client, reverse("clusters:write", args=[cluster.pk]))


def answer_all(client: Client, cluster: Cluster) -> str:
    """Answer every question; gives the words of the page to check them on."""
    words = begin(client, cluster)
    for name, said in SAID:
        words = sent(client, step(cluster, name), **said)
    return words


def test_asks_one_question_a_page_and_puts_the_answers_to_the_members() -> None:
    cluster = make_beginning()
    client = founder(cluster)
    words = answer_all(client, cluster)
    for told in (
        "We play every Tuesday",
        "A drum kit: how do you share it?",
        "Shared by what each pledged",
        "Two thirds of us",
    ):
        assert told in words
    words = sent(client, reverse("clusters:write-check", args=[cluster.pk]))
    assert "Waits for signatures" in words
    agreement = Agreement.objects.get()
    assert (agreement.quorum_votes, agreement.quorum_of, agreement.is_secret) == (2, 3, True)
    assert dict(agreement.sharing_terms.values_list("service_code", "rule")) == {
        "TUTOR-HR": "equal",
        "A drum kit": "by_pledge",
    }


def test_keeps_each_answer_at_once_for_whoever_goes_on() -> None:
    cluster = make_beginning()
    first, second = founder(cluster), founder(cluster, 1)
    begin(first, cluster)
    sent(first, step(cluster, "words"), words="We play every Tuesday")
    assert "What would you buy together?" in begin(second, cluster)
    assert "We play every Tuesday" in second.get(step(cluster, "words")).content.decode()


def test_goes_back_to_checking_after_a_change_and_asks_what_it_opens() -> None:
    cluster = make_beginning()
    client = founder(cluster)
    answer_all(client, cluster)
    words = sent(client, step(cluster, "reserve") + "?check", reserve_percent="10")
    assert "Check what you would agree" in words
    words = sent(client, step(cluster, "services") + "?check", services="MINIBUS")
    assert "Getting about by minibus: how do you share it?" in words


def test_lists_what_is_not_answered_instead_of_a_button() -> None:
    cluster = make_beginning()
    make_draft(cluster, unhappy_words="")
    words = seen(signs_in(parts(cluster)[0].person), reverse("clusters:write-check", args=[cluster.pk]))
    assert "These are not answered yet:" in words
    assert "When somebody is unhappy</a>" in words
    assert "Put it to the members" not in words


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("words", {"words": ""}, "Write a sentence or two."),
        ("services", {}, "Choose at least one thing"),
        ("services", {"services": "NUCLEAR"}, "Select a valid choice"),
        ("leaving", {"notice_days": "29"}, "Write a number from 0 to 28."),
        ("leaving", {"notice_days": "-1"}, "Write a number from 0 to 28."),
        ("holiday", {}, "Choose one."),
        ("money", {"money_method": "approval"}, "Select a valid choice"),
        ("voting", {"quorum": "1-2", "voting_days": "0", "is_secret": "no"}, "Write a number from 1 to 28."),
        ("reserve", {"reserve_percent": "51"}, "Write a number from 0 to 50."),
        ("unhappy", {"unhappy_words": " "}, "Write what you do then."),
    ],
)
def test_says_what_is_wrong_with_an_answer(name: str, said: dict[str, str], told: str) -> None:
    cluster = make_beginning()
    client = founder(cluster)
    begin(client, cluster)
    words = sent(client, step(cluster, name), **said)
    assert "<title> Error:" in words
    assert told in words


def test_works_an_example_out_from_what_they_would_put_in_and_tells_nobodys_figures() -> None:
    cluster = make_beginning()
    stream = make_stream(council=cluster.council)
    for part, pence in zip(parts(cluster), (300_00, 111_00, 89_00), strict=True):
        ProposedPledge.objects.create(membership=part, stream=stream, amount_pence=pence)
    make_draft(cluster)
    words = seen(signs_in(parts(cluster)[0].person), step(cluster, "share-1"))
    assert "learning and music for £50.00, with 3 of you" in words
    assert "£16.67" in words
    assert "£30.00" in words
    assert "£111.00" not in words
    assert "£89.00" not in words


def test_shows_what_the_others_would_pay_while_somebody_is_away() -> None:
    cluster = make_beginning()
    make_draft(cluster)
    words = seen(signs_in(parts(cluster)[0].person), step(cluster, "illness"))
    assert "£25.00" in words
    assert "the reserve pays £16.66" in words


def test_the_form_of_an_old_tab_is_answered_and_changes_nothing() -> None:
    cluster = make_beginning()
    make_put(cluster)
    response = founder(cluster).post(step(cluster, "words"), {"words": "Other words"})
    assert response["Location"] == reverse("clusters:agreement", args=[cluster.pk])
    assert Agreement.objects.get().words == "We play every Tuesday"


def test_each_founder_signs_on_the_page_and_sees_who_else_has() -> None:
    cluster = make_beginning()
    agreement = make_put(cluster)
    sign = reverse("clusters:sign", args=[agreement.pk])
    words = sent(founder(cluster), sign)
    assert "1 of at least 3 have signed." in words
    assert "Go on to sign it" not in words
    sent(founder(cluster, 1), sign)
    words = sent(founder(cluster, 2), sign)
    assert "This is what we agreed" in words
    cluster.refresh_from_db()
    assert cluster.state == "agreed"


def test_signing_twice_from_an_old_tab_is_one_signature() -> None:
    cluster = make_beginning()
    agreement = make_put(cluster)
    client, sign = founder(cluster), reverse("clusters:sign", args=[agreement.pk])
    sent(client, sign)
    sent(client, sign)
    assert agreement.signatures.count() == 1
    assert "This is signed already." in client.get(sign).content.decode()


def test_a_helper_signs_for_the_person_with_the_persons_name_on_the_button() -> None:
    cluster = make_beginning()
    agreement, part = make_put(cluster), parts(cluster)[1]
    robin = make_authority(person=part.person, helper=make_user(), scopes=[Scope.SEE, Scope.AGREE])
    client, sign = as_user(robin.helper), reverse("clusters:sign", args=[agreement.pk])
    act_for(client, robin)
    assert "Founder 1" in client.get(sign).content.decode()
    sent(client, sign)
    assert agreement.signatures.get().signed_by == robin.label_for


def test_a_change_goes_to_the_vote_and_shows_word_by_word_what_it_changes() -> None:
    voters = make_voters()
    cluster = voters[0].cluster
    client = as_user(user_of(voters[0]))
    answer_all(client, cluster)
    words = sent(client, reverse("clusters:write-check", args=[cluster.pk]), why="We are more now")
    assert "The members are deciding" in words
    assert Decision.objects.get().why == "We are more now"
    second = cluster.agreements.get(version=2)
    asked = seen(user_of(voters[1]), reverse("clusters:decision", args=[Decision.objects.get().pk]))
    assert reverse("clusters:version-changes", args=[second.pk]) in asked
    words = seen(user_of(voters[1]), reverse("clusters:version-changes", args=[second.pk]))
    assert "<del>" in words
    assert "Taken out:" in words
    assert "play every Tuesday</ins>" in words


def test_there_is_nothing_to_compare_the_first_version_with() -> None:
    cluster = make_beginning()
    agreement = make_put(cluster)
    assert founder(cluster).get(reverse("clusters:version-changes", args=[agreement.pk])).status_code == 404


def test_says_it_in_easy_words_to_whoever_likes_them() -> None:
    cluster = make_beginning()
    make_draft(cluster)
    amina = parts(cluster)[0].person
    make_settings(person=amina, is_easy=True)
    assert "<p>One of you is on holiday.</p>" in seen(signs_in(amina), step(cluster, "holiday"))


@pytest.mark.parametrize("name", ["agreement", "write-check"])
def test_needs_few_queries_however_many_members(
    name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for founders in (3, 9):
        cluster = make_beginning(founders=founders)
        make_put(cluster)
        make_draft(cluster)
        client, address = founder(cluster), reverse(f"clusters:{name}", args=[cluster.pk])
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(address)
