"""Taking a question back: by who asked it, before anybody voted, or because what it is about is gone."""

from datetime import timedelta

import pytest

from clusters.actions import UnableToStop, stop_about, stop_decision
from clusters.models import DecisionKind, DecisionState, Membership
from people.models import Notice
from tests.clusters.voting import NOW, close, make_decision, make_voters, user_of, vote

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def members() -> list[Membership]:
    return make_voters()


def test_who_asked_takes_it_back_and_everybody_is_told_once(members: list[Membership]) -> None:
    decision = make_decision(members)
    for _ in range(2):
        stopped = stop_decision(decision=decision, by=user_of(members[0]), at=LATER)
    assert (stopped.state, stopped.closed_at) == (DecisionState.STOPPED, LATER)
    assert Notice.objects.filter(kind="clusters_decision_stopped").count() == 3
    assert make_decision(members, at=LATER)


def test_nobody_else_takes_it_back(members: list[Membership]) -> None:
    with pytest.raises(UnableToStop, match="Only whoever put this to the vote"):
        stop_decision(decision=make_decision(members), by=user_of(members[1]), at=LATER)


def test_it_goes_on_once_somebody_has_voted(members: list[Membership]) -> None:
    decision = make_decision(members)
    vote(decision, members[2], "No")
    with pytest.raises(UnableToStop, match="Somebody has voted already"):
        stop_decision(decision=decision, by=user_of(members[0]), at=LATER)


def test_what_is_decided_is_not_taken_back(members: list[Membership]) -> None:
    decision = close(make_decision(members))
    with pytest.raises(UnableToStop, match="decided this already"):
        stop_decision(decision=decision, by=user_of(members[0]), at=decision.closes_at)


def test_stops_when_what_it_is_about_is_gone_whoever_has_voted(members: list[Membership]) -> None:
    decision = make_decision(members, kind=DecisionKind.REMOVE, subject_id=members[2].pk)
    other = make_decision(members)
    vote(decision, members[0], "Yes")
    words = "They have left by themselves."
    assert stop_about(subject_id=members[2].pk, why=words, by="user:1", at=LATER) == 1
    assert stop_about(subject_id=members[2].pk, why=words, by="user:1", at=LATER) == 0
    decision.refresh_from_db()
    other.refresh_from_db()
    assert (decision.state, decision.outcome) == (DecisionState.STOPPED, words)
    assert other.state == DecisionState.OPEN
