"""Whose keys a council has, and what goes along with somebody who moves or came."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.conf import settings

from budgets.queries import budget_on
from budgets.queries.care_account import weekly_on
from budgets.queries.statements import statement_on
from moving.models import CouncilKey, KnownCouncil, Move
from moving.rules.contents import (
    CareAccountMoving,
    Contents,
    CountedMoving,
    LikesMoving,
    NeedMoving,
    PastMoving,
    PersonMoving,
    PlanMoving,
    StreamMoving,
)
from moving.rules.keys import unlock, unlock_key
from moving.rules.pack import outside_of, unseal
from moving.rules.reading import read_contents
from moving.rules.strict_json import read
from people.models import Council, Person, PersonalSettings
from plans.models import Answer, Assessment, AssessmentState, ByWhom, Plan, PlanState, RasKind

DAYS_A_WEEK = 7


def secrets() -> list[str]:
    """Give what private keys and copies are locked with: the first locks, every one unlocks."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def key_of(council: Council) -> CouncilKey | None:
    """Give the key a council signs with now; none where it never made one."""
    keys = CouncilKey.objects.filter(council=council, retired_at__isnull=True)
    return keys.select_related("council").first()


def trusted_by(council: Council) -> list[KnownCouncil]:
    """Give the councils whose keys are entered and checked here, by name."""
    return list(KnownCouncil.objects.trusted().filter(council=council).order_by("name"))


def move_of(person: Person) -> Move | None:
    """Give the move of a person that stands, sent or not."""
    return Move.objects.standing().filter(person=person).select_related("to").first()


def agreed_plan_of(person: Person) -> Plan | None:
    """Give the newest plan of an adult that was agreed."""
    agreed = person.plans.of_adults().filter(state=PlanState.AGREED)
    newest: Plan | None = agreed.order_by("-version").first()
    return newest


def contents_for(move: Move, *, at: datetime) -> Contents:
    """
    Put together what goes along with somebody: what they agreed to, and no more.

    Their care account is as it was metered: up to the day they move, for a pack that is sent (`moving.actions.send`).
    """
    person, plan = move.person, agreed_plan_of(move.person)
    assert plan is not None
    assert plan.agreed_at is not None  # held by `in_the_way`, and by PostgreSQL
    return Contents(
        made_at=at,
        moved_date=move.moved_date,
        agreed_at=move.agreed_at,
        from_name=person.council.name,
        person=PersonMoving(
            ref=person.ref,
            name=person.name,
            birth_date=person.birth_date,
            postcode=person.postcode,
            email=person.user.email if person.user else "",
        ),
        plan=PlanMoving(
            version=plan.version,
            agreed_at=plan.agreed_at,
            outcomes=plan.outcomes,
            professional_words=plan.professional_words,
            contingency=plan.contingency,
            advice=plan.advice,
            involved=plan.involved,
            indicative_weekly_pence=plan.indicative_weekly_pence,
            needs=[_need(need) for need in plan.needs.standing()],
        ),
        streams=list(_streams(person, move.moved_date)),
        history=sorted(_history(move), key=lambda past: past.on),
        care_account=_care_account(person, move.moved_date),
        likes=_likes(person),
    )


def _care_account(person: Person, on: date) -> CareAccountMoving:
    counted = person.care_account.order_by("first_date", "made_at")
    return CareAccountMoving(
        weekly_pence=weekly_on(person=person, on=on),
        counted=[CountedMoving(**_fields(CountedMoving, entry)) for entry in counted],
    )


def _likes(person: Person) -> LikesMoving | None:
    asked = PersonalSettings.objects.filter(person=person).first()
    return LikesMoving(**_fields(LikesMoving, asked)) if asked else None


def _fields(form: type, row: object) -> dict[str, Any]:
    """Give of a row what a form has a place for."""
    return {field.name: getattr(row, field.name) for field in fields(form)}


def _need(need: object) -> NeedMoving:
    return NeedMoving(**_fields(NeedMoving, need))


def _streams(person: Person, on: date) -> Iterator[StreamMoving]:
    """Say what each stream pays: a week as the statement says, else for the whole span of the budget."""
    statement, budget = statement_on(person=person, on=on), budget_on(person=person, on=on)
    if budget is None:
        return
    if statement is not None:
        parts = [
            (part.stream, part.delivery, part.weekly_pence, DAYS_A_WEEK, part.holder)
            for part in statement.parts.all()
        ]
    else:
        span = (budget.end_date - budget.start_date).days
        whole = budget.allocations.select_related("stream").order_by("stream__code")
        parts = [(part.stream, part.delivery, part.annual_pence, span, "") for part in whole]
    for stream, delivery, pence, days, holder in parts:
        yield StreamMoving(
            code=stream.code,
            name=stream.name,
            kind=stream.kind,
            delivery=delivery,
            pence=pence,
            days=days,
            holder=holder,
        )


def _history(move: Move) -> Iterator[PastMoving]:
    if move.with_assessments:
        done = Assessment.objects.filter(
            person=move.person, kind=RasKind.ADULT, state=AssessmentState.FINISHED
        )
        for assessment in done.order_by("started_date"):
            yield PastMoving(
                on=assessment.started_date, title="Assessment of needs", words=_words_of(assessment)
            )
    if move.with_reviews:
        for review in move.person.reviews.order_by("held_date"):
            words = [
                review.get_needs_met_display(),
                review.get_result_display(),
                review.words,
                review.their_words,
            ]
            yield PastMoving(
                on=review.held_date,
                title="Review of the plan",
                words="\n".join(str(one) for one in words if one),
            )


def _words_of(assessment: Assessment) -> str:
    """Write an assessment down: what matters, then each answer under its question, theirs and the professional's."""
    answers = Answer.objects.filter(assessment=assessment).select_related("question", "option")
    lines = [assessment.what_matters] if assessment.what_matters else []
    for answer in answers.order_by("question__position", "by_whom", "pk"):
        whose = "Their own answer" if answer.by_whom == ByWhom.OWN else "The professional’s answer"
        said = "; ".join(part for part in (str(answer.option or ""), answer.words) if part)
        lines.append(f"{answer.question}\n{whose}: {said}")
    return "\n".join(lines)


def copy_of(move: Move) -> Contents:
    """Give what was in the pack that was sent, as the person may read it."""
    version = outside_of(bytes(move.pack or b"")).version
    return read_contents(read(unlock(move.copy_locked, secrets=secrets())), version=version)


def contents_of_arrival(*, pack: bytes, sender: KnownCouncil, key: CouncilKey) -> Contents:
    """
    Open a pack with a council's own key.

    :raises UnableToReadPack: it was changed, or is not from this sender or not for this key.
    :raises UnableToReadContents: what is in it is not in the form that is agreed.
    """
    private = unlock_key(key.locked, secrets=secrets())
    return read_contents(unseal(pack, by=sender.public, with_key=private), version=outside_of(pack).version)


def has_own_assessment(person: Person) -> bool:
    """Tell whether the council has assessed somebody itself."""
    return Assessment.objects.filter(person=person, kind=RasKind.ADULT, finished_at__isnull=False).exists()
