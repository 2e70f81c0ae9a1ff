"""Telling those whom a step in a cluster concerns: the member, all members, or the member's professional."""

from datetime import datetime

from django.urls import reverse

from clusters.models import Cluster, Membership
from clusters.queries import with_a_part
from people.actions import tell, tell_user
from people.queries import Fact


def tell_member(
    membership: Membership, kind: str, *, at: datetime, by: str, key: str = "", about: str = "", **facts: Fact
) -> None:
    """
    Tell one member of one step of theirs.

    `kind` without the app's name. Without a `key`, this step happens once in a membership; without an `about`, it
    is about the cluster from outside.
    """
    cluster = membership.cluster
    tell(
        person=membership.person,
        kind=f"clusters_{kind}",
        key=key or str(membership.pk),
        at=at,
        by=by,
        about=about or reverse("reports:outside", args=[cluster.pk]),
        private=[cluster.in_common] if cluster.in_common else [],
        cluster=cluster.name,
        **facts,
    )


def tell_members(
    cluster: Cluster, kind: str, *, at: datetime, by: str, key: str, about: str = "", **facts: Fact
) -> None:
    """Tell everybody who has a part in a cluster of one step of it, each once."""
    for membership in with_a_part(cluster=cluster):
        tell_member(membership, kind, at=at, by=by, key=key, about=about, **facts)


def tell_professional(
    membership: Membership, kind: str, *, at: datetime, by: str, key: str = "", **facts: Fact
) -> None:
    """Tell a member's lead professional that it is their turn; nobody where the member has none."""
    lead = membership.person.lead_professional
    if lead is not None:
        tell_user(
            user=lead,
            council=membership.cluster.council,
            kind=f"clusters_{kind}",
            key=key or str(membership.pk),
            at=at,
            by=by,
            about=reverse("clusters:agree-plan", args=[membership.pk]),
            person=membership.person.name,
            cluster=membership.cluster.name,
            **facts,
        )
