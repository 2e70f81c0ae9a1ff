"""Paying close family in the same household: finding it necessary, and ending that."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from budgets.actions.question import may_answer
from budgets.actions.spend import UnableToSpend
from budgets.models import FamilyNecessity
from people.actions import tell
from people.models import Person, User
from people.rules.words import day_words

ONE_DAY = timedelta(days=1)


@transaction.atomic
def find_necessary(
    *,
    person: Person,
    payee: str,
    relation: str,
    reason: str,
    start_date: date,
    by: User,
    at: datetime,
    end_date: date | None = None,
) -> FamilyNecessity:
    """
    Record that it is necessary to pay close family in the same household, and why (Direct Payments Regs 2014, reg 3).

    :raises UnableToSpend: `by` is neither the social worker nor a manager there, or something is not said.
    """
    if not may_answer(by, person):
        raise UnableToSpend("Only the person's social worker or their team manager can record this.")
    if not (payee.strip() and relation.strip() and reason.strip()):
        raise UnableToSpend("Say who it is, how they are related, and why it is necessary.", field="reason")
    found = FamilyNecessity.objects.create(
        person=person,
        payee=payee.strip(),
        relation=relation.strip(),
        reason=reason.strip(),
        start_date=start_date,
        end_date=end_date,
        decided_at=at,
        decided_by=by,
    )
    tell(
        person=person,
        kind="budgets_family",
        key=str(found.pk),
        at=at,
        by=by.label,
        about=_about(person),
        payee=found.payee,
    )
    return found


@transaction.atomic
def end_necessary(
    *, necessity: FamilyNecessity, last_date: date, reason: str, by: User, at: datetime
) -> FamilyNecessity:
    """
    End that close family is paid, once, and say why; `last_date` is the last day they may be paid for.

    What was paid until then stays as it is. For later days nothing is written down as paid to them any more. The
    person is told.

    :raises UnableToSpend: `by` is neither the social worker nor a manager there, it has ended already, no reason is
        given, or the day is before it began, before a payment that is written down, or after its end.
    """
    held = FamilyNecessity.objects.select_related("person__council", "person__lead_professional")
    # The whole row, so that no payment under it is written down at the same moment.
    necessity = held.select_for_update(of=["self"]).get(pk=necessity.pk)
    _check_end(necessity, last_date, reason, by)
    necessity.end_date, necessity.end_reason = last_date + ONE_DAY, reason.strip()
    necessity.ended_at, necessity.ended_by = at, by
    necessity.save(update_fields=["end_date", "end_reason", "ended_at", "ended_by"])
    tell(
        person=necessity.person,
        kind="budgets_family_ended",
        key=str(necessity.pk),
        at=at,
        by=by.label,
        about=_about(necessity.person),
        payee=necessity.payee,
        last_date=last_date,
        reason=necessity.end_reason,
    )
    return necessity


def _check_end(necessity: FamilyNecessity, last_date: date, reason: str, by: User) -> None:
    if not may_answer(by, necessity.person):
        raise UnableToSpend("Only the person's social worker or their team manager can end this.")
    if necessity.ended_at is not None:
        raise UnableToSpend("It was ended already. Record a new one, if it is necessary again.")
    if not reason.strip():
        raise UnableToSpend("Say why it ends. The person reads this.", field="reason")
    if last_date < necessity.start_date:
        day = day_words(necessity.start_date)
        raise UnableToSpend(f"It began on {day}. Choose that day or a later one.", field="last_date")
    if necessity.end_date is not None and last_date >= necessity.end_date:
        day = day_words(necessity.end_date - ONE_DAY)
        raise UnableToSpend(
            f"It ends after {day} as it is. Choose that day or an earlier one.", field="last_date"
        )
    newest = necessity.spends.standing().order_by("-spent_date").first()
    if newest is not None and newest.spent_date > last_date:
        day = day_words(newest.spent_date)
        raise UnableToSpend(
            f"A payment of {day} is written down under it. Choose that day or a later one: nobody loses afterwards "
            "what was allowed when they paid.",
            field="last_date",
        )


def _about(person: Person) -> str:
    return reverse("budgets:spending", args=[person.pk])
