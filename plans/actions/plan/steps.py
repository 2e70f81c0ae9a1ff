"""What every step of a plan begins with: the plan, locked, and whether it is at that point; and how it is written."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, RoleKind, User
from people.queries import leads
from people.rules.words import day_words
from plans.models import Need, Plan, PlanState, PlanStep
from plans.queries import figures_handed_in, figures_of
from plans.rules.figures import Figures, what_changed


class UnableToPlan(Exception):
    """The plan is not at that point, or somebody else has to act."""


def locked(plan: Plan) -> Plan:
    """Give the plan as it stands now; nobody else decides on it until this transaction ends."""
    plans = Plan.objects.select_related("person__council", "person__lead_professional", "carer")
    return plans.select_for_update(of=["self"], no_key=True).get(pk=plan.pk)


def check_is_here(person: Person, *, at: datetime) -> None:
    """
    Hold that somebody lives, and that this council looks after them: else nothing is planned for them any more.

    :raises UnableToPlan: they have died, or moved away.
    """
    if person.died_date is not None:
        words = _("%(person)s died on %(day)s. Nothing is planned any more, and nothing written is lost.")
        raise UnableToPlan(words % {"person": person, "day": day_words(person.died_date)})
    if person.moved_date is not None and person.moved_date <= timezone.localdate(at):
        words = _(
            "%(person)s moved away on %(day)s. Their new council goes on with the plan. What is written here stays."
        )
        raise UnableToPlan(words % {"person": person, "day": day_words(person.moved_date)})


def needs_of(plan: Plan) -> list[Need]:
    """Give the needs that stand in a plan."""
    return list(plan.needs.standing())


def check_leads(plan: Plan, by: User) -> None:
    """
    Hold that `by` keeps this person's plan safe.

    :raises UnableToPlan: they do not.
    """
    if not leads(by, plan.person):
        raise UnableToPlan(_("Only this person's lead professional can decide on their plan."))


def check_state(plan: Plan, *states: PlanState) -> None:
    """
    Hold that a plan stands at one of these points.

    :raises UnableToPlan: it stands elsewhere.
    """
    if plan.state not in states:
        raise UnableToPlan(
            _("The plan is at “%(state)s” now. Look at it again before you act.")
            % {"state": plan.get_state_display()}
        )


def manages(by: User, plan: Plan) -> bool:
    """Tell whether somebody is a team manager of the plan's council."""
    return by.has_role(RoleKind.MANAGER, council_id=plan.person.council_id)


def check_manages(plan: Plan, by: User) -> None:
    """
    Hold that a team manager decides, and nobody on what they wrote or led themselves.

    :raises UnableToPlan: somebody else, or one who handed it in or leads the person.
    """
    if not manages(by, plan):
        raise UnableToPlan("Only a team manager of this council can decide on this plan.")
    if by.pk in (plan.submitted_by_id, plan.person.lead_professional_id, plan.carer_id, plan.person.user_id):
        raise UnableToPlan("Nobody agrees their own plan. Ask another team manager.")


def check_figures(plan: Plan, at: datetime) -> Figures:
    """
    Hold that the figures are those the plan was handed in on, and give them.

    :raises UnableToPlan: something has changed meanwhile; it says what, and what to do.
    """
    now = figures_of(plan=plan, needs=needs_of(plan), on=timezone.localdate(at))
    then = figures_handed_in(plan=plan)
    changed = what_changed(then, now) if then else []
    if changed:
        raise UnableToPlan(
            " ".join(
                [
                    "This changed since the plan was handed in:",
                    *changed,
                    "Send it back, so that it is handed in on the figures of today.",
                ]
            )
        )
    return now


def move(
    plan: Plan, *, to: PlanState, by: User, at: datetime, reason: str = "", figures: Figures | None = None
) -> None:
    """
    Bring a plan to its next point and write the step down.

    :raises UnableToPlan: another council looks after the person; only sending it back is done then.
    """
    if to != PlanState.RETURNED:
        check_is_here(plan.person, at=at)
    PlanStep.objects.create(
        plan=plan,
        from_state=plan.state,
        to_state=to,
        by=by,
        at=at,
        reason=reason.strip(),
        figures=figures or {},
    )
    plan.state = to
