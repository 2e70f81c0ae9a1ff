"""Clusters that decide, for tests: members who sign in, a question, and votes as people cast them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from clusters.actions import admit_as_decided, cast, close_decision, open_decision
from clusters.models import Ballot, Cluster, Decision, DecisionKind, Membership, MembershipState, Option
from people.models import User
from tests.clusters.makers import make_cluster, make_member
from tests.people.makers import make_person, make_user

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NAMES = ("Amina Yusuf", "Bob Green", "Chen Li", "Dora Mensah", "Ewan Price", "Farida Khan", "Gus Hall")


def make_voters(*, count: int = 3, cluster: Cluster | None = None, **more: Any) -> list[Membership]:
    """Members of one cluster who sign in, each with money in the pool."""
    cluster = cluster or make_cluster()
    people = [
        make_person(council=cluster.council, name=name, user=make_user(name=name)) for name in NAMES[:count]
    ]
    return [make_member(cluster=cluster, person=person, **more) for person in people]


def leave(member: Membership, *, state: MembershipState, on: date) -> None:
    """A member on their way out, or gone, from a day on."""
    member.state, member.left_date = state, on
    member.save(update_fields=["state", "left_date"])


def user_of(member: Membership) -> User:
    """The member as they sign in; who cannot yet is given a way to."""
    person = member.person
    if person.user is None:
        person.user = make_user(name=person.name)
        person.save(update_fields=["user"])
    return person.user


def make_decision(
    members: Sequence[Membership],
    *,
    kind: DecisionKind = DecisionKind.SPEND_RESERVE,
    subject_id: UUID | None = None,
    at: datetime = NOW,
    **more: Any,
) -> Decision:
    """A question that the first of these members put to the others."""
    return open_decision(
        cluster=members[0].cluster,
        kind=kind,
        question="Shall we buy a new kettle?",
        why="The old one leaks.",
        subject_id=subject_id,
        by=user_of(members[0]),
        at=at,
        **more,
    )


def option(decision: Decision, label: str) -> Option:
    """The answer with this label."""
    return decision.options.get(label=label)


def vote(
    decision: Decision, member: Membership, *labels: str, at: datetime | None = None, **more: Any
) -> Ballot:
    """A member's own vote, an hour after it was asked unless said otherwise."""
    return cast(
        decision=decision,
        person=member.person,
        options=[option(decision, label).pk for label in labels],
        at=at or decision.opened_at + timedelta(hours=1),
        **{"by": user_of(member)} | more,
    )


def close(decision: Decision, *, at: datetime | None = None) -> Decision:
    """The decision, counted at its end."""
    return close_decision(decision=decision, by="system:tests", at=at or decision.closes_at)


def figures(decision: Decision) -> dict[str, Any]:
    """What was counted of a decision that is closed."""
    assert decision.counts is not None
    counts: dict[str, Any] = decision.counts
    return counts


def let_in(asked: Membership) -> Membership:
    """Somebody who asked to join, after all who are on the roll said yes and the time to vote was over."""
    decision = Decision.objects.get(kind=DecisionKind.ADMIT, subject_id=asked.pk)
    for entry in decision.roll.select_related("membership__person__user"):
        vote(decision, entry.membership, "Yes")
    return admit_as_decided(decision=close(decision), by="system:tests", at=decision.closes_at)
