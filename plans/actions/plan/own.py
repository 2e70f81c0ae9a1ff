"""The person's own part of their plan: written by them, before or beside their professional, and never typed twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions import tell_user
from people.models import Person, Scope, User
from people.queries import acting_label, acting_refusal
from plans.actions.edits import Kept, Writing, keep_edits
from plans.actions.plan.draft import begun_next, newest_locked
from plans.actions.plan.steps import UnableToPlan
from plans.models import OWN_WORDS, WAITING, MetBy, Need, Plan, PlanKind
from plans.queries.carried import carried_over


class OwnWritten(NamedTuple):
    """The plan in which it stands (none: nothing was new, so none was begun), and what was kept."""

    plan: Plan | None
    kept: Kept


@transaction.atomic
def write_own_words(
    *, person: Person, writing: Writing, document: UUID | None, by: User, on: date, at: datetime
) -> OwnWritten:
    """
    Keep what somebody writes in their own plan, themselves or by a helper who may agree for them.

    Where no plan is being written, their words begin the next version, with all that is known; their professional is
    told, and goes on from there. `document` is the plan they had before them (none: none was being written): of any
    other they have seen nothing yet.

    :raises UnableToPlan: it is not theirs to write, or a plan waits for somebody's decision.
    """
    label = _label(person, by, on=on)
    sent = {name: writing.sent[name] for name in OWN_WORDS if name in writing.sent}
    newest = _open_to_them(person)
    if not (newest and newest.is_writable) and not _is_new(sent, person, newest):
        return OwnWritten(None, Kept(changes={}, number=0, seen=0))
    plan = _written_in(person, newest, by=label, at=at)
    kept = keep_edits(
        document=plan.pk,
        number=plan.edits,
        stands={name: getattr(plan, name) for name in OWN_WORDS},
        writing=replace(writing, sent=sent, seen=writing.seen if document == plan.pk else 0),
        by=by,
        at=at,
    )
    if kept.changes:
        for name, words in kept.changes.items():
            setattr(plan, name, words)
        plan.edits = kept.number
        plan.save(update_fields=[*kept.changes, "edits"])
    return OwnWritten(plan, kept)


@transaction.atomic
def add_own_need(*, person: Person, words: str, by: User, on: date, at: datetime) -> Need:
    """
    Put something one needs help with into one's own plan. Who meets it, and how, is talked about with the professional.

    :raises UnableToPlan: nothing is said, it is not theirs to write, or a plan waits for somebody's decision.
    """
    label = _label(person, by, on=on)
    if not words.strip():
        raise UnableToPlan(_("Say in a few words what you need help with."))
    plan = _written_in(person, _open_to_them(person), by=label, at=at)
    last = plan.needs.order_by("-position").first()
    need = Need(
        plan=plan, position=last.position + 1 if last else 0, words=words.strip()[:500], met_by=MetBy.SELF
    )
    need.save(force_insert=True)
    return need


def _label(person: Person, by: User, *, on: date) -> str:
    """Say under which name somebody writes in this person's plan, for the books."""
    label = acting_label(by, person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToPlan(acting_refusal(by, person, scope=Scope.AGREE, on=on))
    if person.moved_date is not None and person.moved_date <= on:
        raise UnableToPlan(_("Your new council plans with you now. What stands here is kept."))
    return label


def _open_to_them(person: Person) -> Plan | None:
    """Give the newest version of a person's plan, locked; none where there is none. It may not wait for a decision."""
    plan = newest_locked(person, PlanKind.ADULT, None)
    if plan is not None and plan.state in WAITING:
        words = _(
            "Your plan waits for a yes, so nothing is written in it now. You can tell %(worker)s what is missing."
        )
        raise UnableToPlan(words % {"worker": person.lead_professional or _("your council")})
    return plan


def _written_in(person: Person, newest: Plan | None, *, by: str, at: datetime) -> Plan:
    """Give the version that is being written, beginning the next where the newest is agreed, or there is none."""
    if newest is not None and newest.is_writable:
        return newest
    plan = begun_next(person, PlanKind.ADULT, None, newest)
    _tell(person, plan, by=by, at=at)
    return plan


def _is_new(sent: Mapping[str, str], person: Person, agreed: Plan | None) -> bool:
    """Tell whether somebody wrote anything else than what the next version begins with by itself."""
    known = carried_over(person=person, kind=PlanKind.ADULT, carer=None, last=agreed).words
    return any(words.strip() != known.get(name, "").strip() for name, words in sent.items())


def _tell(person: Person, plan: Plan, *, by: str, at: datetime) -> None:
    """Tell their professional that there is something of theirs to go on from; once a version."""
    if person.lead_professional is not None:
        tell_user(
            user=person.lead_professional,
            council=person.council,
            kind="plans_own_words",
            key=str(plan.pk),
            at=at,
            by=by,
            about=f"/plans/{plan.pk}/write/",
            person=str(person),
        )
