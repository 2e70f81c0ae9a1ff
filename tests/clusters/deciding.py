"""Decisions for tests: as the members would have made them, written straight into the rows."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from django.db import transaction

from clusters.models import (
    Ballot,
    BallotChannel,
    Cluster,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionState,
    DecisionUse,
    Membership,
    MembershipState,
    Method,
    Option,
    PaperBallot,
    PaperBallotState,
    RollEntry,
)
from people.models import User
from tests.people.makers import make_person, make_social_worker

CLOSED_AT = datetime(2026, 5, 3, 17, tzinfo=UTC)
_receipts = count(1)


@transaction.atomic
def make_passed_decision(
    *,
    cluster: Cluster,
    kind: DecisionKind = DecisionKind.CHOOSE_OFFER,
    subject_id: UUID | None = None,
    offer_id: UUID | None = None,
    closed_at: datetime = CLOSED_AT,
    act: str = "",
) -> Decision:
    """
    Two members said yes on paper, read by two social workers; with `act` it has unlocked that already.

    Where fewer than two are in the pool, members who have only just asked stand in for them.
    """
    decision = Decision.objects.create(
        cluster=cluster,
        kind=kind,
        question="Shall we buy this together?",
        method=Method.MAJORITY,
        subject_id=subject_id,
        opened_at=closed_at - timedelta(days=7),
        opened_by="system:tests",
        closes_at=closed_at,
    )
    readers = (make_social_worker(council=cluster.council), make_social_worker(council=cluster.council))
    yes = Option.objects.create(
        decision=decision, number=1, label="Yes", counts_as=CountsAs.YES, offer_id=offer_id
    )
    Option.objects.create(decision=decision, number=2, label="No", counts_as=CountsAs.NO)
    for voter in _two_of(cluster):
        entry = RollEntry.objects.create(decision=decision, membership=voter, is_payer=True)
        _vote(entry, yes, readers, at=closed_at - timedelta(days=1))
    decision.state, decision.closed_at, decision.winner = DecisionState.PASSED, closed_at, yes
    decision.outcome = "2 said yes, nobody said no."
    decision.save(update_fields=["state", "closed_at", "winner", "outcome"])
    if act:
        DecisionUse.objects.create(decision=decision, act=act, subject_id=subject_id, used_by="system:tests")
    return decision


def _vote(entry: RollEntry, option: Option, readers: tuple[User, User], *, at: datetime) -> None:
    """A ballot on paper, read by two."""
    first, second = readers
    read = {"option_ids": [option.pk], "channel": BallotChannel.PAPER}
    paper = PaperBallot.objects.create(entry=entry, entered_by=first, entered_at=at, **read)
    paper.state, paper.second_by, paper.second_at = PaperBallotState.AGREED, second, at
    paper.save(update_fields=["state", "second_by", "second_at"])
    Ballot.objects.create(
        entry=entry,
        number=1,
        cast_at=at,
        cast_by=first,
        confirmed_by=second,
        acted_by=first.label,
        receipt=f"T-{next(_receipts):06d}",
        **read,
    )


def _two_of(cluster: Cluster) -> list[Membership]:
    """Give two memberships to vote: of those in the pool, else of people who have asked to join."""
    voters = list(cluster.memberships.in_the_pool().order_by("ref")[:2])
    return voters + [_asker(cluster) for _ in range(2 - len(voters))]


def _asker(cluster: Cluster) -> Membership:
    return Membership.objects.create(
        cluster=cluster,
        person=make_person(council=cluster.council),
        ref=f"A-{next(_receipts):06d}",
        state=MembershipState.ASKED,
    )
