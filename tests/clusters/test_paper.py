"""Ballots on paper, by phone and from meetings: two read each, and only what both read alike counts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.actions import UnableToEnter, enter_paper_ballot
from clusters.models import Ballot, BallotChannel, Decision, Membership, PaperBallot, PaperBallotState
from people.models import Notice, RoleKind, User
from tests.clusters.voting import NOW, close, figures, make_decision, make_voters, option, user_of, vote
from tests.people.makers import make_council, make_social_worker, make_user_with_role
from tests.visiting import as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_an_hour_later")]

LATER = NOW + timedelta(hours=1)
MOST_QUERIES = 12


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


@pytest.fixture
def readers(decision: Decision) -> list[User]:
    council = decision.cluster.council
    return [
        make_social_worker(council=council),
        make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR),
    ]


def read(decision: Decision, member: Membership, label: str, *, by: User, **more: Any) -> PaperBallot:
    words: dict[str, Any] = {"channel": BallotChannel.PAPER, "at": LATER} | more
    return enter_paper_ballot(
        entry=decision.roll.get(membership=member), options=[option(decision, label).pk], by=by, **words
    )


def test_counts_once_two_have_read_the_same_and_tells_the_member(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    assert read(decision, members[0], "Yes", by=readers[0]).state == PaperBallotState.WAITING
    assert not Ballot.objects.exists()
    assert read(decision, members[0], "Yes", by=readers[1]).state == PaperBallotState.AGREED
    ballot = Ballot.objects.get()
    assert (ballot.cast_by, ballot.confirmed_by, ballot.channel) == (readers[0], readers[1], "paper")
    words = Notice.objects.get(kind="clusters_decision_voted").words
    assert "saved a vote for you (on paper)" in words
    assert "The answer that was saved for you: Yes." in words


def test_what_two_read_differently_counts_for_nothing_and_is_read_anew(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    read(decision, members[0], "Yes", by=readers[0])
    assert read(decision, members[0], "No", by=readers[1]).state == PaperBallotState.DIFFERS
    assert not Ballot.objects.exists()
    read(decision, members[0], "No", by=readers[0])
    assert read(decision, members[0], "No", by=readers[1]).state == PaperBallotState.AGREED
    assert Ballot.objects.get().option_ids == [option(decision, "No").pk]


def test_nobody_is_the_second_reader_of_their_own(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    first = read(decision, members[0], "Yes", by=readers[0])
    assert read(decision, members[0], "Yes", by=readers[0]) == first
    with pytest.raises(UnableToEnter, match="A colleague enters it now"):
        read(decision, members[0], "No", by=readers[0])
    assert PaperBallot.objects.count() == 1


@pytest.mark.parametrize("who", ["member", "commissioner", "away"])
def test_only_social_workers_and_administrators_of_the_council_enter(
    decision: Decision, members: list[Membership], who: str
) -> None:
    council = decision.cluster.council
    reader = {
        "member": lambda: user_of(members[1]),
        "commissioner": lambda: make_user_with_role(council=council, kind=RoleKind.COMMISSIONER),
        "away": lambda: make_social_worker(council=make_council()),
    }[who]()
    with pytest.raises(UnableToEnter, match="Only social workers and administrators"):
        read(decision, members[0], "Yes", by=reader)
    assert seen(reader, reverse("clusters:papers", args=[decision.pk])) == "404"


def test_a_reading_that_comes_too_late_is_refused(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    read(decision, members[0], "Yes", by=readers[0])
    with pytest.raises(UnableToEnter, match="Voting ended"):
        read(decision, members[0], "Yes", by=readers[1], at=decision.closes_at)
    assert figures(close(decision))["cast"] == 0


def test_the_web_cannot_be_entered_by_staff(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    with pytest.raises(UnableToEnter, match="on paper, by phone or at a meeting"):
        read(decision, members[0], "Yes", by=readers[0], channel=BallotChannel.WEB)


def test_a_member_can_change_what_was_entered_for_them(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    for reader in readers:
        read(decision, members[0], "Yes", by=reader)
    vote(decision, members[0], "No", at=LATER)
    assert figures(close(decision))["no"] == 1


def enter(visitor: Client, decision: Decision, member: Membership, label: str) -> str:
    entry = decision.roll.get(membership=member)
    return sent(
        visitor,
        reverse("clusters:paper-ballot", args=[entry.pk]),
        channel="phone",
        choice=str(option(decision, label).pk),
    )


def test_the_page_tells_both_readers_how_far_it_is_and_nothing_of_what_was_read(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    first, second = (as_user(reader) for reader in readers)
    page = enter(first, decision, members[0], "Yes")
    assert "Now a colleague enters it too" in page
    assert "You have read it; a colleague is next" in page
    papers = reverse("clusters:papers", args=[decision.pk])
    assert "Waits for a second person" in seen(readers[1], papers)
    form = seen(
        readers[1], reverse("clusters:paper-ballot", args=[decision.roll.get(membership=members[0]).pk])
    )
    assert "checked" not in form
    page = enter(second, decision, members[0], "No")
    assert "You two read it differently" in page
    for reader in readers:
        assert "Read differently: enter it anew, both of you" in seen(reader, papers)
    enter(first, decision, members[0], "No")
    assert "You both read the same. It counts" in enter(second, decision, members[0], "No")
    assert "Has voted" in seen(readers[0], papers)


def test_the_page_wants_a_way_and_an_answer(
    decision: Decision, members: list[Membership], readers: list[User]
) -> None:
    entry = decision.roll.get(membership=members[0])
    page = sent(as_user(readers[0]), reverse("clusters:paper-ballot", args=[entry.pk]), reason="x")
    assert "Say how it came." in page
    assert "Choose what it says." in page
    both = [str(option(decision, label).pk) for label in ("Yes", "No")]
    answer = as_user(readers[0]).post(
        reverse("clusters:paper-ballot", args=[entry.pk]), {"channel": "paper", "choice": both}
    )
    assert "Choose one answer only." in answer.content.decode()


def test_the_pages_ask_few_questions_of_the_database(
    decision: Decision,
    members: list[Membership],
    readers: list[User],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    visitor = as_user(readers[0])
    for name, pk in (("papers", decision.pk), ("paper-ballot", decision.roll.get(membership=members[0]).pk)):
        visitor.get(reverse(f"clusters:{name}", args=[pk]))
        with django_assert_max_num_queries(MOST_QUERIES):
            assert visitor.get(reverse(f"clusters:{name}", args=[pk])).status_code == 200
