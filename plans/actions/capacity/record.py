"""Writing down whether somebody can make one decision themselves at one time (Mental Capacity Act 2005, ss1-3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from people.actions import tell
from people.models import Ability, CapacityOutcome, CapacityRecord, Matter, Person, User
from people.queries import value_on
from people.rules.words import day_words
from plans.actions.reviews import call_for_review
from plans.models import ReviewReason
from plans.queries.capacity import may_judge

SAID = {
    "decision": "Say which decision it is. Capacity is never judged in general.",
    "support": "Say what you tried first to help them decide it themselves.",
    "reasons": "Say what you asked, and what they said or showed.",
}
SAID_OF_LACK = {
    "impairment": "Say which impairment of the mind or brain there is.",
    "cannot": "Say at least one thing that they cannot do even with support.",
    "because": "Say how the one comes of the other.",
    "look_again_date": "What somebody can decide changes. Say by when you look again.",
}


class UnableToJudge(Exception):
    """It cannot be written down, or decided, like this. `field`: which answer it is about, if about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Judged:
    """
    What was judged of one decision on one day, with the support that was tried first.

    `impairment`, `cannot` and `because` are the two stages of the test and what joins them; of somebody who can decide,
    `because` is empty. `look_again_date`: by when it is looked at again, always where they cannot decide now.
    """

    matter: Matter
    decision: str
    outcome: CapacityOutcome
    support: str
    reasons: str
    assessed_date: date
    impairment: str = ""
    cannot: Collection[Ability] = field(default_factory=tuple)
    because: str = ""
    is_more_than_unwise: bool = False
    look_again_date: date | None = None


@transaction.atomic
def record_capacity(
    *, person: Person, judged: Judged, by: User, on: date, at: datetime, again: CapacityRecord | None = None
) -> CapacityRecord:
    """
    Write down whether a person can make a decision; what was written of the same decision before gives way to it.

    `again`: the record that is looked at again; of a known matter it is found by itself. Where what they can decide has
    changed, their plan and direct payment are to be looked at now (DP Regs 2014, regulation 7). The person is told.

    :raises UnableToJudge: `by` is neither their lead professional nor a manager there, they have died, something is not
        said that the law asks, or the days do not fit.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    _check_who(person, by)
    before = _before(person, judged, again)
    _check_said(judged)
    _check_days(person, judged, before, on=on)
    record = CapacityRecord.objects.create(
        person=person,
        matter=judged.matter,
        decision=before.decision if before and judged.matter == Matter.OTHER else judged.decision.strip(),
        outcome=judged.outcome,
        support=judged.support.strip(),
        impairment=judged.impairment.strip(),
        cannot=[ability for ability in Ability if ability in judged.cannot],
        because=judged.because.strip(),
        is_more_than_unwise=judged.is_more_than_unwise,
        reasons=judged.reasons.strip(),
        assessed_date=judged.assessed_date,
        look_again_date=judged.look_again_date,
        supersedes=before,
        recorded_at=at,
        recorded_by=by,
    )
    tell(
        person=person,
        kind="plans_capacity_recorded",
        key=str(record.pk),
        at=at,
        by=by.label,
        about=f"{reverse('plans:capacity', args=[person.pk])}#{record.pk}",
        decision=record.decision,
        is_lack=int(record.is_lack),
        look_again=record.look_again_date or "",
    )
    if record.is_lack != (before is not None and before.is_lack):
        words = _("What they can decide themselves has changed: %(decision)s")
        call_for_review(
            person=person,
            reason=ReviewReason.CAPACITY,
            words=words % {"decision": record.decision},
            by=by,
            on=on,
            at=at,
        )
    return record


def _before(person: Person, judged: Judged, again: CapacityRecord | None) -> CapacityRecord | None:
    """Give the record that stands of the same decision; none where everybody is taken to be able to make it."""
    standing = CapacityRecord.objects.standing().filter(person=person, matter=judged.matter)
    if judged.matter != Matter.OTHER:
        return standing.first()
    if again is None:
        same = (
            judged.decision.strip().casefold()
        )  # the words of a decision are sealed: PostgreSQL cannot compare them
        return next((record for record in standing if record.decision.casefold() == same), None)
    found = standing.filter(pk=again.pk).first()
    if found is None:
        raise UnableToJudge("Somebody looked at this again already. Read what they wrote first.")
    return found


def _check_who(person: Person, by: User) -> None:
    if not may_judge(by, person):
        raise UnableToJudge("Only this person's social worker or a team manager can write this down.")
    if person.died_date is not None:
        raise UnableToJudge(f"{person} has died. There is nothing to decide any more.")


def _check_said(judged: Judged) -> None:
    _check_each(judged, SAID)
    if judged.outcome == CapacityOutcome.HAS:
        if judged.because.strip():
            raise UnableToJudge(
                "What they cannot do because of an impairment, they cannot decide. Leave it empty, or choose the other "
                "answer.",
                field="because",
            )
        return
    _check_each(judged, SAID_OF_LACK)
    if not judged.is_more_than_unwise:
        raise UnableToJudge(
            "An unwise choice is theirs to make. If it is only that, they can decide this themselves.",
            field="is_more_than_unwise",
        )


def _check_each(judged: Judged, asked: Mapping[str, str]) -> None:
    for name, words in asked.items():
        said = getattr(judged, name)
        if not (said.strip() if isinstance(said, str) else said):
            raise UnableToJudge(words, field=name)


def _check_days(person: Person, judged: Judged, before: CapacityRecord | None, *, on: date) -> None:
    if judged.assessed_date > on:
        raise UnableToJudge(
            "That day is still to come. Write it down once you have looked.", field="assessed_date"
        )
    if before is not None and judged.assessed_date < before.assessed_date:
        day = day_words(before.assessed_date)
        raise UnableToJudge(
            f"It was looked at on {day}. Choose that day or a later one.", field="assessed_date"
        )
    if judged.look_again_date is None:
        return
    longest = on + timedelta(days=value_on(council=person.council, code="plan_review_days", on=on))
    if not on < judged.look_again_date <= longest:
        raise UnableToJudge(
            f"Choose a day after today, and no later than {day_words(longest)}, like every review.",
            field="look_again_date",
        )
