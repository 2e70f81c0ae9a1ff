"""Not agreeing with how a budget was worked out, and the answer that is owed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ledger.pennies import in_pounds
from people.actions import tell, tell_user
from people.models import User
from people.queries import Fact, leads
from plans.actions.answers_owed import Answered, UnableToChallenge, check_open, said, write_answer
from plans.actions.assessment.rights import (
    UnableToAssess,
    answering_label,
    is_another_written,
    locked,
    open_again,
)
from plans.actions.assessment.work_out import Basis, Counted, judge, keep_indicative
from plans.actions.assessment.write import OPTION, Place
from plans.actions.edits import Writing, keep_edits
from plans.models import (
    Answer,
    Assessment,
    AssessmentState,
    ByWhom,
    Challenge,
    ChallengeOutcome,
    IndicativeBudget,
    RasOption,
    RasQuestion,
    WhyWorkedOut,
)


@transaction.atomic
def make_challenge(
    *,
    indicative: IndicativeBudget,
    question: RasQuestion | None,
    words: str,
    by: User,
    on: date,
    at: datetime,
) -> Challenge:
    """
    Say that one does not agree with a line of how a budget was worked out, or (no question) with all of it.

    The professional is told, and owes an answer by a day that is policy.

    :raises UnableToChallenge: it is not the current budget, it is not theirs, nothing is said, or the same waits
        for an answer already.
    """
    assessment = locked(indicative.assessment)
    try:
        label = answering_label(by, assessment, on=on)
    except UnableToAssess as refusal:
        raise UnableToChallenge(str(refusal)) from refusal
    indicative = IndicativeBudget.objects.get(pk=indicative.pk)
    _check_may_be_challenged(indicative, question)
    challenge = Challenge.objects.create(
        indicative=indicative,
        question=question,
        **said(council=assessment.person.council, words=words, by=label, on=on, at=at),
    )
    _tell(assessment, "plans_challenge_received", challenge, by=label, at=at)
    lead = assessment.person.lead_professional
    if lead is not None:
        tell_user(
            user=lead,
            council=assessment.person.council,
            kind="plans_challenge_made",
            key=str(challenge.pk),
            at=at,
            by=label,
            about=f"/plans/challenges/{challenge.pk}/",
            person=str(assessment.whom_it_is_of),
            due_date=challenge.due_date,
        )
    return challenge


@transaction.atomic
def answer_challenge(
    *,
    challenge: Challenge,
    outcome: ChallengeOutcome,
    answer: str,
    option: RasOption | None = None,
    by: User,
    on: date,
    at: datetime,
) -> Challenge:
    """
    Answer a challenge, with the reasons. Upheld (or partly), `option` counts from now on.

    The budget is worked out anew with it, and the one that was challenged stays. Where all of it was challenged and
    not one line, an upheld challenge opens the assessment again.

    :raises UnableToChallenge: it is answered already, `by` does not lead the person, no reason is given, another
        assessment is being written, or nothing would change although it is upheld.
    """
    assessment = locked(challenge.indicative.assessment)
    challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge.pk)
    if not leads(by, assessment.person):
        raise UnableToChallenge(_("Only this person’s lead professional can answer."))
    given = Answered(outcome=outcome, words=answer)
    check_open(challenge, given)
    if given.is_upheld and is_another_written(assessment):
        raise UnableToChallenge("Another assessment is being written. Finish that one first, then answer.")
    if given.is_upheld and challenge.question_id is None:
        open_again(assessment, answer, on=on, at=at)
    elif given.is_upheld:
        challenge.led_to = _count_instead(assessment, challenge, option, by=by, on=on, at=at)
    write_answer(challenge, given, by=by, at=at)
    _tell(
        assessment, "plans_challenge_answered", challenge, by=by.label, at=at, **_answer_in_words(challenge)
    )
    return challenge


def basis_of(indicative: IndicativeBudget) -> Basis:
    """Give what an indicative budget was worked out from, so that it can be worked out again with one thing changed."""
    lines = indicative.lines.select_related("question__price", "option", "own_option").order_by("position")
    return Basis(
        counted=[
            Counted(question=line.question, option=line.option, own_option=line.own_option) for line in lines
        ],
        consents=[counted.consent for counted in indicative.unpaid_care.select_related("consent")],
        moderation_pence=indicative.moderation_pence,
        moderation_reason=indicative.moderation_reason,
    )


def _check_may_be_challenged(indicative: IndicativeBudget, question: RasQuestion | None) -> None:
    if not indicative.is_current:
        raise UnableToChallenge(_("Your budget was worked out again since. Look at the new one."))
    if question is not None and not indicative.lines.filter(question=question).exists():
        raise UnableToChallenge(_("That is no line of this budget."))
    if indicative.challenges.waiting().filter(question=question).exists():
        raise UnableToChallenge(_("You have said so already. The answer is on its way."))


def _count_instead(
    assessment: Assessment,
    challenge: Challenge,
    option: RasOption | None,
    *,
    by: User,
    on: date,
    at: datetime,
) -> IndicativeBudget:
    """Count another answer to the challenged question, and work the budget out anew."""
    basis = basis_of(assessment.indicatives.get(is_current=True))
    was = next((one for one in basis.counted if one.question.pk == challenge.question_id), None)
    if was is None or option is None or option.question_id != challenge.question_id or option == was.option:
        raise UnableToChallenge(_("Say which answer counts instead of the one that was challenged."))
    counted = [replace(one, option=option) if one is was else one for one in basis.counted]
    basis = replace(basis, counted=counted)
    was_finished = not assessment.is_written
    if was_finished:
        open_again(assessment, challenge.words, on=on, at=at)
    _write(assessment, option, by=by, at=at)
    assessment.is_eligible = judge(assessment, basis)
    if was_finished:
        assessment.state, assessment.finished_at, assessment.finished_by = AssessmentState.FINISHED, at, by
    assessment.save()
    return keep_indicative(assessment, basis, why=WhyWorkedOut.CHALLENGE, by=by.label, on=on, at=at)


def _write(assessment: Assessment, option: RasOption, *, by: User, at: datetime) -> None:
    """Write the answer that counts from now on into the assessment, as an edit like every other."""
    answer = assessment.answers.get(question=option.question_id, by_whom=ByWhom.PROFESSIONAL)
    field = Place(ByWhom.PROFESSIONAL, OPTION, option.question_id).name
    kept = keep_edits(
        document=assessment.pk,
        number=assessment.edits,
        stands={field: str(answer.option_id or "")},
        writing=Writing(sent={field: str(option.pk)}, seen=assessment.edits),
        by=by,
        at=at,
    )
    assessment.edits, assessment.saved_at = kept.number, at
    Answer.objects.filter(pk=answer.pk).update(option=option, answered_at=at, answered_by=by.label)


def _answer_in_words(challenge: Challenge) -> dict[str, Fact]:
    """Say what became of it; `weekly` and `was` only where the amount a week is another one now."""
    anew, is_upheld = challenge.led_to, challenge.outcome != ChallengeOutcome.NOT_UPHELD
    was = anew.assessment.indicatives.get(number=anew.number - 1).weekly_pence if anew else 0
    is_other = anew is not None and anew.weekly_pence != was
    return {
        "outcome": ChallengeOutcome(challenge.outcome).label,
        "answer": challenge.answer,
        "weekly": in_pounds(anew.weekly_pence) if anew and is_other else "",
        "was": in_pounds(was) if is_other else "",
        "is_same": int(anew is not None and not is_other),
        "is_open_again": int(is_upheld and challenge.question_id is None),
    }


def _tell(
    assessment: Assessment, kind: str, challenge: Challenge, *, by: str, at: datetime, **facts: Fact
) -> None:
    """Tell whoever was assessed, the adult or the carer, of a step of a challenge; it leads to the line itself."""
    person, carer = assessment.person, assessment.carer
    place = f"line-{challenge.question_id}" if challenge.question_id else "all-of-it"
    step: dict[str, Any] = {
        "kind": kind,
        "key": str(challenge.pk),
        "at": at,
        "by": by,
        "about": f"/plans/assessments/{assessment.pk}/how/#{place}",
        "due_date": challenge.due_date,
        "who": str(person.lead_professional or ""),
        **facts,
    }
    if carer is not None:
        tell_user(user=carer, council=person.council, **step)
    else:
        tell(person=person, **step)
