"""Joining a cluster: asking, the members' word, and the day it begins."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from budgets.models import FundingStream
from budgets.queries import budget_on, left_by_stream
from clusters.actions.pledge import UnableToPledge, pledge
from clusters.actions.steps import (
    begin_membership,
    locked_cluster,
    locked_membership,
    move_cluster,
    move_membership,
    next_ref,
)
from clusters.models import Cluster, ClusterState, Membership, MembershipState, ProposedPledge, Signature
from clusters.queries import agreement_in_force, size_on
from ledger.pennies import in_pounds
from people.models import Person, Scope, User
from people.queries import may_act_for

OPEN_STATES = (ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE)
GONE = (MembershipState.LEFT, MembershipState.DECLINED)


class UnableToJoin(Exception):
    """The person cannot ask, be agreed to, or begin as a member as things stand."""


@transaction.atomic
def ask_to_join(
    *, cluster: Cluster, person: Person, proposed: Mapping[FundingStream, int], by: User, at: datetime
) -> Membership:
    """
    Ask to join a cluster with so many pence from each stream. No money moves yet.

    By asking, the person also signs the agreement in force, if there is one.

    :raises UnableToJoin: the cluster takes nobody or is full, they are in it or have asked already, the budget
        has less left than they offer, or `by` may not act for them.
    """
    cluster, on = locked_cluster(cluster), timezone.localdate(at)
    if not may_act_for(by, person, scope=Scope.AGREE, on=on):
        raise UnableToJoin("Only you, or your social worker for you, can ask to join.")
    _check_room(cluster=cluster, person=person, on=on)
    _check_offer(person=person, proposed=proposed, on=on)
    membership = Membership.objects.create(
        cluster=cluster,
        person=person,
        ref=next_ref(cluster),
        state=MembershipState.ASKED,
        asked_at=at,
    )
    begin_membership(membership, reason="Asked to join", by=by.label, at=at)
    ProposedPledge.objects.bulk_create(
        ProposedPledge(membership=membership, stream=stream, amount_pence=pence)
        for stream, pence in proposed.items()
    )
    agreement = agreement_in_force(cluster=cluster)
    if agreement is not None:
        Signature.objects.create(
            agreement=agreement, membership=membership, signed_date=on, signed_by=by.label
        )
    return membership


@transaction.atomic
def members_agree(*, membership: Membership, by: User, at: datetime) -> Membership:
    """
    Give the members' word that somebody who asked may join.

    :raises UnableToJoin: they have not asked, or `by` has no say in this cluster.
    """
    membership = _asked(membership, by)
    move_membership(
        membership, to=MembershipState.MEMBERS_AGREED, reason="The members agreed", by=by.label, at=at
    )
    return membership


@transaction.atomic
def members_decline(*, membership: Membership, reason: str, by: User, at: datetime) -> Membership:
    """
    Say for the members that somebody who asked cannot join, and why.

    :raises UnableToJoin: as `members_agree`, or no reason is given.
    """
    membership = _asked(membership, by)
    if not reason.strip():
        raise UnableToJoin("Say why, so that the person who asked can understand.")
    move_membership(membership, to=MembershipState.DECLINED, reason=reason, by=by.label, at=at)
    return membership


@transaction.atomic
def activate(*, membership: Membership, on: date, by: str) -> Membership:
    """
    Begin a membership on a day and move what they offered into their share of the pool.

    A cluster whose agreement is signed becomes active with its first member in the pool.

    :raises UnableToJoin: their professional has not agreed, the cluster has no signed agreement, or the budget
        has less left than they offered.
    """
    cluster = locked_cluster(membership.cluster)
    membership = locked_membership(membership)
    if membership.state != MembershipState.PLAN_AGREED:
        raise UnableToJoin("Their lead professional has not agreed yet. They can begin once that is done.")
    if cluster.state not in (ClusterState.AGREED, ClusterState.ACTIVE):
        raise UnableToJoin(
            "The cluster's agreement is not signed yet. Members begin once its founders signed."
        )
    budget = budget_on(person=membership.person, on=on)
    if budget is None:
        raise UnableToJoin(f"They have no budget on {on:%-d %B %Y}. Choose a day that their budget covers.")
    _check_not_there_then(membership, on)
    membership.joined_date = on
    move_membership(membership, to=MembershipState.ACTIVE, reason=f"Member from {on:%-d %B %Y}", by=by)
    if cluster.state == ClusterState.AGREED:
        move_cluster(cluster, to=ClusterState.ACTIVE, reason="The first member's money is in the pool", by=by)
    try:
        for offer in membership.proposed_pledges.select_related("stream").order_by("stream__code"):
            pledge(
                membership=membership,
                budget=budget,
                stream=offer.stream,
                amount_pence=offer.amount_pence,
                on=on,
                by=by,
            )
    except UnableToPledge as refusal:
        raise UnableToJoin(str(refusal)) from refusal
    return membership


def _check_not_there_then(membership: Membership, on: date) -> None:
    """Hold that an earlier time of theirs in this cluster is over by then."""
    earlier = membership.cluster.memberships.filter(person=membership.person_id, left_date__gt=on)
    last = earlier.order_by("-left_date").first()
    if last is not None:
        raise UnableToJoin(
            f"They were a member until {last.left_date:%-d %B %Y} already. Choose that day or a later one."
        )


def _check_room(*, cluster: Cluster, person: Person, on: date) -> None:
    if person.council_id != cluster.council_id:
        raise UnableToJoin("This cluster belongs to another council. Look for one of your own.")
    if cluster.state not in OPEN_STATES:
        raise UnableToJoin(f"{cluster.name} takes nobody new at the moment. Look for another cluster.")
    present = cluster.memberships.exclude(state__in=GONE)
    if present.filter(person=person).exists():
        raise UnableToJoin(f"You are in {cluster.name} or have asked already. You need not ask again.")
    most = size_on(council=cluster.council, on=on).most_members
    if present.count() >= most:
        raise UnableToJoin(
            f"{cluster.name} is full: a cluster here has up to {most} members. Look for another, or start your own."
        )


def _check_offer(*, person: Person, proposed: Mapping[FundingStream, int], on: date) -> None:
    if not proposed or any(pence <= 0 for pence in proposed.values()):
        raise UnableToJoin("Say how much you would put in, from at least one kind of your money.")
    budget = budget_on(person=person, on=on)
    if budget is None:
        raise UnableToJoin("You have no budget at the moment. Ask your social worker about one first.")
    left = {part.stream: part.left_pence for part in left_by_stream(budget=budget)}
    for stream, pence in proposed.items():
        if pence > left.get(stream, 0):
            raise UnableToJoin(
                f"You can't put in {in_pounds(pence)} yet: {in_pounds(left.get(stream, 0))} is left in your "
                f"{stream.name}. Put in up to that, or ask your social worker about more."
            )


def _asked(membership: Membership, by: User) -> Membership:
    """Give the membership, if it was asked for and `by` has a say in its cluster."""
    membership = locked_membership(membership)
    if membership.state != MembershipState.ASKED:
        raise UnableToJoin("This is decided already. Look at it again.")
    with_a_say = Membership.objects.with_a_say().filter(cluster=membership.cluster_id)
    if not with_a_say.filter(person__user=by).exclude(person=membership.person_id).exists():
        raise UnableToJoin("Only members of the cluster can say who joins it.")
    return membership
