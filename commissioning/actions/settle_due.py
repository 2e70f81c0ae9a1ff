"""Asking for what is due today of everybody who leaves; and closing clusters that nobody is in any more."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from clusters.actions import UnableToChangeState, close_cluster
from clusters.models import Cluster, ClusterState, Membership, MembershipState
from clusters.models.membership import IN_THE_POOL, MembershipQuerySet
from jobs.actions import ask_for
from ledger.models import Account, AccountKind

SETTLE = "commissioning.settle_membership"
BY = "system:settle"


@transaction.atomic
def ask_to_settle(*, at: datetime) -> int:
    """
    Ask for a job for each membership that has anything to be settled today; gives how many there are.

    Once a day and membership, however often it is asked. A job that fails is tried again by itself.
    """
    on = timezone.localdate(at)
    due = _due(on=on).select_related("cluster")
    for membership in due:
        ask_for(
            kind=SETTLE,
            key=f"{membership.pk}:{on}",
            payload={"membership": str(membership.pk)},
            council_id=membership.cluster.council_id,
            asked_by=BY,
        )
    return len(due)


@transaction.atomic
def close_empty_clusters(*, at: datetime) -> int:
    """Close every cluster that is winding down and that nobody is in any more; gives how many."""
    empty = Cluster.objects.filter(state=ClusterState.WINDING_DOWN).exclude(
        memberships__state__in=IN_THE_POOL
    )
    closed = 0
    for found in empty.order_by("pk"):
        try:
            close_cluster(cluster=found, reason=lazy(_all_home, str)(), by=BY, at=at)
        except UnableToChangeState:
            continue  # money or a contract is still in the way: another day
        closed += 1
    return closed


def _all_home() -> str:
    """Say why it closes, in the language of whoever is told."""
    return _("Everybody's money is home.")


def _due(*, on: date) -> MembershipQuerySet:
    """Give those who leave and whose day has come, and those who left and to whom something was credited since."""
    credited = Account.objects.filter(kind=AccountKind.POOL_SHARE, balance_pence__gt=0).values("owner_id")
    left_here = Q(state=MembershipState.LEFT, pk__in=credited) & Q(
        events__to_state=MembershipState.LEFT, events__from_state__in=IN_THE_POOL
    )
    due = Q(state=MembershipState.ON_NOTICE) | left_here
    return Membership.objects.filter(due, left_date__lte=on).distinct().order_by("pk")
