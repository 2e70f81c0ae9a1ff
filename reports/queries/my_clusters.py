"""A person's clusters with their own share in each, and what waits for the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clusters.models import Membership, MembershipEvent, MembershipState
from clusters.models.membership import IN_THE_POOL
from clusters.queries import InPool, money_of
from people.models import Person
from plans.models import Plan, PlanState

SOON = timedelta(days=14)
FRESH = timedelta(days=60)
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
class NeedsMe:
    """What waits for a person: a plan sent back, a plan to look at again, a wish to join that was not agreed."""

    plan: Plan | None
    sent_back: Plan | None
    review: Plan | None
    not_agreed: tuple[MembershipEvent, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to do."""
        return not (self.sent_back or self.review or self.not_agreed)


def my_clusters(*, memberships: Sequence[Membership]) -> list[MyCluster]:
    """Give the clusters somebody is in or has asked to join, with their own share; two queries."""
    current = [membership for membership in memberships if membership.state not in HISTORY]
    money = money_of(memberships=current)
    return [_mine(membership, money[membership.pk]) for membership in current]


def what_needs_me(*, person: Person, memberships: Sequence[Membership], on: date) -> NeedsMe:
    """Give what waits for a person on a day; two queries."""
    plans = list(person.plans.order_by("-version"))
    newest = plans[0] if plans else None
    agreed = next((plan for plan in plans if plan.state == PlanState.AGREED), None)
    declined = [membership for membership in memberships if membership.state == MembershipState.DECLINED]
    refusals = MembershipEvent.objects.filter(
        membership__in=declined, to_state=MembershipState.DECLINED, happened_at__date__gt=on - FRESH
    )
    return NeedsMe(
        plan=agreed or newest,
        sent_back=newest if newest and newest.state == PlanState.RETURNED else None,
        review=agreed if agreed and agreed.review_due_date and agreed.review_due_date <= on + SOON else None,
        not_agreed=tuple(refusals.select_related("membership__cluster").order_by("-happened_at")),
    )


def _mine(membership: Membership, streams: Sequence[InPool]) -> MyCluster:
    return MyCluster(
        membership=membership,
        put_in_pence=sum(stream.pledged_pence for stream in streams),
        promised_pence=sum(stream.committed_pence for stream in streams),
        spent_pence=sum(stream.spent_pence for stream in streams),
        free_pence=sum(stream.share_pence for stream in streams),
    )
