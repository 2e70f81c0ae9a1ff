"""Who may assess, answer and challenge, and for whom it cannot be done any more."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from people.models import Person, Scope, User
from people.queries import acting_label, acting_refusal, leads, value_on
from people.rules.words import day_words
from plans.models import Assessment, AssessmentState, RasKind

AGAIN_DAYS = "allocation_again_days"


class UnableToAssess(Exception):
    """The assessment is not at that point, somebody else has to act, or it is for nobody who can be assessed here."""


def locked(assessment: Assessment) -> Assessment:
    """Give an assessment as it stands now; nobody else changes it, or anything of its person's, until this ends."""
    Person.objects.select_for_update(no_key=True).get(pk=assessment.person_id)
    whole = Assessment.objects.select_related(
        "person__lead_professional", "person__council", "version", "carer"
    )
    return whole.select_for_update(of=("self",), no_key=True).get(pk=assessment.pk)


def check_leads(by: User, person: Person) -> None:
    """
    See that somebody leads this person's plan.

    :raises UnableToAssess: they do not.
    """
    if not leads(by, person):
        raise UnableToAssess(_("Only this person’s lead professional can do this."))


def check_is_here(person: Person, *, on: date) -> None:
    """
    See that somebody lives, and that this council looks after them on a day.

    :raises UnableToAssess: they have died, or moved away.
    """
    if person.died_date is not None:
        words = _("%(person)s died on %(day)s. Nothing is assessed any more, and nothing written is lost.")
        raise UnableToAssess(words % {"person": person, "day": day_words(person.died_date)})
    if person.moved_date is not None and person.moved_date <= on:
        words = _(
            "%(person)s moved away on %(day)s. Their new council assesses them now. What is written here stays."
        )
        raise UnableToAssess(words % {"person": person, "day": day_words(person.moved_date)})


def check_is_written(assessment: Assessment) -> None:
    """
    See that an assessment is still being written.

    :raises UnableToAssess: it is finished.
    """
    if not assessment.is_written:
        raise UnableToAssess(_("This assessment is finished. Its answers stay as they are."))


def open_again(assessment: Assessment, reason: str, *, on: date, at: datetime) -> None:
    """Open a finished assessment again, with the reason and the day by which it is looked at; policy says how long."""
    if assessment.is_written:
        return
    days = value_on(council=assessment.person.council, code=AGAIN_DAYS, on=on)
    assessment.state, assessment.reopened_at, assessment.reopen_reason = AssessmentState.REOPENED, at, reason
    assessment.again_by_date = on + timedelta(days=days)
    assessment.save()


def is_another_written(assessment: Assessment) -> bool:
    """Tell whether another assessment of the same kind and person is being written: one is at a time."""
    same = Assessment.objects.written().filter(
        person=assessment.person_id, kind=assessment.kind, carer=assessment.carer_id
    )
    return same.exclude(pk=assessment.pk).exists()


def answering_label(by: User, assessment: Assessment, *, on: date) -> str:
    """
    Say under which name somebody answers for themselves, or for the person they help, for the books.

    :raises UnableToAssess: it is not theirs, or their authority does not go so far.
    """
    if assessment.kind == RasKind.CARER:
        if assessment.carer_id != by.pk:
            raise UnableToAssess(_("Only the carer themselves can answer here."))
        return by.label
    label = acting_label(by, assessment.person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToAssess(acting_refusal(by, assessment.person, scope=Scope.AGREE, on=on))
    return label
