"""Care and support plans for tests."""

from datetime import UTC, datetime

from people.models import Person
from plans.models import MetBy, Need, Plan, PlanState

AGREED_AT = datetime(2026, 4, 1, 9, tzinfo=UTC)


def make_plan(*, person: Person, state: PlanState = PlanState.AGREED) -> Plan:
    """A plan with one need that the cluster meets, loaded in the state asked for."""
    plan = Plan.objects.create(
        person=person,
        version=person.plans.count() + 1,
        state=state,
        outcomes="To keep cooking for my friends",
        agreed_at=AGREED_AT if state == PlanState.AGREED else None,
        return_reason="Say more about mornings" if state == PlanState.RETURNED else "",
        is_loaded=True,
    )
    Need.objects.create(plan=plan, words="Help in the kitchen", met_by=MetBy.CLUSTER)
    return plan
