"""Handing a plan in: the person to their lead professional, the professional to whoever may agree it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions import tell_user
from people.models import RoleKind, User
from people.queries import speaks_for
from plans.actions.plan.decide import agreed
from plans.actions.plan.steps import (
    UnableToPlan,
    check_leads,
    check_state,
    locked,
    move,
    needs_of,
)
from plans.models import Plan, PlanState
from plans.queries import checks_of, figures_of
from plans.rules.plan import is_within, missing


@transaction.atomic
def submit_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """
    Hand a drafted plan, or one that was sent back, to the lead professional.

    :raises UnableToPlan: it is with them or agreed already, or somebody else hands it in.
    """
    plan = locked(plan)
    if not speaks_for(by, plan.person):
        raise UnableToPlan(_("Only the person and their lead professional can hand in their plan."))
    check_state(plan, PlanState.DRAFT, PlanState.RETURNED)
    move(plan, to=PlanState.SUBMITTED, by=by, at=at)
    plan.submitted_at, plan.submitted_by = at, by
    plan.save(update_fields=["state", "submitted_at", "submitted_by"])
    return plan


@transaction.atomic
def hand_in_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """
    Hand in, as the lead professional, a plan that shows all the law asks for.

    Where its year costs no more than a lead may agree alone it is agreed at once; else it goes to the team managers,
    who are told. The figures it is handed in on are kept: it is agreed on these or not at all.

    :raises UnableToPlan: somebody else hands it in, the person died or moved, it waits or is agreed already, or
        something is missing.
    """
    plan = locked(plan)
    check_leads(plan, by)
    check_state(plan, PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED)
    needs = needs_of(plan)
    figures = figures_of(plan=plan, needs=needs, on=timezone.localdate(at))
    open_ones = missing(checks_of(plan=plan, needs=needs, figures=figures))
    if open_ones:
        words = "; ".join(check.words for check in open_ones)
        raise UnableToPlan(f"The plan cannot be handed in yet. Still open: {words}.")
    if plan.state != PlanState.SUBMITTED:
        move(plan, to=PlanState.SUBMITTED, by=by, at=at, figures=figures)
    plan.submitted_at, plan.submitted_by = at, by
    plan.indicative_weekly_pence = figures["indicative_weekly_pence"]
    plan.save(update_fields=["state", "submitted_at", "submitted_by", "indicative_weekly_pence"])
    if is_within(
        weekly_pence=figures["weekly_pence"],
        one_off_pence=figures["one_off_pence"],
        limit_weekly_pence=figures["lead_limit_weekly_pence"],
    ):
        return agreed(plan, by=by, at=at, figures=figures)
    move(plan, to=PlanState.MANAGER, by=by, at=at, figures=figures)
    plan.save(update_fields=["state"])
    _tell_managers(plan, by=by, at=at)
    return plan


def _tell_managers(plan: Plan, *, by: User, at: datetime) -> None:
    """Tell the team managers of a plan's council that it waits; nobody who may not agree it."""
    roles = plan.person.council.roles.filter(kind=RoleKind.MANAGER, user__is_active=True)
    for role in roles.exclude(user=by).select_related("user").order_by("pk"):
        tell_user(
            user=role.user,
            council=plan.person.council,
            kind="plans_plan_waits",
            key=f"{plan.pk}:{plan.edits}:{at.isoformat()}",
            at=at,
            by=by.label,
            about=reverse("plans:decide", args=[plan.pk]),
            person=plan.person.name,
            worker=str(by),
        )
