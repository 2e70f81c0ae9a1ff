"""The pages of deciding together, for members, helpers, staff and strangers."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.actions import Answer
from clusters.models import (
    Ballot,
    BallotChannel,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionState,
    Membership,
    Method,
)
from people.models import RoleKind, Scope
from tests.clusters.makers import make_member
from tests.clusters.voting import NOW, close, make_decision, make_voters, option, user_of, vote
from tests.people.makers import make_authority, make_settings, make_user, make_user_with_role
from tests.visiting import as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_an_hour_later")]

MOST_QUERIES = 12
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def _an_hour_later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def members() -> list[Membership]:
    return make_voters()


@pytest.fixture
def decision(members: list[Membership]) -> Decision:
    return make_decision(members)


def at(name: str, decision: Decision) -> str:
    return reverse(f"clusters:{name}", args=[decision.pk])


def said(decision: Decision, label: str, **more: str) -> dict[str, str]:
    return {"choice": str(option(decision, label).pk), **more}


def test_shows_the_question_why_what_it_means_for_me_and_until_when(
    members: list[Membership], decision: Decision
) -> None:
    words = seen(user_of(members[1]), at("decision", decision))
    for expected in (
        "Shall we buy a new kettle?",
        "The old one leaks.",
        "Amina Yusuf put this to the members",
        "Monday 11 May 2026 at 5pm",
        "this much stays kept back",
        "It is agreed if more of you say yes than no. At least 2 of 3 have to vote.",
        "The members see who voted how, once it is over.",
        "0 of 3 have voted so far",
        'name="choice"',
    ):
        assert expected in words


def test_a_big_button_saves_the_vote_and_shows_its_receipt(
    members: list[Membership], decision: Decision
) -> None:
    bob = as_user(user_of(members[1]))
    words = sent(bob, at("vote", decision), **said(decision, "Yes", seen="0"))
    ballot = Ballot.objects.get()
    assert "Saved. Your vote counts." in words
    assert ballot.receipt in words
    assert "You can change it until Monday 11 May 2026 at 5pm." in words
    again = " ".join(bob.get(at("decision", decision)).content.decode().split())
    assert "You have voted: <strong>Yes</strong>" in again
    assert "Your answer so far" in again


def test_the_same_form_sent_twice_is_one_vote(members: list[Membership], decision: Decision) -> None:
    bob = as_user(user_of(members[1]))
    for _ in range(2):
        assert "Saved. Your vote counts." in sent(
            bob, at("vote", decision), **said(decision, "Yes", seen="0")
        )
    assert Ballot.objects.count() == 1


def test_an_old_tab_undoes_no_newer_vote(members: list[Membership], decision: Decision) -> None:
    bob = as_user(user_of(members[1]))
    sent(bob, at("vote", decision), **said(decision, "Yes", seen="0"))
    words = sent(bob, at("vote", decision), **said(decision, "No", seen="0"))
    assert "There is a newer vote than the one this page knew of" in words
    assert Ballot.objects.get().option_ids == [option(decision, "Yes").pk]


def test_a_vote_that_comes_too_late_says_so_and_keeps_what_was_written(members: list[Membership]) -> None:
    decision = make_decision(members, method=Method.CONSENT)
    with time_machine.travel(decision.closes_at, tick=False):
        words = sent(
            as_user(user_of(members[1])),
            at("vote", decision),
            **said(decision, "No", seen="0", said="1", reason="It is too dear"),
        )
    assert "Voting ended on Monday 11 May 2026 at 5pm" in words
    assert "Error:" in words
    assert "It is too dear" in words
    assert not Ballot.objects.exists()


def test_a_no_under_consent_is_asked_why_first(members: list[Membership]) -> None:
    decision = make_decision(members, method=Method.CONSENT)
    bob = as_user(user_of(members[1]))
    words = sent(bob, at("vote", decision), **said(decision, "No", seen="0"))
    assert "Why not?" in words
    assert "Error:" not in words
    assert not Ballot.objects.exists()
    sent(bob, at("vote", decision), **said(decision, "No", seen="0", said="1", reason="It is too dear"))
    assert Ballot.objects.get().reason == "It is too dear"


def test_a_helper_says_how_they_were_told(members: list[Membership], decision: Decision) -> None:
    robin = make_user(name="Robin Reed")
    authority = make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE])
    visitor = acting(as_user(robin), authority.pk)
    words = sent(visitor, at("vote", decision), **said(decision, "Yes", seen="0"))
    assert "How did Bob Green tell you?" in words
    assert "Error:" not in words
    words = sent(visitor, at("vote", decision), **said(decision, "Yes", seen="0", said="1", support=" "))
    assert "Say how Bob Green told you what they want." in words
    words = sent(
        visitor, at("vote", decision), **said(decision, "Yes", seen="0", said="1", support="He nodded")
    )
    assert "Saved. Your vote counts." in words
    assert "He nodded" in words
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.authority) == (BallotChannel.SUPPORTER, authority)
    assert "You have voted: <strong>Yes</strong>" in seen(user_of(members[1]), at("decision", decision))


def test_an_authority_that_was_withdrawn_meanwhile_gives_no_vote(
    members: list[Membership], decision: Decision
) -> None:
    robin = make_user()
    authority = make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE])
    visitor = acting(as_user(robin), authority.pk)
    assert visitor.get(at("decision", decision)).status_code == 200
    authority.withdrawn_at, authority.withdrawn_by = LATER, "user:1"
    authority.save(update_fields=["withdrawn_at", "withdrawn_by"])
    answer = visitor.post(at("vote", decision), said(decision, "Yes", said="1", support="He nodded"))
    assert answer.status_code in (403, 404)
    assert not Ballot.objects.exists()


def acting(visitor: Client, authority: object) -> Client:
    """A visitor who chose under which authority they act."""
    session = visitor.session
    session["acting-for"] = str(authority)
    session.save()
    return visitor


def test_among_options_boxes_are_ticked(members: list[Membership]) -> None:
    offers = [
        Answer(
            label="Care at Home",
            counts_as=CountsAs.OPTION,
            meaning="It costs £20.00 an hour.",
            offer_id=uuid4(),
        ),
        Answer(label="Kind Hands", counts_as=CountsAs.OPTION, offer_id=uuid4()),
    ]
    decision = make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=offers)
    bob = as_user(user_of(members[1]))
    words = " ".join(bob.get(at("decision", decision)).content.decode().split())
    assert 'type="checkbox"' in words
    assert "It costs £20.00 an hour." in words
    words = sent(bob, at("vote", decision), seen="0")
    assert "Choose an answer first." in words
    assert 'type="checkbox"' in words
    chosen = [str(option(decision, label).pk) for label in ("Care at Home", "Kind Hands")]
    bob.post(at("vote", decision), {"choice": chosen, "seen": "0"})
    assert sorted(str(one) for one in Ballot.objects.get().option_ids) == sorted(chosen)


def test_the_result_says_what_was_decided_how_many_and_who_in_an_open_vote(
    members: list[Membership], decision: Decision
) -> None:
    vote(decision, members[0], "Yes")
    vote(decision, members[1], "Yes")
    close(decision)
    words = seen(user_of(members[1]), at("decided", decision))
    for expected in (
        "The members agreed. 2 said yes, nobody said no.",
        "Amina Yusuf: Yes",
        "Chen Li: Did not vote",
        "You voted: <strong>Yes</strong>",
    ):
        assert expected in words
    assert as_user(user_of(members[1])).get(at("decision", decision))["Location"] == at("decided", decision)


@pytest.mark.parametrize(("count", "is_shown"), [(4, False), (5, True)])
def test_a_secret_vote_names_nobody_and_of_few_shows_no_figure(count: int, is_shown: bool) -> None:
    members = make_voters(count=count)
    decision = make_decision(members, is_secret=True, method=Method.CONSENT)
    for member in members[1:4]:
        vote(decision, member, "Yes")
    vote(decision, members[0], "No", reason="Too dear for me")
    before = seen(user_of(members[1]), at("decision", decision))
    assert ("have voted so far" in before) == is_shown
    close(decision)
    words = seen(user_of(members[1]), at("decided", decision))
    assert ("3 said yes" in words) == is_shown
    assert ("Too dear for me" in words) == is_shown
    assert ("How many chose each answer" in words) == is_shown
    assert "Dora Mensah" not in words
    assert "You voted: <strong>Yes</strong>" in words


def test_staff_see_the_question_and_the_outcome_but_nobodys_vote(
    members: list[Membership], decision: Decision
) -> None:
    carol = make_user_with_role(council=decision.cluster.council, kind=RoleKind.COMMISSIONER)
    words = seen(carol, at("decision", decision))
    assert "Shall we buy a new kettle?" in words
    assert 'name="choice"' not in words
    for member in members[:2]:
        vote(decision, member, "Yes")
    close(decision)
    words = seen(carol, at("decided", decision))
    assert "The members agreed" in words
    assert "Amina Yusuf: Yes" not in words
    assert as_user(carol).post(at("vote", decision), said(decision, "Yes")).status_code == 404


def test_a_member_who_came_later_sees_it_and_has_no_vote(
    members: list[Membership], decision: Decision
) -> None:
    late = user_of(make_member(cluster=decision.cluster))
    assert 'name="choice"' not in seen(late, at("decision", decision))
    assert as_user(late).post(at("vote", decision), said(decision, "Yes")).status_code == 404


def test_strangers_find_nothing(decision: Decision) -> None:
    stranger = user_of(make_voters()[0])
    for name in ("decision", "decided", "voted"):
        assert seen(stranger, at(name, decision)) == "404"
    assert seen(stranger, reverse("clusters:decisions", args=[decision.cluster_id])) == "404"
    assert seen(stranger, reverse("clusters:decide", args=[decision.cluster_id])) == "404"


def test_lists_what_is_open_with_its_deadline_and_what_was_decided(
    members: list[Membership], decision: Decision
) -> None:
    address = reverse("clusters:decisions", args=[decision.cluster_id])
    words = seen(user_of(members[1]), address)
    assert "Voting ends on Monday 11 May 2026 at 5pm." in words
    assert "You have not voted yet." in words
    assert "Nothing has been decided yet." in words
    vote(decision, members[1], "Yes")
    assert "You have not voted yet." not in seen(user_of(members[1]), address)
    close(decision)
    words = seen(user_of(members[1]), address)
    assert "There is nothing to decide at the moment." in words
    assert "The members did not agree. 1 of 3 voted" in words
    assert reverse("reports:our-cluster", args=[decision.cluster_id]) in words


def test_what_waits_for_my_vote_stands_on_my_first_page(
    members: list[Membership], decision: Decision
) -> None:
    assert at("decision", decision) in seen(user_of(members[1]), "/my-money/")
    vote(decision, members[1], "Yes")
    assert at("decision", decision) not in seen(user_of(members[1]), "/my-money/")


def test_a_question_is_put_in_small_steps(members: list[Membership]) -> None:
    bob, cluster = as_user(user_of(members[1])), members[0].cluster
    first = reverse("clusters:decide", args=[cluster.pk])
    check = reverse("clusters:decide-check", args=[cluster.pk])
    words = reverse("clusters:decide-words", args=[cluster.pk])
    assert bob.get(check)["Location"] == words
    assert "Say what it is about." in sent(bob, first, kind="")
    assert "Your question" in sent(bob, first, kind="wind_down")
    assert "Say why, so that the others can think about it." in sent(bob, words, question="Close?")
    page = sent(bob, words, question="Shall we close?", why="We have all moved away.")
    assert "Monday 11 May 2026 at 5pm" in page
    assert "It is agreed if more of you say yes than no." in page
    page = sent(bob, check)
    assert "Shall we close?" in page
    decision = Decision.objects.get()
    assert (decision.kind, decision.question) == (DecisionKind.WIND_DOWN, "Shall we close?")
    sent(bob, first, kind="wind_down")
    sent(bob, words, question="Again?", why="Once more.")
    assert "deciding on this already" in sent(bob, check)


def test_asking_somebody_to_leave_names_one_of_the_others(members: list[Membership]) -> None:
    bob, cluster = as_user(user_of(members[1])), members[0].cluster
    sent(bob, reverse("clusters:decide", args=[cluster.pk]), kind="remove")
    words = reverse("clusters:decide-words", args=[cluster.pk])
    page = " ".join(bob.get(words).content.decode().split())
    assert "Chen Li" in page
    assert 'value="{members[1].pk}"' not in page
    sent(bob, words, question="Shall Chen leave?", why="We talked about it.", member=str(members[2].pk))
    sent(bob, reverse("clusters:decide-check", args=[cluster.pk]))
    assert Decision.objects.get().subject_id == members[2].pk


def test_who_asked_can_take_it_back_until_somebody_votes(
    members: list[Membership], decision: Decision
) -> None:
    amina = as_user(user_of(members[0]))
    assert "Take the question back" in seen(user_of(members[0]), at("decision", decision))
    assert "Take the question back" not in seen(user_of(members[1]), at("decision", decision))
    assert as_user(user_of(members[1])).post(at("stop", decision)).status_code == 404
    assert "It was opened by mistake." in sent(amina, at("stop", decision))
    assert Decision.objects.get().state == DecisionState.STOPPED


def test_a_question_with_votes_is_not_taken_back(members: list[Membership], decision: Decision) -> None:
    vote(decision, members[1], "Yes")
    assert "Somebody has voted already" in sent(as_user(user_of(members[0])), at("stop", decision))
    assert Decision.objects.get().state == DecisionState.OPEN


def test_says_while_it_is_counted_that_it_is(members: list[Membership], decision: Decision) -> None:
    with time_machine.travel(decision.closes_at, tick=False):
        words = seen(user_of(members[1]), at("decision", decision))
    assert "The votes are being counted." in words
    assert 'name="choice"' not in words


@pytest.mark.parametrize("name", ["decision", "voted", "decided"])
def test_speaks_easy_words_to_who_likes_them(
    members: list[Membership], decision: Decision, name: str
) -> None:
    make_settings(person=members[1].person, is_easy=True)
    vote(decision, members[1], "Yes")
    if name == "decided":
        close(decision)
    response = as_user(user_of(members[1])).get(at(name, decision))
    assert f"easy/clusters/decisions/{'one' if name == 'decision' else name}.html" in [
        template.name for template in response.templates
    ]


@pytest.mark.parametrize("name", ["decision", "voted", "decided"])
def test_asks_few_questions_of_the_database(
    members: list[Membership],
    decision: Decision,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    vote(decision, members[1], "Yes")
    if name == "decided":
        close(decision)
    visitor = as_user(user_of(members[1]))
    visitor.get(at(name, decision))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert visitor.get(at(name, decision)).status_code == 200


def test_the_list_asks_as_few_with_many_decisions(
    members: list[Membership], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(5):
        close(make_decision(members, at=NOW - timedelta(days=60 + day)))
    visitor = as_user(user_of(members[1]))
    address = reverse("clusters:decisions", args=[members[0].cluster_id])
    visitor.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert visitor.get(address).status_code == 200
