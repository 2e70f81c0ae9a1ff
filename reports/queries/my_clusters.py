"""A person's clusters with their own share in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from clusters.models import Membership, MembershipState
from clusters.models.membership import IN_THE_POOL
from clusters.queries import InPool
from commonpurse.asked_often import AskedOften
from people.models import Person

HISTORY = (MembershipState.LEFT, MembershipState.DECLINED)


@dataclass(frozen=True, kw_only=True)
class MyCluster:
    """One membership of somebody and what their own money does there, in pence, all streams together."""

    membership: Membership
    put_in_pence: int
    promised_pence: int
    spent_pence: int
    free_pence: int

    @property
    def is_in(self) -> bool:
        """Tell whether their money stands in the pool."""
        return self.membership.state in IN_THE_POOL


MEMBERSHIPS = AskedOften(
    lambda person: Membership.objects.filter(person=person).select_related("cluster").order_by("-asked_at"),
    person="uuid",
)


def memberships_of(person: Person) -> list[Membership]:
    """Give every membership somebody has or had, with its cluster, the newest wish first; one query."""
    return MEMBERSHIPS(person=person.pk)


def my_clusters(
    *, memberships: Sequence[Membership], money: Mapping[UUID, Sequence[InPool]]
) -> list[MyCluster]:
    """Give the clusters somebody is in or has asked to join, with their own share out of `money`; no query."""
    current = [membership for membership in memberships if membership.state not in HISTORY]
    return [_mine(membership, money[membership.pk]) for membership in current]


def _mine(membership: Membership, streams: Sequence[InPool]) -> MyCluster:
    return MyCluster(
        membership=membership,
        put_in_pence=sum(stream.pledged_pence for stream in streams),
        promised_pence=sum(stream.committed_pence for stream in streams),
        spent_pence=sum(stream.spent_pence for stream in streams),
        free_pence=sum(stream.share_pence for stream in streams),
    )
