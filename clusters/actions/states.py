"""What becomes of a cluster as a whole: frozen for a while and going on, winding down, and closed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from clusters.actions.decisions import use_decision
from clusters.actions.steps import locked_cluster, move_cluster, move_membership
from clusters.actions.telling import tell_member, tell_members
from clusters.models import (
    IN_THE_POOL,
    Cluster,
    ClusterState,
    Decision,
    DecisionKind,
    MembershipState,
)
from clusters.queries import money_of
from ledger.actions import refused_by
from people.models import RoleKind, User

# In which state each step finds a cluster, and what is said where it is in another.
LEADS_TO = {
    ClusterState.FROZEN: (ClusterState.ACTIVE,),
    ClusterState.ACTIVE: (ClusterState.FROZEN,),
    ClusterState.WINDING_DOWN: (ClusterState.ACTIVE, ClusterState.FROZEN),
    ClusterState.CLOSED: (ClusterState.FORMING, ClusterState.AGREED, ClusterState.WINDING_DOWN),
}
WAITING = (
    MembershipState.INVITED,
    MembershipState.ASKED,
    MembershipState.MEMBERS_AGREED,
    MembershipState.PLAN_AGREED,
)
IN_THE_WAY = {
    "clusters_cluster_closes_empty": "There is money in its pool. It closes once everybody has their share back.",
    "clusters_cluster_closes_without_contracts": "Something is still bought for it. It closes once that is over.",
}


class UnableToChangeState(Exception):
    """The cluster cannot take this step now, or not from this person."""


@transaction.atomic
def freeze_cluster(*, cluster: Cluster, reason: str, by: User, at: datetime) -> Cluster:
    """
    Hold a cluster still, as a commissioner of its council: nobody joins and nothing new is bought.

    Every member is told why.

    :raises UnableToChangeState: see the class, or no reason is given.
    """
    return _by_council(cluster, to=ClusterState.FROZEN, kind="frozen", reason=reason, by=by, at=at)


@transaction.atomic
def unfreeze_cluster(*, cluster: Cluster, reason: str, by: User, at: datetime) -> Cluster:
    """
    Let a frozen cluster go on, as a commissioner of its council. Every member is told why.

    :raises UnableToChangeState: see the class, or no reason is given.
    """
    return _by_council(cluster, to=ClusterState.ACTIVE, kind="unfrozen", reason=reason, by=by, at=at)


@transaction.atomic
def wind_down(*, decision: Decision, by: str, at: datetime) -> Cluster:
    """
    Begin to close a cluster, as its members decided; the decision is used up by it. Everybody leaves from here on.

    :raises UnableToUse: the decision has not passed, is about something else, or is used already.
    :raises UnableToChangeState: the cluster is not at work.
    """
    cluster = locked_cluster(decision.cluster)
    _check(cluster, ClusterState.WINDING_DOWN)
    use_decision(
        decision=decision,
        kind=DecisionKind.WIND_DOWN,
        subject_id=decision.subject_id,
        act="wind_down",
        by=by,
        at=at,
    )
    reason = f"The members decided: {decision.question}"[:500]
    move_cluster(cluster, to=ClusterState.WINDING_DOWN, reason=reason, by=by, at=at)
    tell_members(cluster, "winding_down", at=at, by=by, key=str(decision.pk))
    return cluster


@transaction.atomic
def close_cluster(*, cluster: Cluster, reason: str, by: str, at: datetime) -> Cluster:
    """
    Close a cluster for good, once nobody's money is in its pool and nothing is bought for it.

    Who still waits to join is told no. Who may do so is settled by whoever calls this.

    :raises UnableToChangeState: somebody is still in it, money or a contract is in the way, or it is at work.
    """
    cluster = locked_cluster(cluster)
    _check(cluster, ClusterState.CLOSED)
    inside = list(cluster.memberships.filter(state__in=IN_THE_POOL))
    if inside:
        raise UnableToChangeState(
            f"{len(inside)} of its members have not left yet. It closes once everybody has."
        )
    held = money_of(memberships=list(cluster.memberships.all()))
    if any(part.left_pence > 0 for parts in held.values() for part in parts):
        raise UnableToChangeState(IN_THE_WAY["clusters_cluster_closes_empty"])
    for membership in cluster.memberships.filter(state__in=WAITING).select_related(
        "cluster", "person__council"
    ):
        move_membership(membership, to=MembershipState.DECLINED, reason="The cluster closed", by=by, at=at)
        tell_member(membership, "closed", at=at, by=by, reason=reason)
    try:
        with transaction.atomic():
            move_cluster(cluster, to=ClusterState.CLOSED, reason=reason, by=by, at=at)
    except IntegrityError as refusal:
        constraint = refused_by(refusal)
        if constraint not in IN_THE_WAY:
            raise
        raise UnableToChangeState(IN_THE_WAY[constraint]) from refusal
    return cluster


def _by_council(
    cluster: Cluster, *, to: ClusterState, kind: str, reason: str, by: User, at: datetime
) -> Cluster:
    """Take a step that is the council's, for a reason the members read."""
    cluster = locked_cluster(cluster)
    if not by.has_role(RoleKind.COMMISSIONER, council_id=cluster.council_id):
        raise UnableToChangeState("Only a commissioner of the council can do this.")
    if not reason.strip():
        raise UnableToChangeState("Say why. Every member reads it.")
    _check(cluster, to)
    move_cluster(cluster, to=to, reason=reason[:500], by=by.label, at=at)
    tell_members(cluster, kind, at=at, by=by.label, key=f"{cluster.pk}:{at.isoformat()}", reason=reason)
    return cluster


def _check(cluster: Cluster, to: ClusterState) -> None:
    """Hold that the cluster is where this step begins."""
    if cluster.state not in LEADS_TO[to]:
        here = cluster.get_state_display().lower()
        begins = " or ".join(ClusterState(state).label.lower() for state in LEADS_TO[to])
        raise UnableToChangeState(f"{cluster} is {here} now. This can only be done while it is {begins}.")
