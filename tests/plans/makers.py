"""Care and support plans for tests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from people.models import Person
from plans.models import MetBy, Need, Plan, PlanFile, PlanState

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


@dataclass(frozen=True)
class Papers:
    """A need in a plan that is being written, and a plan that somebody took away as a file."""

    need: Need
    file: PlanFile


def make_papers(*, drafted_for: Person, agreed: Plan) -> Papers:
    """The next version of somebody's plan, being written, and an agreed one as a file."""
    need = make_plan(person=drafted_for, state=PlanState.DRAFT).needs.get()
    return Papers(need=need, file=make_plan_file(plan=agreed))


def make_plan_file(*, plan: Plan) -> PlanFile:
    """A plan as somebody took it away."""
    content = b"%PDF-"
    return PlanFile.objects.create(
        plan=plan,
        language="en-gb",
        is_easy=False,
        name="plan-1.pdf",
        content=content,
        sha256=sha256(content).hexdigest(),
        made_by="system:tests",
    )
