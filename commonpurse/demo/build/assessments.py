"""An assessment that came to a budget, was challenged and answered; another that is being written."""

from datetime import date

from commonpurse.demo.shapes import Said
from commonpurse.demo.story import assessments as story
from commonpurse.demo.story.hooyo import HALIMA
from commonpurse.demo.story.newcomers import GEORGE
from commonpurse.demo.town import Town
from people.actions import Care, record_consent
from people.models import User
from plans.actions import Writing
from plans.actions.assessment import (
    Findings,
    FirstWords,
    answer_challenge,
    answer_own,
    begin_assessment,
    finish_assessment,
    make_challenge,
    write_assessment,
)
from plans.actions.assessment.write import OPTION, WORDS, Place
from plans.models import (
    Assessment,
    ByWhom,
    Challenge,
    ChallengeOutcome,
    IndicativeBudget,
    RasQuestion,
)
from plans.queries.assessment import asked_in

FINISHED_AGO, ANSWERED_AGO, SAID_AGO, BEGUN_AGO = 70, 58, 5, 2


def assess(town: Town) -> None:
    """Let Halima be assessed and not agree with two lines, one of which is answered; begin with George."""
    indicative = _work_out(town)
    first = _challenge(town, indicative, story.FIRST_CHALLENGE, ago=FINISHED_AGO - 6)
    assert first.question is not None, "it is about a line"
    answer_challenge(
        challenge=first,
        outcome=ChallengeOutcome.PARTLY,
        answer=story.FIRST_ANSWER,
        option=first.question.options.order_by("position")[story.FIRST_COUNTS],
        by=town.users[HALIMA.lead],
        on=_day(town, ANSWERED_AGO),
        at=town.days.ago(ANSWERED_AGO),
    )
    current = IndicativeBudget.objects.get(assessment=indicative.assessment, is_current=True)
    _challenge(town, current, story.SECOND_CHALLENGE, ago=SAID_AGO)
    begin_assessment(
        person=town.people[GEORGE.ref],
        first=FirstWords(what_matters=story.GEORGE_MATTERS),
        by=town.users[GEORGE.lead],
        on=_day(town, BEGUN_AGO),
        at=town.days.ago(BEGUN_AGO),
    )


def _work_out(town: Town) -> IndicativeBudget:
    """Assess Halima: her words and Priya's side by side, and her niece's care counted as she agreed."""
    person, lead = town.people[HALIMA.ref], town.users[HALIMA.lead]
    on, at = _day(town, FINISHED_AGO), town.days.ago(FINISHED_AGO)
    email, name = story.MARYAM
    consent = record_consent(
        person=person,
        carer_email=email,
        carer_name=name,
        care=Care(
            hours_weekly=story.MARYAM_HOURS,
            what=story.MARYAM_CARES,
            start_date=on,
            evidence="Her signed form, seen at the visit",
        ),
        by=lead,
        at=at,
    )
    assessment = begin_assessment(
        person=person,
        first=FirstWords(
            what_matters=story.MATTERS,
            language=story.LANGUAGE,
            communication=story.COMMUNICATION,
            contact=story.CONTACT,
            advocacy="speaks",
        ),
        by=lead,
        on=on,
        at=at,
    )
    _answer(assessment, ByWhom.OWN, by=town.users[HALIMA.email], on=on, town=town)
    assessment.refresh_from_db()
    _answer(assessment, ByWhom.PROFESSIONAL, by=lead, on=on, town=town)
    findings = Findings(is_from_condition=True, has_impact=True, consents=[consent.pk])
    return finish_assessment(assessment=assessment, findings=findings, by=lead, on=on, at=at)


def _answer(assessment: Assessment, side: ByWhom, *, by: User, on: date, town: Town) -> None:
    """Answer every question as one side does."""
    sent: dict[str, str] = {}
    for question in asked_in(assessment):
        sent |= _said(question, side, story.ANSWERS[question.outcome])
    write = answer_own if side == ByWhom.OWN else write_assessment
    writing = Writing(sent=sent, seen=assessment.edits)
    write(assessment=assessment, writing=writing, by=by, on=on, at=town.days.ago(FINISHED_AGO))


def _said(question: RasQuestion, side: ByWhom, said: Said) -> dict[str, str]:
    place, words = (said.own, said.words) if side == ByWhom.OWN else (said.seen, said.note)
    options = list(question.options.all())
    option = options[min(place, len(options) - 1)]
    return {
        Place(side, OPTION, question.pk).name: str(option.pk),
        Place(side, WORDS, question.pk).name: words,
    }


def _challenge(town: Town, indicative: IndicativeBudget, said: tuple[str, str], *, ago: int) -> Challenge:
    outcome, words = said
    line = indicative.lines.select_related("question").get(question__outcome=outcome)
    return make_challenge(
        indicative=indicative,
        question=line.question,
        words=words,
        by=town.users[HALIMA.email],
        on=_day(town, ago),
        at=town.days.ago(ago),
    )


def _day(town: Town, ago: int) -> date:
    return town.days.ago(ago).date()
