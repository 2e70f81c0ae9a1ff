"""A person's clusters with their own share in each, and how their plan stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clusters.models import Membership, MembershipState
from clusters.models.membership import IN_THE_POOL
from clusters.queries import InPool
from commonpurse.asked_often import AskedOften
from people.models import Person
from plans.models import Plan, PlanState

SOON = timedelta(days=14)
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


@dataclass(frozen=True, kw_only=True)
class MyPlan:
    """How somebody's plan stands: the one that holds, one that was sent back, and one to look at again."""

    plan: Plan | None
    sent_back: Plan | None
    review: Plan | None


MEMBERSHIPS = AskedOften(
    lambda person: Membership.objects.filter(person=person).select_related("cluster").order_by("-asked_at"),
    person="uuid",
)
PLANS = AskedOften(
    lambda person: Plan.objects.of_adults().filter(person=person).order_by("-version"), person="uuid"
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


def my_plan(*, person: Person, on: date) -> MyPlan:
    """Give how a person's plan stands on a day; one query."""
    plans = PLANS(person=person.pk)
    newest = plans[0] if plans else None
    agreed = next((plan for plan in plans if plan.state == PlanState.AGREED), None)
    return MyPlan(
        plan=agreed or newest,
        sent_back=newest if newest and newest.state == PlanState.RETURNED else None,
        review=agreed if agreed and agreed.review_due_date and agreed.review_due_date <= on + SOON else None,
    )


def _mine(membership: Membership, streams: Sequence[InPool]) -> MyCluster:
    return MyCluster(
        membership=membership,
        put_in_pence=sum(stream.pledged_pence for stream in streams),
        promised_pence=sum(stream.committed_pence for stream in streams),
        spent_pence=sum(stream.spent_pence for stream in streams),
        free_pence=sum(stream.share_pence for stream in streams),
    )
