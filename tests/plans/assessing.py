"""Assessments for tests: begun, answered, finished; and carers' consents."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from people.models import CarerConsent, Person, User
from plans.actions import Writing
from plans.actions.assessment import (
    Findings,
    FirstWords,
    begin_assessment,
    finish_assessment,
    make_challenge,
    write_assessment,
)
from plans.actions.assessment.write import OPTION, Place
from plans.models import (
    Answer,
    Assessment,
    ByWhom,
    Challenge,
    IndicativeBudget,
    RasOption,
    RasQuestion,
)
from tests.people.makers import make_council, make_person, make_social_worker, make_user
from tests.plans.asking import make_ras

ON = date(2026, 5, 4)
NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
FIRST = FirstWords(what_matters="My garden", language="Somali", advocacy="speaks")


def make_led(*, unpaid_hour_pence: int = 0, unpaid_most_percent: int = 50) -> Person:
    """Somebody with a login and a lead professional, in a council that has published its questions."""
    council = make_council()
    make_ras(council=council, unpaid_hour_pence=unpaid_hour_pence, unpaid_most_percent=unpaid_most_percent)
    return make_person(council=council, user=make_user(), lead=make_social_worker(council=council))


def lead_of(person: Person) -> User:
    """Whoever leads somebody's plan."""
    assert person.lead_professional is not None
    return person.lead_professional


def user_of(person: Person) -> User:
    """Somebody, as they sign in."""
    assert person.user is not None
    return person.user


def make_assessment(*, person: Person, carer: User | None = None, on: date = ON) -> Assessment:
    """An assessment that was begun, with nothing answered."""
    return begin_assessment(person=person, first=FIRST, carer=carer, by=lead_of(person), on=on, at=NINE)


def options_of(assessment: Assessment) -> list[list[RasOption]]:
    """What can be answered, question by question: each with its options in order of their points."""
    asked = RasQuestion.objects.filter(version=assessment.version).order_by("position")
    return [list(question.options.order_by("points")) for question in asked]


def answer(assessment: Assessment, *places: int, by_whom: ByWhom = ByWhom.PROFESSIONAL) -> None:
    """Answer the questions in order, each with the option at that place (0 has the fewest points)."""
    chosen = [options[place] for options, place in zip(options_of(assessment), places, strict=True)]
    if by_whom == ByWhom.OWN:
        Answer.objects.bulk_create(
            Answer(
                assessment=assessment,
                question=option.question,
                by_whom=by_whom,
                option=option,
                answered_at=NINE,
                answered_by="system:tests",
            )
            for option in chosen
        )
        return
    assessment.refresh_from_db()
    write_assessment(
        assessment=assessment,
        writing=Writing(
            sent={Place(by_whom, OPTION, option.question_id).name: str(option.pk) for option in chosen},
            seen=assessment.edits,
        ),
        by=lead_of(assessment.person),
        on=ON,
        at=NINE,
    )


def finish(
    assessment: Assessment,
    *,
    on: date = ON,
    consents: Sequence[UUID] = (),
    moved: int = 0,
    reason: str = "",
    is_from_condition: bool = True,
    has_impact: bool = True,
) -> IndicativeBudget:
    """Finish an assessment with what was found."""
    findings = Findings(
        is_from_condition=is_from_condition,
        has_impact=has_impact,
        consents=consents,
        moderation_pence=moved,
        moderation_reason=reason,
    )
    return finish_assessment(
        assessment=assessment, findings=findings, by=lead_of(assessment.person), on=on, at=NINE
    )


def make_indicative(
    *, person: Person, places: tuple[int, ...] = (2, 2), consents: Sequence[CarerConsent] = ()
) -> IndicativeBudget:
    """What a finished assessment comes to; by default 40 points, which are 520 pounds a week."""
    assessment = make_assessment(person=person)
    answer(assessment, *places)
    return finish(assessment, consents=[consent.pk for consent in consents])


def make_consent(
    *,
    person: Person,
    carer: User | None = None,
    hours: int = 10,
    start_date: date = date(2026, 4, 1),
    end_date: date | None = None,
) -> CarerConsent:
    """A carer agreed that so many hours a week of their care are counted."""
    return CarerConsent.objects.create(
        person=person,
        carer=carer or make_user(name="Maryam Yusuf"),
        hours_weekly=hours,
        what="Cooking and nights",
        start_date=start_date,
        end_date=end_date,
        evidence="Their own word",
        given_by="system:tests",
    )


def challenge_line(
    indicative: IndicativeBudget, *, place: int = 0, words: str = "I fall more often"
) -> Challenge:
    """The person does not agree with one line."""
    person = indicative.assessment.person
    line = indicative.lines.order_by("position")[place]
    return make_challenge(
        indicative=indicative, question=line.question, words=words, by=user_of(person), on=ON, at=NINE
    )
