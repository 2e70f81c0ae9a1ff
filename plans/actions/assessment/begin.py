"""Beginning an assessment with the first conversation."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from people.actions import tell, tell_user
from people.models import Person, User
from people.rules.words import day_words
from plans.actions.assessment.rights import UnableToAssess, check_is_here, check_leads
from plans.models import Assessment, RasKind
from plans.queries import ras_on


@dataclass(frozen=True, kw_only=True)
class FirstWords:
    """What is talked about first: what matters, and what is asked once and carried over to every later page."""

    what_matters: str = ""
    language: str = ""
    communication: str = ""
    contact: str = ""
    advocacy: str = ""
    capacity_doubt: str = ""


@transaction.atomic
def begin_assessment(
    *, person: Person, first: FirstWords, carer: User | None = None, by: User, on: date, at: datetime
) -> Assessment:
    """
    Begin to assess a person, or (with `carer`) what caring for them does to somebody. They are told, and can answer.

    The questions are those the council has published for that day.

    :raises UnableToAssess: `by` does not lead the person, the person died or moved, one is being written already, or
        the council has published no questions.
    """
    person = (
        Person.objects.select_for_update(no_key=True, of=("self",))
        .select_related("council")
        .get(pk=person.pk)
    )
    check_leads(by, person)
    check_is_here(person, on=on)
    kind = RasKind.CARER if carer else RasKind.ADULT
    if Assessment.objects.written().filter(person=person, kind=kind, carer=carer).exists():
        raise UnableToAssess("An assessment is being written already. Go on with that one.")
    version = ras_on(council=person.council, kind=kind, on=on)
    if version is None:
        raise UnableToAssess(
            f"The council has published no questions for {day_words(on)}. Ask whoever administers it."
        )
    assessment = Assessment.objects.create(
        person=person,
        carer=carer,
        kind=kind,
        version=version,
        started_date=on,
        started_by=by,
        saved_at=at,
        **asdict(first),
    )
    _tell(assessment, by=by, at=at)
    return assessment


def _tell(assessment: Assessment, *, by: User, at: datetime) -> None:
    """Tell whoever is assessed that they can answer in their own words."""
    about, key = f"/plans/assessments/{assessment.pk}/answers/", str(assessment.pk)
    if assessment.carer is not None:
        tell_user(
            user=assessment.carer,
            council=assessment.person.council,
            kind="plans_carer_assessment_begun",
            key=key,
            at=at,
            by=by.label,
            about=about,
            person=str(assessment.person),
            worker=str(by),
        )
        return
    tell(person=assessment.person, kind="plans_assessment_begun", key=key, at=at, by=by.label, about=about)
