"""Which needs of a person's plan clusters meet."""

from clusters.models import IN_THE_POOL, MembershipState, PlanAgreement
from plans.models import Plan, PlanKind
from plans.queries import ClusterMeets

STANDS = (*IN_THE_POOL, MembershipState.PLAN_AGREED)


def needs_met(plan: Plan) -> list[ClusterMeets]:
    """
    Give which needs a person's clusters meet or met, as their professional agreed last; one query.

    A need is known by its thread, so a word on an earlier version of the plan counts for the later ones too.
    """
    if plan.kind != PlanKind.ADULT:
        return []
    agreed = PlanAgreement.objects.filter(
        membership__person=plan.person_id, is_agreed=True, need__isnull=False
    ).select_related("membership__cluster", "need")
    last = {agreement.membership_id: agreement for agreement in agreed.order_by("decided_at", "pk")}
    return [
        ClusterMeets(
            thread=agreement.need.thread,
            cluster=agreement.membership.cluster.name,
            is_standing=agreement.membership.state in STANDS,
            note=agreement.note,
        )
        for agreement in last.values()
        if agreement.need is not None
    ]
