"""The word on a plan that was handed in: agreed, put to the panel, or sent back with the reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions import tell_user
from people.models import User
from people.queries import leads, policy_on
from plans.actions.plan.steps import (
    UnableToPlan,
    check_figures,
    check_leads,
    check_manages,
    check_state,
    locked,
    move,
    needs_of,
)
from plans.models import WAITING, Plan, PlanState
from plans.queries import figures_of
from plans.rules.figures import Figures
from plans.rules.plan import is_within

FIRST_REVIEW = "plan_first_review_days"


@transaction.atomic
def agree_plan(*, plan: Plan, by: User, at: datetime, reason: str = "") -> Plan:
    """
    Agree a plan that was handed in.

    The lead professional agrees alone what costs no more than the council lets a lead agree; a team manager what was
    handed in to them, up to the panel's limit; for the panel, a second manager with the reason of its minute.

    :raises UnableToPlan: it is somebody else's turn, it costs more than they may agree, its figures have changed, or
        the person died or moved.
    """
    plan = locked(plan)
    if plan.state == PlanState.PANEL:
        figures = _panels(plan, by, at, reason)
    elif plan.state == PlanState.MANAGER:
        figures = _managers(plan, by, at)
    else:
        figures = _leads_own(plan, by, at)
    return agreed(plan, by=by, at=at, reason=reason, figures=figures)


@transaction.atomic
def put_to_panel(*, plan: Plan, reason: str, by: User, at: datetime) -> Plan:
    """
    Put a plan to the panel, as a team manager who would agree it: with the first manager's reason.

    :raises UnableToPlan: it does not wait for a manager, they may not decide, no reason is given, or figures changed.
    """
    plan = locked(plan)
    check_manages(plan, by)
    check_state(plan, PlanState.MANAGER)
    figures = check_figures(plan, at)
    if not reason.strip():
        raise UnableToPlan("Say why you put it to the panel. The panel reads this first.")
    move(plan, to=PlanState.PANEL, by=by, at=at, reason=reason, figures=figures)
    plan.save(update_fields=["state"])
    return plan


@transaction.atomic
def send_back_plan(*, plan: Plan, reason: str, by: User, at: datetime) -> Plan:
    """
    Send a plan back with the reason, which the person reads: their lead, or whoever decides on it now.

    :raises UnableToPlan: it was not handed in, no reason is given, or it is not their turn.
    """
    plan = locked(plan)
    if plan.state in (PlanState.MANAGER, PlanState.PANEL):
        check_manages(plan, by)
    else:
        check_leads(plan, by)
    check_state(plan, *WAITING)
    if not reason.strip():
        raise UnableToPlan(_("Say why the plan goes back, so that the person knows what to change."))
    move(plan, to=PlanState.RETURNED, by=by, at=at, reason=reason)
    plan.return_reason = reason
    plan.save(update_fields=["state", "return_reason"])
    if not leads(by, plan.person):
        _tell_lead(plan, "plans_plan_returned", by=by, at=at)
    return plan


def agreed(plan: Plan, *, by: User, at: datetime, figures: Figures, reason: str = "") -> Plan:
    """Write down that a locked plan is agreed, with the day it is looked at again; tell its lead professional."""
    move(plan, to=PlanState.AGREED, by=by, at=at, reason=reason, figures=figures)
    plan.agreed_at, plan.agreed_by = at, by
    if plan.review_due_date is None:
        days = policy_on(council=plan.person.council, code=FIRST_REVIEW, on=timezone.localdate(at))
        plan.review_due_date = timezone.localdate(at) + timedelta(days=days.value) if days else None
    plan.save(update_fields=["state", "agreed_at", "agreed_by", "review_due_date"])
    if not leads(by, plan.person):
        _tell_lead(plan, "plans_plan_agreed", by=by, at=at)
    return plan


def _leads_own(plan: Plan, by: User, at: datetime) -> Figures:
    """Hold that the lead professional may agree a plan alone, and give its figures."""
    check_leads(plan, by)
    check_state(plan, PlanState.SUBMITTED)
    figures = figures_of(plan=plan, needs=needs_of(plan), on=timezone.localdate(at))
    if not is_within(
        weekly_pence=figures["weekly_pence"],
        one_off_pence=figures["one_off_pence"],
        limit_weekly_pence=figures["lead_limit_weekly_pence"],
    ):
        raise UnableToPlan("This plan costs more than you may agree alone. Hand it in to your team manager.")
    return figures


def _managers(plan: Plan, by: User, at: datetime) -> Figures:
    """Hold that a team manager may agree a plan, and give its figures."""
    check_manages(plan, by)
    figures = check_figures(plan, at)
    limit = figures["panel_limit_weekly_pence"]
    if limit is not None and not is_within(
        weekly_pence=figures["weekly_pence"], one_off_pence=figures["one_off_pence"], limit_weekly_pence=limit
    ):
        raise UnableToPlan("This plan costs more than one manager may agree. Put it to the panel.")
    return figures


def _panels(plan: Plan, by: User, at: datetime, reason: str) -> Figures:
    """Hold that the panel's word is a second manager's, with the reason of the minute, and give the figures."""
    check_manages(plan, by)
    first = plan.steps.filter(to_state=PlanState.PANEL).order_by("-at", "-pk").first()
    if first is not None and first.by_id == by.pk:
        raise UnableToPlan("You put it to the panel. A second manager records what the panel decided.")
    if not reason.strip():
        raise UnableToPlan("Write the reason from the panel’s minute. It is kept with the plan.")
    return check_figures(plan, at)


def _tell_lead(plan: Plan, kind: str, *, by: User, at: datetime) -> None:
    lead = plan.person.lead_professional
    if lead is not None:
        tell_user(
            user=lead,
            council=plan.person.council,
            kind=kind,
            key=f"{plan.pk}:{at.isoformat()}",
            at=at,
            by=by.label,
            about=reverse("plans:plan", args=[plan.pk]),
            person=plan.person.name,
            worker=str(by),
        )
