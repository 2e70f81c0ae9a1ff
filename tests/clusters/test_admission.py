"""Who joins a cluster that stands: asked by itself, decided together, answered either way."""

from collections.abc import Iterator

import pytest
import time_machine

from clusters import tasks
from clusters.actions import UnableToJoin, admit_as_decided, ask_to_join, members_agree
from clusters.models import (
    Cluster,
    ClusterState,
    Decision,
    DecisionKind,
    DecisionState,
    Membership,
    MembershipState,
    Method,
)
from jobs.models import Job, JobState
from people.models import Notice, User
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_cluster
from tests.clusters.voting import NOW, close, let_in, make_voters, user_of, vote
from tests.people.makers import make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> list[Membership]:
    return make_voters()


@pytest.fixture
def wish(members: list[Membership]) -> Membership:
    """Ben asked to join them."""
    return make_wish(members[0].cluster)


def make_wish(cluster: Cluster) -> Membership:
    person = make_person(
        council=cluster.council,
        name="Ben Carter",
        user=make_user(name="Ben Carter"),
        lead=make_social_worker(council=cluster.council),
    )
    make_budget(person=person)
    proposed = {make_stream(council=cluster.council): 100_00}
    assert person.user is not None
    return ask_to_join(cluster=cluster, person=person, proposed=proposed, by=person.user, at=NOW)


def decision_on(wish: Membership) -> Decision:
    return Decision.objects.get(kind=DecisionKind.ADMIT, subject_id=wish.pk)


def act(decision: Decision) -> Job:
    """What the worker does once it is closed."""
    job = Job.objects.get(kind="clusters.act_on_decision", key=str(decision.pk))
    with time_machine.travel(decision.closes_at, tick=False):
        tasks.act_on_decision(str(job.pk))
    job.refresh_from_db()
    return job


def told(user: User | None) -> list[str]:
    return list(Notice.objects.filter(person__user=user).values_list("kind", flat=True)) + list(
        Notice.objects.filter(user=user).values_list("kind", flat=True)
    )


def test_asking_puts_it_to_the_members_at_once(members: list[Membership], wish: Membership) -> None:
    decision = decision_on(wish)
    assert decision.question == "Can Ben Carter join us?"
    assert decision.method == Method.CONSENT
    assert {entry.membership for entry in decision.roll.all()} == set(members)
    assert "clusters_decision_opened" in told(user_of(members[0]))
    assert "clusters_decision_opened" not in told(wish.person.user)


def test_a_yes_lets_them_in_once_and_tells_them_and_their_professional(
    members: list[Membership], wish: Membership
) -> None:
    decision = decision_on(wish)
    for member in members[:2]:
        vote(decision, member, "Yes")
    close(decision)
    for _ in range(2):
        assert act(decision).state == JobState.DONE
    wish.refresh_from_db()
    assert wish.state == MembershipState.MEMBERS_AGREED
    assert told(wish.person.user).count("clusters_members_agreed") == 1
    assert "clusters_plan_waits" in told(wish.person.lead_professional)
    assert decision.use.act == "let them in"


def test_a_no_with_a_reason_stops_it_and_they_read_the_reason_without_a_name(
    members: list[Membership], wish: Membership
) -> None:
    decision = decision_on(wish)
    for member in members[:2]:
        vote(decision, member, "Yes")
    vote(decision, members[2], "No", reason="We have no room in the kitchen.")
    assert close(decision).state == DecisionState.NOT_PASSED
    act(decision)
    wish.refresh_from_db()
    assert wish.state == MembershipState.DECLINED
    words = Notice.objects.get(kind="clusters_members_declined", person=wish.person).words
    assert "“We have no room in the kitchen.”" in words
    assert "Chen Li" not in words
    assert not hasattr(decision, "use")


def test_silence_is_not_a_yes(wish: Membership) -> None:
    decision = close(decision_on(wish))
    act(decision)
    wish.refresh_from_db()
    assert wish.state == MembershipState.DECLINED


def test_one_alone_decides_where_there_is_no_other() -> None:
    (amina,) = make_voters(count=1)
    wish = make_wish(amina.cluster)
    vote(decision_on(wish), amina, "Yes")
    assert close(decision_on(wish)).state == DecisionState.PASSED


def test_who_asks_where_nobody_could_say_yes_waits_until_somebody_can() -> None:
    cluster = make_cluster()
    wish = make_wish(cluster)
    assert not Decision.objects.exists()
    make_voters(cluster=cluster)
    with time_machine.travel(NOW, tick=False):
        tasks.look_at_decisions()
    assert decision_on(wish).roll.count() == 3


def test_a_members_word_is_not_enough_any_more(members: list[Membership], wish: Membership) -> None:
    with pytest.raises(UnableToJoin, match="The members decide on this together"):
        members_agree(membership=wish, by=user_of(members[0]), at=NOW)


def test_what_was_taken_back_meanwhile_stays_so(members: list[Membership], wish: Membership) -> None:
    decision = decision_on(wish)
    for member in members[:2]:
        vote(decision, member, "Yes")
    closed = close(decision)
    Membership.objects.filter(pk=wish.pk).update(state=MembershipState.DECLINED)
    admit_as_decided(decision=closed, by="system:tests", at=closed.closes_at)
    wish.refresh_from_db()
    assert wish.state == MembershipState.DECLINED
    assert not hasattr(Decision.objects.get(pk=decision.pk), "use")


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("_on_the_day")
def test_who_asked_while_it_formed_is_put_to_the_vote_once_it_stands() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    wish = make_wish(cluster)
    tasks.look_at_decisions()
    assert not Decision.objects.exists()
    cluster.state = ClusterState.AGREED
    cluster.save(update_fields=["state"])
    tasks.look_at_decisions()
    assert not Decision.objects.exists(), "there is nobody who could vote"
    make_voters(cluster=cluster)
    for _ in range(2):
        tasks.look_at_decisions()
    assert decision_on(wish).roll.count() == 3
    assert let_in(wish).state == MembershipState.MEMBERS_AGREED
