"""How a person's assessments stand, and what the page of how a budget was worked out shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from people.models import Person
from plans.models import (
    Answer,
    Assessment,
    ByWhom,
    Challenge,
    IndicativeBudget,
    IndicativeLine,
    RasQuestion,
)

QUESTIONS_A_PAGE = 5


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One line of an indicative budget as it is shown: with what each side wrote, and its challenges."""

    line: IndicativeLine
    own_words: str
    own_is_recorded: bool
    professional_words: str
    challenges: Sequence[Challenge]

    @property
    def waits(self) -> bool:
        """Whether a challenge of this line has no answer yet."""
        return any(one.answered_at is None for one in self.challenges)


@dataclass(frozen=True, kw_only=True)
class HowWorkedOut:
    """An indicative budget with its lines, those before it, and challenges about all of it."""

    indicative: IndicativeBudget
    lines: Sequence[LineShown]
    whole: Sequence[Challenge]
    earlier: Sequence[IndicativeBudget]


def assessments_of(person: Person) -> list[Assessment]:
    """Give a person's assessments, and those of their carers, the newest first."""
    theirs = Assessment.objects.filter(person=person).select_related("carer", "person")
    return list(theirs.order_by("-started_date", "-pk"))


def asked_in(assessment: Assessment) -> list[RasQuestion]:
    """Give the questions of an assessment in order, each with its options."""
    asked = RasQuestion.objects.filter(version=assessment.version_id).prefetch_related("options")
    return list(asked.order_by("position", "pk"))


def answered_themselves(assessment: Assessment) -> dict[UUID, Answer]:
    """Give the answers that whoever is assessed wrote themselves, by question."""
    own = assessment.answers.filter(by_whom=ByWhom.OWN, recorded_by__isnull=True).select_related("option")
    return {answer.question_id: answer for answer in own}


def how_worked_out(assessment: Assessment) -> HowWorkedOut | None:
    """Give how the current indicative budget of an assessment was worked out; none where there is none."""
    budgets = list(assessment.indicatives.select_related("version").order_by("-number"))
    if not budgets:
        return None
    current = next((one for one in budgets if one.is_current), budgets[0])
    challenges = list(
        Challenge.objects.filter(indicative__assessment=assessment)
        .select_related("answered_by")
        .order_by("made_at", "pk")
    )
    answers = {(one.question_id, one.by_whom): one for one in assessment.answers.all()}
    lines = current.lines.select_related("question", "option", "own_option").order_by("position")
    return HowWorkedOut(
        indicative=current,
        lines=[_shown(line, answers, challenges) for line in lines],
        whole=[one for one in challenges if one.question_id is None],
        earlier=[one for one in budgets if one != current],
    )


def _shown(
    line: IndicativeLine, answers: dict[tuple[UUID, str], Answer], challenges: Sequence[Challenge]
) -> LineShown:
    own = answers.get((line.question_id, ByWhom.OWN))
    theirs = answers.get((line.question_id, ByWhom.PROFESSIONAL))
    return LineShown(
        line=line,
        own_words=own.words if own else "",
        own_is_recorded=bool(own and own.recorded_by_id),
        professional_words=theirs.words if theirs else "",
        challenges=[one for one in challenges if one.question_id == line.question_id],
    )
