"""Closing a cluster because its members decided so: its contracts end, everybody leaves, and then it is closed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clusters.actions import wind_down
from clusters.actions.steps import locked_cluster
from clusters.models import Cluster, Decision, DecisionUse, MembershipState
from clusters.queries import agreement_in_force
from commissioning.actions.end import end_with_its_cluster
from commissioning.actions.leave import leave_with_everybody
from commissioning.models import Contract, ContractState
from ledger.actions import with_retries


@with_retries
@transaction.atomic
def close_down(*, decision: Decision, at: datetime) -> Cluster:
    """
    Wind a cluster down as its members decided, with its contracts and its money.

    Its contracts end as soon as they can be ended, and everybody leaves on the day the last of them is over, or once
    the notice of their agreement has run, with the same settlement as anybody who leaves. Once: a second time is the
    first.

    :raises UnableToUse: the decision has not passed, or is about something else.
    :raises UnableToChangeState: the cluster is not at work.
    """
    cluster = locked_cluster(decision.cluster)
    if DecisionUse.objects.filter(decision=decision).exists():
        return cluster
    by, on = f"decision:{decision.pk}", timezone.localdate(at)
    cluster = wind_down(decision=decision, by=by, at=at)
    agreement = agreement_in_force(cluster=cluster)
    day = on + timedelta(days=agreement.notice_days if agreement else 0)
    running = Contract.objects.filter(cluster=cluster, state=ContractState.APPROVED, end_date__gt=on)
    for contract in running.order_by("pk"):
        day = max(day, end_with_its_cluster(contract, by=by, at=at))
    for membership in cluster.memberships.filter(state=MembershipState.ACTIVE).order_by("pk"):
        leave_with_everybody(membership=membership, on=day, by=by, at=at)
    return cluster
