"""What is read of a plan: its needs and who meets them, its week, its cost, its steps, and whose turn it is."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from jobs.models import Job
from people.models import Authority, AuthorityKind, Person, RoleKind, User
from plans.models import Need, Plan, PlanState, PlanStep, RasKind
from plans.queries.plan import cost_of_needs
from plans.rules.plan import year_estimate
from plans.rules.week import Placed, WeekRow, week_of

MAKE_PDF = "plans.make_pdf"


class ClusterMeets(NamedTuple):
    """A cluster meets a need: the need's thread, the cluster's name, whether it still does, and the last word on it."""

    thread: UUID
    cluster: str
    is_standing: bool
    note: str


class Onward(NamedTuple):
    """Where the page of a plan leads on to: the words of a link, its address, and whether it is a step to be done."""

    words: str
    address: str
    is_next: bool = True


# Budgets are further up: they say what is to be done for a plan's budget next (`budgets.apps`).
ONWARD_FURTHER_UP: list[Callable[[Plan, User, date], Onward | None]] = []
# Clusters are further up: they say which needs they meet (`clusters.apps`).
MET_FURTHER_UP: list[Callable[[Plan], list[ClusterMeets]]] = []


def met_by_clusters(*, plan: Plan) -> dict[UUID, list[ClusterMeets]]:
    """Give, by a need's thread, which clusters meet it or met it, as the professional agreed."""
    found: dict[UUID, list[ClusterMeets]] = {}
    for ask in MET_FURTHER_UP:
        for meets in ask(plan):
            found.setdefault(meets.thread, []).append(meets)
    return found


def onward_of(*, plan: Plan, user: User, on: date) -> list[Onward]:
    """Give where whoever reads a plan can go on from it."""
    return [onward for ask in ONWARD_FURTHER_UP if (onward := ask(plan, user, on))]


def plan_in_words(plan: Plan, *, needs: Sequence[Need] | None = None) -> dict[str, Any]:
    """Give what the page, the paper and whoever decides read of a plan: its needs (where known), week and cost."""
    needs = list(plan.needs.standing()) if needs is None else needs
    clusters = met_by_clusters(plan=plan)
    cost = cost_of_needs(needs)
    return {
        "needs": [(need, clusters.get(need.thread, [])) for need in needs],
        "week": week_of_plan(needs),
        "weekly_pence": cost.weekly_pence,
        "one_off_pence": cost.one_off_pence,
        "year_pence": year_estimate(weekly_pence=cost.weekly_pence, one_off_pence=cost.one_off_pence),
    }


def week_of_plan(needs: Sequence[Need]) -> list[WeekRow]:
    """Give a plan's week: a row for each part of the day, with what happens from Monday to Sunday."""
    return week_of([Placed(need.words, need.days, need.parts) for need in needs])


def steps_of(*, plan: Plan) -> list[PlanStep]:
    """Give the steps a plan has made, the oldest first; one query."""
    return list(plan.steps.select_related("by").order_by("at", "pk"))


def carers_of(*, person: Person, on: date) -> list[User]:
    """Give the carers of a person who may have a plan of their own: by authority, by assessment, or by a plan."""
    by_authority = Authority.objects.in_force(on=on).filter(person=person, kind=AuthorityKind.CARER)
    return list(
        User.objects.filter(
            Q(pk__in=by_authority.values("helper"))
            | Q(carer_assessments__person=person, carer_assessments__kind=RasKind.CARER)
            | Q(carer_plans__person=person)
        )
        .distinct()
        .order_by("name", "pk")
    )


class Waiting(NamedTuple):
    """A plan that waits for a team manager or the panel, since when, its cost a week, and whether it is one's turn."""

    plan: Plan
    since: datetime
    days: int
    weekly_pence: int
    reason: str
    is_ones_turn: bool


def waiting_for(*, user: User, at: datetime) -> list[Waiting]:
    """Give the plans that wait in the councils somebody manages, the oldest first; two queries."""
    managed = [role.council_id for role in user.roles.all() if role.kind == RoleKind.MANAGER]
    plans = Plan.objects.filter(
        state__in=[PlanState.MANAGER, PlanState.PANEL], person__council__in=managed
    ).select_related("person__lead_professional", "carer")
    found = list(plans)
    last: dict[UUID, PlanStep] = {}
    for step in PlanStep.objects.filter(plan__in=found).order_by("at", "pk"):
        last[step.plan_id] = step
    return sorted(
        (_waiting(plan, last[plan.pk], user, at) for plan in found if plan.pk in last),
        key=lambda one: one.since,
    )


def _waiting(plan: Plan, step: PlanStep, user: User, at: datetime) -> Waiting:
    own = {plan.submitted_by_id, plan.person.lead_professional_id, plan.carer_id, plan.person.user_id}
    is_first = plan.state == PlanState.PANEL and step.by_id == user.pk
    return Waiting(
        plan=plan,
        since=step.at,
        days=(at - step.at).days,
        weekly_pence=step.figures["weekly_pence"],
        reason=step.reason,
        is_ones_turn=user.pk not in own and not is_first,
    )


def pdf_key(*, plan: Plan, language: str, is_easy: bool, by: User) -> str:
    """Name the work of making a plan's PDF for a reader: asked for again, it is the same."""
    return f"{plan.pk}:{language}:{'easy' if is_easy else 'usual'}:{by.pk}"


def pdf_job(*, plan: Plan, language: str, is_easy: bool, by: User) -> Job | None:
    """Give the work of making a plan's PDF for a reader, if it was asked for."""
    key = pdf_key(plan=plan, language=language, is_easy=is_easy, by=by)
    return Job.objects.filter(kind=MAKE_PDF, key=key).first()
