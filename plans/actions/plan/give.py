"""Giving a plan: the person (or the carer) gets it, once it is agreed."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from people.actions import tell, tell_user
from people.models import User
from plans.actions.plan.steps import UnableToPlan, check_leads, check_state, locked
from plans.models import Plan, PlanState


@transaction.atomic
def give_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """
    Give an agreed plan to whom it is of, as their lead professional: they are told where it is, their way.

    :raises UnableToPlan: it is not agreed, was given already, or somebody else gives it.
    """
    plan = locked(plan)
    check_leads(plan, by)
    check_state(plan, PlanState.AGREED)
    if plan.given_at is not None:
        raise UnableToPlan("It was given already.")
    plan.given_at, plan.given_by = at, by
    plan.save(update_fields=["given_at", "given_by"])
    about = reverse("plans:plan", args=[plan.pk])
    if plan.carer is not None:
        tell_user(
            user=plan.carer,
            council=plan.person.council,
            kind="plans_carer_plan_given",
            key=str(plan.pk),
            at=at,
            by=by.label,
            about=about,
            worker=str(by),
        )
    else:
        tell(person=plan.person, kind="plans_plan_given", key=str(plan.pk), at=at, by=by.label, about=about)
    return plan
