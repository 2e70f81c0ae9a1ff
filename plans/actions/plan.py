"""Writing a care and support plan, and the professional's word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Person, User
from people.queries import leads, speaks_for
from plans.models import MetBy, Need, Plan, PlanState


class UnableToPlan(Exception):
    """The plan is not at that point, or somebody else has to act."""


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
    last = person.plans.select_for_update(no_key=True).order_by("-version").first()
    plan = Plan.objects.create(
        person=person,
        version=last.version + 1 if last else 1,
        outcomes=outcomes,
        review_due_date=review_due_date,
    )
    Need.objects.bulk_create(
        Need(plan=plan, words=need.words, met_by=need.met_by, is_eligible=need.is_eligible) for need in needs
    )
    return plan


@transaction.atomic
def submit_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """
    Hand a drafted plan, or one that was sent back, to the lead professional.

    :raises UnableToPlan: it is with them or agreed already, or somebody else hands it in.
    """
    plan = _locked(plan)
    if not speaks_for(by, plan.person):
        raise UnableToPlan(_("Only the person and their lead professional can hand in their plan."))
    _check_state(plan, PlanState.DRAFT, PlanState.RETURNED)
    plan.state, plan.submitted_at = PlanState.SUBMITTED, at
    plan.save(update_fields=["state", "submitted_at"])
    return plan


@transaction.atomic
def agree_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """
    Agree a plan that was handed in.

    :raises UnableToPlan: it was not handed in, or `by` is not the person's lead professional.
    """
    plan = _locked(plan)
    _check_leads(plan, by)
    _check_state(plan, PlanState.SUBMITTED)
    plan.state, plan.agreed_at, plan.agreed_by = PlanState.AGREED, at, by
    plan.save(update_fields=["state", "agreed_at", "agreed_by"])
    return plan


@transaction.atomic
def send_back_plan(*, plan: Plan, reason: str, by: User) -> Plan:
    """
    Send a plan back with the reason, which the person reads.

    :raises UnableToPlan: it was not handed in, no reason is given, or `by` is not their lead professional.
    """
    plan = _locked(plan)
    _check_leads(plan, by)
    _check_state(plan, PlanState.SUBMITTED)
    if not reason.strip():
        raise UnableToPlan(_("Say why the plan goes back, so that the person knows what to change."))
    plan.state, plan.return_reason = PlanState.RETURNED, reason
    plan.save(update_fields=["state", "return_reason"])
    return plan


def _locked(plan: Plan) -> Plan:
    """Give the plan as it stands now; nobody else decides on it until this transaction ends."""
    return Plan.objects.select_related("person").select_for_update(of=["self"], no_key=True).get(pk=plan.pk)


def _check_leads(plan: Plan, by: User) -> None:
    if not leads(by, plan.person):
        raise UnableToPlan(_("Only this person's lead professional can decide on their plan."))


def _check_state(plan: Plan, *states: PlanState) -> None:
    if plan.state not in states:
        raise UnableToPlan(
            _("The plan is at “%(state)s” now. Look at it again before you act.")
            % {"state": plan.get_state_display()}
        )
