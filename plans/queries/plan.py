"""What a plan costs, what it is held against, and how it reads beside the version before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from django.db.models import QuerySet

from people.models import Council
from people.queries import policies_on
from plans.models import (
    Answer,
    AssessmentState,
    ByWhom,
    IndicativeBudget,
    Need,
    Plan,
    PlanState,
    PlanStep,
    PriceItem,
    RasVersion,
)
from plans.queries.ras import ras_on
from plans.rules.figures import Figures
from plans.rules.outcomes import outcome_of
from plans.rules.plan import Check, NeedFacts, PlanFacts, checks

# The version in force, and its prices by kind of help.
PriceBook = tuple[RasVersion | None, dict[str, PriceItem]]
HANDED_IN = (PlanState.SUBMITTED, PlanState.MANAGER)
LEAD_LIMIT, PANEL_LIMIT = "plan_lead_limit_weekly_pence", "plan_panel_limit_weekly_pence"


class PlanCost(NamedTuple):
    """What the help in a plan costs, in pence each week and once."""

    weekly_pence: int
    one_off_pence: int


def cost_of(*, plan: Plan) -> PlanCost:
    """Give what the needs that stand in a plan cost; one query."""
    return cost_of_needs(plan.needs.standing())


def cost_of_needs(needs: Iterable[Need]) -> PlanCost:
    """Add up what needs cost; no query where they are there already."""
    costs = [(need.weekly_pence, need.one_off_pence) for need in needs]
    return PlanCost(
        weekly_pence=sum(weekly for weekly, _ in costs), one_off_pence=sum(once for _, once in costs)
    )


def prices_on(*, council: Council, kind: str, on: date) -> PriceBook:
    """Give the version in force on a day for plans of a kind, and its price book by kind of help; two queries."""
    version = ras_on(council=council, kind=kind, on=on)
    if version is None:
        return None, {}
    return version, {item.kind: item for item in version.prices.all()}


def indicative_for(*, plan: Plan) -> IndicativeBudget | None:
    """Give what the newest finished assessment of whom the plan is of comes to; none where there is none."""
    current = IndicativeBudget.objects.filter(
        is_current=True,
        assessment__person=plan.person_id,
        assessment__kind=plan.kind,
        assessment__carer=plan.carer_id,
        assessment__state=AssessmentState.FINISHED,
    )
    return current.order_by("-assessment__finished_at").first()


def figures_of(*, plan: Plan, needs: Sequence[Need], on: date, book: PriceBook | None = None) -> Figures:
    """Give the figures a plan rests on, on a day; four queries, two where its price `book` is known."""
    limits = policies_on(council=plan.person.council, codes=[LEAD_LIMIT, PANEL_LIMIT], on=on)
    version, prices = book or prices_on(council=plan.person.council, kind=plan.kind, on=on)
    indicative = indicative_for(plan=plan)
    kinds = sorted({need.kind for need in needs if need.kind and need.weekly_pence})
    cost = cost_of_needs(needs)
    return Figures(
        weekly_pence=cost.weekly_pence,
        one_off_pence=cost.one_off_pence,
        indicative_weekly_pence=indicative.weekly_pence if indicative else None,
        tolerance_percent=version.tolerance_percent if version else 0,
        prices={kind: prices[kind].unit_pence if kind in prices else None for kind in kinds},
        lead_limit_weekly_pence=limits[LEAD_LIMIT].value if LEAD_LIMIT in limits else 0,
        panel_limit_weekly_pence=limits[PANEL_LIMIT].value if PANEL_LIMIT in limits else None,
    )


def figures_handed_in(*, plan: Plan) -> Figures | None:
    """Give the figures on which a plan was handed in last; none where it never was."""
    return figures_in(plan.steps.order_by("at", "pk"))


def figures_in(steps: Iterable[PlanStep]) -> Figures | None:
    """Give the figures of the last of these steps, oldest first, by which a plan was handed in; none where none was."""
    handed_in = [step for step in steps if step.to_state in HANDED_IN and step.figures]
    return cast("Figures", handed_in[-1].figures) if handed_in else None


def checks_of(*, plan: Plan, needs: Sequence[Need], figures: Figures) -> list[Check]:
    """Give everything a plan must show, each with its evidence; one query."""
    return checks(
        PlanFacts(
            outcomes=plan.outcomes,
            needs=[_facts(need, figures["prices"]) for need in needs],
            contingency=plan.contingency,
            advice=plan.advice,
            involved=plan.involved,
            advocacy=plan.get_advocacy_display() if plan.advocacy else "",
            advocacy_words=plan.advocacy_words,
            consent=plan.get_consent_display() if plan.consent else "",
            consent_words=plan.consent_words,
            difference_reason=plan.difference_reason,
            indicative_weekly_pence=figures["indicative_weekly_pence"],
            tolerance_percent=figures["tolerance_percent"],
            eligible_outcomes=tuple((code, outcome_of(code).words) for code in eligible_outcomes(plan)),
        )
    )


def eligible_outcomes(plan: Plan) -> list[str]:
    """Give the codes of the outcomes in which a plan's assessment found needs, in its order."""
    if plan.assessment_id is None:
        return []
    found = eligible_answers(plan).values_list("question__outcome", flat=True)
    return list(dict.fromkeys(found))


def eligible_answers(plan: Plan) -> QuerySet[Answer]:
    """Give the professional's answers that count points, of an assessment that found the person eligible."""
    answers = Answer.objects.filter(
        assessment=plan.assessment_id,
        assessment__is_eligible=True,
        by_whom=ByWhom.PROFESSIONAL,
        option__points__gt=0,
    )
    return answers.select_related("question", "option").order_by("question__position", "question")


def _facts(need: Need, prices: Mapping[str, int | None]) -> NeedFacts:
    return NeedFacts(
        words=need.words,
        met_by=need.met_by,
        is_eligible=need.is_eligible,
        outcome=need.outcome,
        who=need.who,
        how=need.how,
        when_words=need.when_words,
        kind=need.kind,
        unit_pence=need.unit_pence,
        price_from=need.price_from,
        weekly_pence=need.weekly_pence,
        one_off_pence=need.one_off_pence,
        book_pence=prices.get(need.kind),
    )
