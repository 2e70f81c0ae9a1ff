"""Deciding in the best interests of somebody who cannot decide it themselves (Mental Capacity Act 2005, s4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from people.actions import tell
from people.models import CapacityRecord, Person, User
from people.rules.words import day_words
from plans.actions.capacity.record import UnableToJudge
from plans.models import BestInterest
from plans.queries.capacity import may_judge, who_decides

SAID = {
    "wishes": "Write what they want and feel, now and before, as far as you can find out.",
    "options": "Say what else was considered, and what would restrict them least.",
    "decision": "Say what was decided.",
    "reason": "Say why this is in their best interests.",
}


@dataclass(frozen=True, kw_only=True)
class InTheirInterest:
    """
    What was decided for somebody on a day and why, what they want, and who was asked.

    `consulted` and `not_consulted` are in words; whoever acts for them and is not named in `consulted` has to be in
    `not_consulted`. `advocate`: what became of an independent mental capacity advocate, where nobody could be asked.
    """

    wishes: str
    consulted: str
    options: str
    decision: str
    reason: str
    decided_date: date
    not_consulted: str = ""
    advocate: str = ""


@transaction.atomic
def decide_for(
    *, capacity: CapacityRecord, made: InTheirInterest, by: User, on: date, at: datetime
) -> BestInterest:
    """
    Write down what was decided in somebody's best interests, where they cannot decide it. They are told.

    :raises UnableToJudge: `by` is neither their lead professional nor a manager there, they can decide it, it is to be
        looked at again first, something is not said, nobody was asked and no advocate considered, or whoever acts for
        them was not asked and no reason is given.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=capacity.person_id)
    capacity = CapacityRecord.objects.get(pk=capacity.pk)
    _check_rests(capacity, person, made, by=by, on=on)
    _check_said(capacity, made, on=on)
    decided = BestInterest.objects.create(
        capacity=capacity,
        wishes=made.wishes.strip(),
        consulted=made.consulted.strip(),
        not_consulted=made.not_consulted.strip(),
        advocate=made.advocate.strip(),
        options=made.options.strip(),
        decision=made.decision.strip(),
        reason=made.reason.strip(),
        decided_date=made.decided_date,
        decided_at=at,
        decided_by=by,
    )
    tell(
        person=person,
        kind="plans_decided_for",
        key=str(decided.pk),
        at=at,
        by=by.label,
        about=f"{reverse('plans:capacity', args=[person.pk])}#{capacity.pk}",
        decision=capacity.decision,
    )
    return decided


def _check_rests(
    capacity: CapacityRecord, person: Person, made: InTheirInterest, *, by: User, on: date
) -> None:
    if not may_judge(by, person):
        raise UnableToJudge("Only this person's social worker or a team manager can write this down.")
    if not CapacityRecord.objects.lacking().filter(pk=capacity.pk).exists():
        raise UnableToJudge("It does not stand that they cannot decide this, so nobody decides it for them.")
    if capacity.is_late(on):
        raise UnableToJudge("Look again first whether they can decide this themselves: that day has passed.")
    if made.decided_date > on:
        raise UnableToJudge("That day is still to come.", field="decided_date")
    if made.decided_date < capacity.assessed_date:
        day = day_words(capacity.assessed_date)
        raise UnableToJudge(
            f"That they cannot was found on {day}. Choose that day or a later one.",
            field="decided_date",
        )


def _check_said(capacity: CapacityRecord, made: InTheirInterest, *, on: date) -> None:
    for name, words in SAID.items():
        if not getattr(made, name).strip():
            raise UnableToJudge(words, field=name)
    if not made.consulted.strip() and not made.advocate.strip():
        raise UnableToJudge(
            "Say who was asked. Is there nobody? Then say what became of an independent mental capacity advocate.",
            field="advocate",
        )
    asked, not_asked = made.consulted.casefold(), made.not_consulted.casefold()
    for holding in who_decides(person=capacity.person, on=on):
        name = str(holding.helper)
        if name.casefold() not in asked and name.casefold() not in not_asked:
            raise UnableToJudge(
                f"{name} acts for them ({holding.get_kind_display().lower()}). Say that they were asked, or why not.",
                field="not_consulted",
            )
