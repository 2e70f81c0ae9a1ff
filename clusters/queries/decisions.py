"""What can be asked about decisions: how they are held, who may vote, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from clusters.models import (
    ABOUT_MONEY,
    Agreement,
    Ballot,
    Cluster,
    ClusterState,
    CountsAs,
    Decision,
    DecisionKind,
    Membership,
    MembershipState,
    Method,
    RollEntry,
)
from clusters.models.decision import DecisionQuerySet
from clusters.queries.agreement import agreement_in_force
from clusters.rules import Choice, Count, Question, Voter, count_votes
from people.models import Person
from people.queries import policy_on

LONGEST_VOTE = 28  # days; an agreement cannot ask for more either
ENDS_AT = time(17)  # a vote ends in the afternoon, when there is somebody to ask
# Policy of a council where people practise: votes last so many minutes, whatever the agreement says.
PRACTICE_MINUTES = "voting_minutes"

# How many have to be there to decide. Letting somebody in, ending what is bought and closing the cluster are the ways
# out of being too few, so even one may; nobody alone puts somebody out; all else takes a group (design section 4).
LEAST_ON_ROLL = {
    DecisionKind.ADMIT: 1,
    DecisionKind.END_CONTRACT: 1,
    DecisionKind.WIND_DOWN: 1,
    DecisionKind.REMOVE: 2,
}
LEAST_GROUP = 3


@dataclass(frozen=True, kw_only=True)
class VotingRules:
    """How a cluster decides on something: as its agreement says, from a moment on."""

    method: Method
    quorum_votes: int
    quorum_of: int
    is_secret: bool
    usual_end: datetime
    earliest_end: datetime


def least_on_roll(*, kind: DecisionKind, cluster: Cluster) -> int:
    """Say how few may decide on this; while a cluster forms nothing binds yet, so one may begin."""
    if cluster.state == ClusterState.FORMING:
        return 1
    return LEAST_ON_ROLL.get(kind, LEAST_GROUP)


def voters_of(*, cluster: Cluster) -> list[Membership]:
    """Give who has a say in a cluster now: members who are not leaving, or, while it forms, its founders."""
    with_a_say = Membership.objects.with_a_say().filter(cluster=cluster, person__died_date__isnull=True)
    return list(with_a_say.select_related("person__council", "person__user").order_by("ref"))


def rules_for(*, cluster: Cluster, kind: DecisionKind, at: datetime) -> VotingRules:
    """
    Give how a cluster decides on something that is opened at a moment.

    From its agreement in force; without one, what an agreement says where nobody chose otherwise. A vote lasts the
    days the agreement says, and up to five in the afternoon then; only where a council's policy says that people
    practise there, it lasts minutes.
    """
    agreement = agreement_in_force(cluster=cluster) or Agreement(cluster=cluster)
    today = timezone.localdate(at)
    minutes = policy_on(council=cluster.council, code=PRACTICE_MINUTES, on=today)
    earliest_end = at + (
        timedelta(minutes=minutes.value) if minutes else timedelta(days=agreement.voting_days)
    )
    return VotingRules(
        method=Method(_method_of(agreement, kind)),
        quorum_votes=agreement.quorum_votes,
        quorum_of=agreement.quorum_of,
        is_secret=agreement.is_secret,
        usual_end=earliest_end if minutes else _afternoon_from(earliest_end),
        earliest_end=earliest_end,
    )


def _afternoon_from(moment: datetime) -> datetime:
    """Give the first end of a voting day that is not before a moment."""
    day = timezone.localdate(moment)
    ends = (timezone.make_aware(datetime.combine(day + timedelta(days=more), ENDS_AT)) for more in (0, 1))
    return next(end for end in ends if end >= moment)


def _method_of(agreement: Agreement, kind: DecisionKind) -> str:
    """Give the method the agreement names for such a decision."""
    if kind == DecisionKind.ADMIT:
        return agreement.admit_method
    return agreement.money_method if kind in ABOUT_MONEY else agreement.change_method


# Who left, is leaving, or was never let in: their ballot in a decision about money is void.
GONE = (MembershipState.ON_NOTICE, MembershipState.LEFT, MembershipState.DECLINED)


def newest_ballots(decision: Decision) -> dict[UUID, Ballot]:
    """Give the ballot that counts of each roll entry that has one."""
    ballots = Ballot.objects.filter(entry__decision=decision).order_by("entry", "-number").distinct("entry")
    return {ballot.entry_id: ballot for ballot in ballots}


def count_of(decision: Decision) -> Count:
    """Count a decision as its ballots and its members stand now; three queries."""
    choices = [
        Choice(id=option.pk, counts_as=option.counts_as, is_withdrawn=option.withdrawn_at is not None)
        for option in decision.options.all()
    ]
    ballots = newest_ballots(decision)
    question = Question(
        method=decision.method,
        choices=choices,
        quorum_votes=decision.quorum_votes,
        quorum_of=decision.quorum_of,
        is_about_money=decision.is_about_money,
    )
    roll = decision.roll.select_related("membership").order_by("pk")
    return count_votes(question, [_voter(entry, ballots.get(entry.pk)) for entry in roll])


def _voter(entry: RollEntry, ballot: Ballot | None) -> Voter:
    return Voter(
        choices=frozenset(ballot.option_ids) if ballot else frozenset(),
        has_reason=bool(ballot and ballot.reason),
        is_payer=entry.is_payer,
        is_gone=entry.membership.state in GONE,
    )


def to_vote_on(*, person: Person, at: datetime) -> list[Decision]:
    """Give what a person can vote on now and has not yet, what closes first on top."""
    return list(open_to(person=person, at=at).select_related("cluster").order_by("closes_at", "pk"))


def open_to(*, person: Person, at: datetime) -> DecisionQuerySet:
    """Give, in no order, what a person can vote on now and has not yet."""
    mine = RollEntry.objects.filter(decision=OuterRef("pk"), membership__person=person)
    there = mine.exclude(membership__state=MembershipState.LEFT)
    staying = there.exclude(membership__state__in=GONE)
    voted = Ballot.objects.filter(entry__decision=OuterRef("pk"), entry__membership__person=person)
    open_now = Decision.objects.open().filter(~Exists(voted), closes_at__gt=at)
    return open_now.filter(Q(Exists(staying)) | Q(Exists(there)) & ~Q(kind__in=ABOUT_MONEY))


def due_to_close(*, at: datetime) -> list[Decision]:
    """Give the decisions whose time to vote is over, the longest waiting first."""
    due = Decision.objects.open().filter(closes_at__lte=at)
    return list(due.select_related("cluster").order_by("closes_at", "pk"))


def due_to_remind(*, at: datetime, before: timedelta) -> list[Decision]:
    """Give the decisions that close within that time, of those that were open for longer than it."""
    soon = Decision.objects.open().filter(closes_at__gt=at, closes_at__lte=at + before)
    long_ones = soon.filter(opened_at__lt=F("closes_at") - before)
    return list(long_ones.select_related("cluster").order_by("closes_at", "pk"))


def reasons_against(decision: Decision, ballots: Iterable[Ballot]) -> list[str]:
    """Give what was written beside a no among these ballots, without names, in no order that tells whose it is."""
    noes = {option.pk for option in decision.options.all() if option.counts_as == CountsAs.NO}
    return sorted(ballot.reason for ballot in ballots if ballot.reason and noes & set(ballot.option_ids))
