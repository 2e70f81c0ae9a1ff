"""One step in the life of a cluster or a membership: the state and the event that says who, when and why."""

from datetime import datetime
from itertools import count

from clusters.models import Cluster, ClusterEvent, ClusterState, Membership, MembershipEvent, MembershipState

ROOM_FOR_CLUSTER = 34  # of the 40 characters of a membership's reference


def locked_membership(membership: Membership) -> Membership:
    """Give the membership as it stands now; nobody else moves it on until this transaction ends."""
    return (
        Membership.objects.select_related("cluster__council", "person")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=membership.pk)
    )


def locked_cluster(cluster: Cluster) -> Cluster:
    """Give the cluster as it stands now; nobody else moves it on until this transaction ends."""
    return (
        Cluster.objects.select_related("council")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=cluster.pk)
    )


def next_ref(cluster: Cluster) -> str:
    """Give a reference that no membership of this cluster has had; the cluster is locked by whoever asks."""
    taken = set(cluster.memberships.values_list("ref", flat=True))
    tries = (f"{cluster.ref[:ROOM_FOR_CLUSTER]}-{number:02d}" for number in count(len(taken) + 1))
    return next(ref for ref in tries if ref not in taken)


def move_membership(
    membership: Membership, *, to: MembershipState, reason: str, by: str, at: datetime | None = None
) -> None:
    """Bring a membership to its next state and write down who did it, when (none: now) and why."""
    came_from, membership.state = membership.state, to
    membership.save(update_fields=["state", "joined_date", "left_date"])
    _write(
        MembershipEvent(membership=membership, from_state=came_from, to_state=to), by=by, at=at, reason=reason
    )


def move_cluster(
    cluster: Cluster, *, to: ClusterState, reason: str, by: str, at: datetime | None = None
) -> None:
    """Bring a cluster to its next state and write down who did it, when (none: now) and why."""
    came_from, cluster.state = cluster.state, to
    cluster.save(update_fields=["state"])
    _write(ClusterEvent(cluster=cluster, from_state=came_from, to_state=to), by=by, at=at, reason=reason)


def begin_membership(membership: Membership, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Write down that a membership begins in the state it has."""
    event = MembershipEvent(membership=membership, from_state="", to_state=membership.state)
    _write(event, by=by, at=at, reason=reason)


def begin_cluster(cluster: Cluster, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Write down that a cluster begins in the state it has."""
    _write(ClusterEvent(cluster=cluster, from_state="", to_state=cluster.state), by=by, at=at, reason=reason)


def _write(event: ClusterEvent | MembershipEvent, *, by: str, at: datetime | None, reason: str) -> None:
    """Keep an event; without a time of its own it happened when it is written."""
    event.acted_by, event.reason = by, reason
    if at is not None:
        event.happened_at = at
    event.save(force_insert=True)
