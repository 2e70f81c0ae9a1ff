"""Closing a decision: counted once, whoever and however many close it, told to everybody, acted on once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from queue import Queue
from threading import Barrier, Event

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction

from clusters import tasks
from clusters.actions import UnableToUse, close_decision, remind_of_decision, use_decision
from clusters.models import (
    Ballot,
    Decision,
    DecisionKind,
    DecisionState,
    DecisionUse,
    MembershipState,
    Method,
)
from jobs.models import Job, JobState
from people.models import Notice, Scope
from tests.clusters.makers import make_member
from tests.clusters.voting import NOW, close, figures, leave, make_decision, make_voters, user_of, vote
from tests.people.makers import make_authority, make_user

pytestmark = pytest.mark.django_db

ACT = "commissioning.act_on_decision"


def make_agreed(*, count: int = 3, yes: int = 2, **more: object) -> Decision:
    """A question that enough have said yes to, with its end still to come."""
    members = make_voters(count=count)
    decision = make_decision(members, **more)  # type: ignore[arg-type]
    for member in members[:yes]:
        vote(decision, member, "Yes")
    return decision


def test_counts_says_so_in_words_and_tells_everybody_on_the_roll() -> None:
    decision = close(make_agreed())
    assert (decision.state, decision.closed_at) == (DecisionState.PASSED, decision.closes_at)
    assert decision.outcome == "The members agreed. 2 said yes, nobody said no."
    assert decision.winner is not None
    assert decision.winner.label == "Yes"
    told = Notice.objects.filter(kind="clusters_decision_closed")
    assert told.count() == 3
    assert all(decision.outcome in notice.words for notice in told)


def test_asks_for_the_act_that_it_unlocks() -> None:
    decision = close(make_agreed())
    job = Job.objects.get(kind=ACT)
    assert (job.key, job.payload) == (str(decision.pk), {"decision": str(decision.pk)})


def test_unlocks_nothing_where_it_did_not_pass() -> None:
    decision = close(make_agreed(yes=1))
    assert decision.state == DecisionState.NOT_PASSED
    assert decision.outcome == "The members did not agree. 1 of 3 voted, and at least 2 have to."
    assert not Job.objects.filter(kind=ACT).exists()


def test_stays_open_to_its_end() -> None:
    decision = make_agreed()
    early = close(decision, at=decision.closes_at - timedelta(microseconds=1))
    assert early.state == DecisionState.OPEN
    assert not Notice.objects.filter(kind="clusters_decision_closed").exists()


def test_closing_again_changes_nothing() -> None:
    first = close(make_agreed())
    again = close(first, at=first.closes_at + timedelta(days=1))
    assert (again.closed_at, again.outcome) == (first.closed_at, first.outcome)
    assert Notice.objects.filter(kind="clusters_decision_closed").count() == 3
    assert Job.objects.filter(kind=ACT).count() == 1


def test_the_vote_of_who_left_meanwhile_is_void_where_it_is_about_money() -> None:
    members = make_voters(count=5)
    decision = make_decision(members)
    for member in members[:3]:
        vote(decision, member, "Yes")
    leave(members[0], state=MembershipState.ON_NOTICE, on=NOW.date())
    closed = close(decision)
    assert closed.state == DecisionState.NOT_PASSED
    assert (figures(closed)["cast"], figures(closed)["roll"]) == (2, 5)
    assert Ballot.objects.count() == 3


def test_the_vote_of_who_left_stays_where_it_is_not_about_money() -> None:
    members = make_voters(count=4)
    decision = make_decision(members, kind=DecisionKind.REMOVE, subject_id=members[3].pk)
    for member in members[:2]:
        vote(decision, member, "Yes")
    leave(members[0], state=MembershipState.ON_NOTICE, on=NOW.date())
    assert close(decision).state == DecisionState.PASSED


def test_a_payer_who_left_is_not_waited_for() -> None:
    members = make_voters(count=4)
    decision = make_decision(members, method=Method.UNANIMITY)
    for member in members[:3]:
        vote(decision, member, "Yes")
    vote(decision, members[3], "No")
    leave(members[3], state=MembershipState.ON_NOTICE, on=NOW.date())
    assert close(decision).state == DecisionState.PASSED


@pytest.mark.parametrize("count", [3, 4])
def test_a_secret_vote_of_few_says_only_what_was_decided(count: int) -> None:
    closed = close(make_agreed(count=count, is_secret=True))
    assert closed.outcome == "The members agreed."
    told = Notice.objects.filter(kind="clusters_decision_closed")
    assert not [notice for notice in told if "said yes" in notice.words + notice.easy_words]


def test_a_secret_vote_of_five_says_how_many() -> None:
    assert "3 said yes" in close(make_agreed(count=5, yes=3, is_secret=True)).outcome


def test_reminds_a_day_before_and_only_who_has_not_voted() -> None:
    members = make_voters()
    decision = make_decision(members)
    vote(decision, members[0], "Yes")
    in_time = decision.closes_at - timedelta(hours=20)
    assert remind_of_decision(decision=decision, by="system:tests", at=in_time - timedelta(days=1)) == 0
    for _ in range(2):
        remind_of_decision(decision=decision, by="system:tests", at=in_time)
    reminded = Notice.objects.filter(kind="clusters_decision_reminder")
    assert {notice.person for notice in reminded} == {member.person for member in members[1:]}
    assert reminded.count() == 2


def test_beat_asks_once_for_what_is_due_and_the_tasks_do_it() -> None:
    decision = make_agreed()
    with time_machine.travel(decision.closes_at - timedelta(hours=2), tick=False):
        for _ in range(2):
            tasks.look_at_decisions()
        assert list(Job.objects.filter(kind__startswith="clusters.").values_list("kind", flat=True)) == [
            tasks.REMIND
        ]
        tasks.remind_of_decision(str(Job.objects.get(kind=tasks.REMIND).pk))
    assert Notice.objects.filter(kind="clusters_decision_reminder").count() == 1
    with time_machine.travel(decision.closes_at, tick=False):
        for _ in range(2):
            tasks.look_at_decisions()
        for _ in range(2):
            tasks.close_decision(str(Job.objects.get(kind=tasks.CLOSE).pk))
    job = Job.objects.get(kind=tasks.CLOSE)
    assert (job.state, job.result) == (JobState.DONE, {"state": "passed"})
    assert Decision.objects.get().state == DecisionState.PASSED


def test_a_short_vote_is_not_reminded_of_as_it_begins() -> None:
    decision = make_agreed(closes_at=NOW + timedelta(days=8))
    Decision.objects.filter(pk=decision.pk)
    with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
        tasks.look_at_decisions()
    assert not Job.objects.filter(kind=tasks.REMIND).exists()


def test_is_used_once_for_what_it_is_about() -> None:
    decision = close(make_agreed())
    words = {"by": "user:1", "at": decision.closes_at, "act": "buy"}
    with pytest.raises(UnableToUse, match="decided on something else"):
        use_decision(decision=decision, kind=DecisionKind.WIND_DOWN, subject_id=None, **words)  # type: ignore[arg-type]
    with pytest.raises(UnableToUse, match="decided on something else"):
        use_decision(
            decision=decision,
            kind=DecisionKind.SPEND_RESERVE,
            subject_id=decision.pk,
            **words,  # type: ignore[arg-type]
        )
    use_decision(decision=decision, kind=DecisionKind.SPEND_RESERVE, subject_id=None, **words)  # type: ignore[arg-type]
    with pytest.raises(UnableToUse, match="done only once"):
        use_decision(decision=decision, kind=DecisionKind.SPEND_RESERVE, subject_id=None, **words)  # type: ignore[arg-type]


def test_unlocks_nothing_while_it_is_open() -> None:
    decision = make_agreed()
    with pytest.raises(UnableToUse, match="Put it to the vote first"):
        use_decision(
            decision=decision,
            kind=DecisionKind.SPEND_RESERVE,
            subject_id=None,
            act="buy",
            by="user:1",
            at=NOW,
        )


def in_threads(*acts: object) -> list[object]:
    """What each of these gave or raised, begun at the same moment on connections of their own."""
    start = Barrier(len(acts))

    def run(act: object) -> object:
        try:
            start.wait(timeout=10)
            return act()  # type: ignore[operator]
        except Exception as trouble:  # whatever it was, the test looks at it
            return trouble
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_who_close_it_at_once_make_one_act() -> None:
    decision = make_agreed(count=5, yes=4)
    closed = in_threads(*[lambda: close(decision)] * 2)
    assert [one.state for one in closed if isinstance(one, Decision)] == [DecisionState.PASSED] * 2
    assert Job.objects.filter(kind=ACT).count() == 1
    assert Notice.objects.filter(kind="clusters_decision_closed").count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_who_act_on_it_at_once_act_once() -> None:
    decision = close(make_agreed())

    def act() -> DecisionUse:
        return use_decision(
            decision=decision,
            kind=DecisionKind.SPEND_RESERVE,
            subject_id=None,
            act="buy",
            by="user:1",
            at=decision.closes_at,
        )

    done = in_threads(act, act)
    assert sorted(type(one).__name__ for one in done) == ["DecisionUse", "UnableToUse"]
    assert DecisionUse.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_vote_at_the_last_moment_is_counted_or_refused_but_never_lost() -> None:
    members = make_voters(count=3)
    decision = make_decision(members)
    for member in members[:2]:
        vote(decision, member, "Yes")
    last = decision.closes_at - timedelta(seconds=1)
    in_threads(lambda: vote(decision, members[2], "Yes", at=last), lambda: close(decision))
    decision.refresh_from_db()
    assert figures(decision)["yes"] == Ballot.objects.count()


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_while_counting_leaves_it_open_for_the_next() -> None:
    decision = make_agreed()
    worker: Queue[int] = Queue()
    is_killed = Event()

    def count_and_be_killed() -> None:
        with transaction.atomic():
            close(decision)
            worker.put(connection.connection.info.backend_pid)
            assert is_killed.wait(timeout=10)

    def kill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [worker.get(timeout=10)])
        is_killed.set()

    killed, _ = in_threads(count_and_be_killed, kill)
    assert isinstance(killed, DatabaseError)
    decision.refresh_from_db()
    assert decision.state == DecisionState.OPEN
    assert not Notice.objects.filter(kind="clusters_decision_closed").exists()
    assert not Job.objects.filter(kind=ACT).exists()
    assert close(decision).state == DecisionState.PASSED
    assert Job.objects.filter(kind=ACT).count() == 1


def test_a_ballot_cast_under_an_authority_that_ended_later_still_counts() -> None:
    members = make_voters()
    decision, robin = make_decision(members), make_user()
    authority = make_authority(person=members[0].person, helper=robin, scopes=[Scope.VOTE])
    vote(decision, members[1], "Yes")
    vote(decision, members[0], "Yes", by=robin, support="Nodded")
    authority.withdrawn_at, authority.withdrawn_by = NOW + timedelta(hours=3), user_of(members[0]).label
    authority.save(update_fields=["withdrawn_at", "withdrawn_by"])
    assert close(decision).state == DecisionState.PASSED


def test_somebody_who_came_later_changes_nothing() -> None:
    decision = make_agreed(count=4)
    make_member(cluster=decision.cluster)
    assert figures(close(decision))["roll"] == 4
    assert close_decision(decision=decision, by="system:tests", at=decision.closes_at).state == "passed"
