"""Finishing an assessment: are the needs eligible, and what do they come to?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ledger.pennies import in_pounds
from people.actions import tell, tell_user
from people.models import CarerConsent, User
from people.rules.words import day_words
from plans.actions.assessment.rights import (
    UnableToAssess,
    check_is_here,
    check_is_written,
    check_leads,
    locked,
)
from plans.actions.assessment.work_out import Basis, Counted, check_moderation, judge, keep_indicative
from plans.actions.plan.draft import take_on
from plans.models import (
    Answer,
    Assessment,
    AssessmentState,
    ByWhom,
    IndicativeBudget,
    RasKind,
    RasQuestion,
    RasVersion,
    WhyWorkedOut,
)
from plans.queries import consents_for, ras_on, scheme_of


@dataclass(frozen=True, kw_only=True)
class Findings:
    """
    What the professional finds in the end.

    `consents`: which consents of carers they count, of those they were shown. `moderation_pence`: by how much a week
    they move the amount, above or below zero, and why.
    """

    is_from_condition: bool
    has_impact: bool
    consents: Collection[UUID] = ()
    moderation_pence: int = 0
    moderation_reason: str = ""


@transaction.atomic
def finish_assessment(
    *, assessment: Assessment, findings: Findings, by: User, on: date, at: datetime
) -> IndicativeBudget:
    """
    Finish an assessment: say whether the needs are eligible, work out the indicative budget, and tell the person.

    It is worked out by the version of the questions that holds on this day.

    :raises UnableToAssess: it is finished already or not whole yet, other questions hold by now, a consent was taken
        back meanwhile, the amount is moved too far, `by` does not lead the person, or the person died or moved.
    """
    assessment = locked(assessment)
    check_leads(by, assessment.person)
    check_is_here(assessment.person, on=on)
    check_is_written(assessment)
    _check_version(assessment, on=on)
    if not assessment.advocacy:
        raise UnableToAssess("Say first whether somebody should help them take part.")
    basis = Basis(
        counted=counted_in(assessment),
        consents=_consents(assessment, findings.consents, on=on),
        moderation_pence=findings.moderation_pence,
        moderation_reason=findings.moderation_reason,
    )
    assessment.is_from_condition, assessment.has_impact = findings.is_from_condition, findings.has_impact
    assessment.is_eligible = judge(assessment, basis)
    if assessment.is_eligible:
        check_moderation(scheme_of(assessment.version), basis)
    assessment.state, assessment.finished_at, assessment.finished_by = AssessmentState.FINISHED, at, by
    assessment.save()
    indicative = keep_indicative(assessment, basis, why=WhyWorkedOut.FINISHED, by=by.label, on=on, at=at)
    take_on(assessment)
    _tell(assessment, indicative, by=by, at=at)
    return indicative


@transaction.atomic
def renew_questions(*, assessment: Assessment, by: User, on: date, at: datetime) -> Assessment:
    """
    Take an assessment on to the questions that hold now; every answer to a question that is asked still comes along.

    :raises UnableToAssess: it is finished, or `by` does not lead the person.
    """
    assessment = locked(assessment)
    check_leads(by, assessment.person)
    check_is_written(assessment)
    version = ras_on(council=assessment.person.council, kind=assessment.kind, on=on)
    if version is None or version == assessment.version:
        return assessment
    _carry_over(assessment, version)
    assessment.version, assessment.saved_at = version, at
    assessment.save(update_fields=["version", "saved_at"])
    return assessment


def counted_in(assessment: Assessment) -> list[Counted]:
    """
    Give the professional's answer to every question, beside the person's own.

    :raises UnableToAssess: a question has none yet.
    """
    questions = list(RasQuestion.objects.filter(version=assessment.version_id).select_related("price"))
    answers = {
        (answer.question_id, answer.by_whom): answer.option
        for answer in assessment.answers.select_related("option")
    }
    counted = []
    for question in questions:
        option = answers.get((question.pk, ByWhom.PROFESSIONAL))
        if option is not None:
            own = answers.get((question.pk, ByWhom.OWN))
            counted.append(Counted(question=question, option=option, own_option=own))
    missing = len(questions) - len(counted)
    if missing:
        questions_have = "question has" if missing == 1 else "questions have"
        raise UnableToAssess(f"{missing} {questions_have} no answer of yours yet.")
    return counted


def _check_version(assessment: Assessment, *, on: date) -> None:
    version = ras_on(council=assessment.person.council, kind=assessment.kind, on=on)
    if version is not None and version != assessment.version:
        assert version.effective_date is not None, "a published version says from when it holds"
        raise UnableToAssess(
            f"The council asks other questions since {day_words(version.effective_date)}. Take this on to them: your "
            "answers come along."
        )


def _consents(assessment: Assessment, chosen: Collection[UUID], *, on: date) -> Sequence[CarerConsent]:
    """Give the chosen consents, each of which still has to hold: the carer may have taken it back meanwhile."""
    if assessment.kind == RasKind.CARER or not chosen:
        return []
    held = {consent.pk: consent for consent in consents_for(person=assessment.person, on=on)}
    gone = CarerConsent.objects.filter(pk__in=set(chosen) - held.keys()).select_related("carer").first()
    if gone is not None or set(chosen) - held.keys():
        carer = gone.carer if gone else "A carer"
        raise UnableToAssess(
            f"{carer} took back their consent meanwhile. Their care is not counted. Look at this again."
        )
    return [held[one] for one in held if one in set(chosen)]


def _carry_over(assessment: Assessment, version: RasVersion) -> None:
    questions = {question.origin: question for question in version.questions.prefetch_related("options")}
    for answer in assessment.answers.select_related("question", "option"):
        question = questions.get(answer.question.origin)
        if question is None:
            continue
        options = {option.origin: option for option in question.options.all()}
        Answer.objects.get_or_create(
            assessment=assessment,
            question=question,
            by_whom=answer.by_whom,
            defaults={
                "option": options.get(answer.option.origin) if answer.option else None,
                "words": answer.words,
                "recorded_by": answer.recorded_by,
                "answered_at": answer.answered_at,
                "answered_by": answer.answered_by,
            },
        )


def _tell(assessment: Assessment, indicative: IndicativeBudget, *, by: User, at: datetime) -> None:
    """Tell whoever was assessed what it comes to, and that they can say no to it."""
    weekly = in_pounds(indicative.weekly_pence) if assessment.is_eligible else ""
    about, key = f"/plans/assessments/{assessment.pk}/how/", str(indicative.pk)
    if assessment.carer is not None:
        tell_user(
            user=assessment.carer,
            council=assessment.person.council,
            kind="plans_carer_worked_out",
            key=key,
            at=at,
            by=by.label,
            about=about,
            weekly=weekly,
            worker=str(by),
        )
        return
    tell(
        person=assessment.person,
        kind="plans_worked_out",
        key=key,
        at=at,
        by=by.label,
        about=about,
        weekly=weekly,
    )
