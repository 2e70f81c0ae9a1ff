"""Beginning a plan: in somebody's own words, or carried over from the assessment and the version before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Person, User
from people.queries import leads, speaks_for
from plans.actions.plan.steps import UnableToPlan, check_is_here
from plans.models import Answer, Assessment, ByWhom, MetBy, Need, Plan, PlanKind, PlanState
from plans.queries import eligible_answers
from plans.queries.carried import carried_over

# What of a need a next version takes over.
CARRIED_OF_A_NEED = (
    *(
        "thread",
        "words",
        "outcome",
        "wanted",
        "met_by",
        "is_eligible",
        "who",
        "how",
        "when_words",
        "days",
        "parts",
    ),
    *("kind", "unit", "units_weekly_hundredths", "unit_pence", "price_from", "weekly_pence"),
)


@dataclass(frozen=True, kw_only=True)
class NeedInWords:
    """One thing a person needs help with, in their words, and who meets it."""

    words: str
    met_by: MetBy
    is_eligible: bool = True


@transaction.atomic
def draft_plan(
    *,
    person: Person,
    outcomes: str,
    needs: Sequence[NeedInWords],
    by: User,
    review_due_date: date | None = None,
) -> Plan:
    """
    Write the next version of a person's plan. Earlier versions stay as they were.

    :raises UnableToPlan: somebody other than the person or their lead professional writes it, or it names no need.
    """
    if not speaks_for(by, person):
        raise UnableToPlan(_("Only the person and their lead professional can write their plan."))
    if not needs:
        raise UnableToPlan(_("The plan names no need yet. Say at least one thing that help is needed with."))
    last = newest_locked(person, PlanKind.ADULT, None)
    plan = Plan.objects.create(
        person=person,
        version=last.version + 1 if last else 1,
        outcomes=outcomes,
        review_due_date=review_due_date,
    )
    Need.objects.bulk_create(
        Need(plan=plan, position=position, words=need.words, met_by=need.met_by, is_eligible=need.is_eligible)
        for position, need in enumerate(needs)
    )
    return plan


@transaction.atomic
def begin_version(*, person: Person, carer: User | None = None, by: User, at: datetime) -> Plan:
    """
    Begin the next version of somebody's plan as their lead professional, with all that is known carried over.

    What mattered and the eligible needs come from the newest finished assessment; everything else from the version
    before. With `carer` it is that carer's own plan. A version that is being written already is given as it stands.

    :raises UnableToPlan: `by` does not lead the person, they died or moved, or one waits for somebody's decision.
    """
    if not leads(by, person):
        raise UnableToPlan("Only this person's lead professional can begin the next version of the plan.")
    check_is_here(person, at=at)
    kind = PlanKind.CARER if carer else PlanKind.ADULT
    last = newest_locked(person, kind, carer)
    if last is not None and last.is_writable:
        return last
    if last is not None and last.state != PlanState.AGREED:
        if last.state == PlanState.SUBMITTED:
            return last
        raise UnableToPlan(
            f"Version {last.version} waits for a decision. It can be written in again once there is one."
        )
    return begun_next(person, kind, carer, last)


def newest_locked(person: Person, kind: PlanKind, carer: User | None) -> Plan | None:
    """Give the newest version, with the person locked so that two who begin at once do not begin twice."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return person.plans.filter(kind=kind, carer=carer).order_by("-version").first()


def begun_next(person: Person, kind: PlanKind, carer: User | None, last: Plan | None) -> Plan:
    """Write the next version with what is known: of the version before, and of the newest finished assessment."""
    known = carried_over(person=person, kind=kind, carer=carer, last=last)
    plan = Plan.objects.create(
        person=person,
        kind=kind,
        carer=carer,
        assessment=known.assessment,
        version=last.version + 1 if last else 1,
        **known.words,
    )
    needs = [_again(need, plan) for need in last.needs.standing()] if last else []
    needs += _from_answers(plan, but_not={need.outcome for need in needs}, after=len(needs))
    Need.objects.bulk_create(needs)
    return plan


def take_on(assessment: Assessment) -> None:
    """
    Bring what a finished assessment found into the plan that is being written already, if one is.

    Words that stand in it stay. Each outcome in which help is needed, and which the plan does not know yet, becomes a
    need.
    """
    plan = newest_locked(assessment.person, PlanKind(assessment.kind), assessment.carer)
    if plan is None or not plan.is_writable or plan.assessment_id == assessment.pk:
        return
    plan.assessment = assessment
    plan.outcomes = plan.outcomes or assessment.what_matters
    plan.advocacy = plan.advocacy or assessment.advocacy
    plan.save(update_fields=["assessment", "outcomes", "advocacy"])
    needs = list(plan.needs.all())
    found = _from_answers(plan, but_not={need.outcome for need in needs}, after=len(needs))
    Need.objects.bulk_create(found)


def _again(need: Need, plan: Plan) -> Need:
    """Carry a need over into the next version; what was paid once is not paid again."""
    return Need(
        plan=plan, position=need.position, **{name: getattr(need, name) for name in CARRIED_OF_A_NEED}
    )


def _from_answers(plan: Plan, *, but_not: set[str], after: int) -> list[Need]:
    """Give a need for each outcome in which help is needed and the plan has none yet, in the person's own words."""
    counted = {answer.question.outcome: answer for answer in reversed(list(eligible_answers(plan)))}
    own = _own_words(plan)
    found = [answer for outcome, answer in reversed(counted.items()) if outcome not in but_not]
    return [
        Need(
            plan=plan,
            position=after + number,
            words=(own.get(answer.question_id) or answer.words or str(answer.option))[:500],
            wanted=own.get(answer.question_id, ""),
            outcome=answer.question.outcome,
            met_by=MetBy.SERVICE,
            how="",
        )
        for number, answer in enumerate(found)
    ]


def _own_words(plan: Plan) -> dict[UUID, str]:
    """Give what the person said themselves to each question."""
    own = Answer.objects.filter(assessment=plan.assessment_id, by_whom=ByWhom.OWN).exclude(words="")
    return {answer.question_id: answer.words for answer in own}
