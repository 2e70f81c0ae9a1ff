"""How a person's assessments stand, and what the page of how a budget was worked out shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from people.models import Council, Person
from people.queries import value_on
from plans.models import (
    Answer,
    Assessment,
    ByWhom,
    Challenge,
    IndicativeBudget,
    IndicativeLine,
    Plan,
    PlanKind,
    PlanState,
    RasMethod,
    RasQuestion,
)

QUESTIONS_A_PAGE = 5
ANSWER_DAYS = "challenge_answer_days"


@dataclass(frozen=True, kw_only=True)
class ChallengeShown:
    """
    A challenge as it is shown, and what it changed.

    Units: pence a week, before and after; none where nothing was worked out anew.
    """

    challenge: Challenge
    was_pence: int | None
    now_pence: int | None


@dataclass(frozen=True, kw_only=True)
class BandShown:
    """The band that the points found: from so many up to so many, both included (none: and more); pence a week."""

    from_points: int
    to_points: int | None
    weekly_pence: int


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One line of an indicative budget as it is shown: with what each side wrote, and its challenges."""

    line: IndicativeLine
    own_words: str
    own_is_recorded: bool
    professional_words: str
    challenges: Sequence[ChallengeShown]

    @property
    def waits(self) -> bool:
        """Whether a challenge of this line has no answer yet."""
        return any(one.challenge.answered_at is None for one in self.challenges)


@dataclass(frozen=True, kw_only=True)
class HowWorkedOut:
    """
    An indicative budget with its lines, those before it, and challenges: all of them, and those about all of it.

    `band`: the one the points found; none with a price book, or where needs are not eligible.
    """

    indicative: IndicativeBudget
    lines: Sequence[LineShown]
    challenges: Sequence[ChallengeShown]
    earlier: Sequence[IndicativeBudget]
    band: BandShown | None

    @property
    def whole(self) -> Sequence[ChallengeShown]:
        """The challenges about all of it."""
        return [one for one in self.challenges if one.challenge.question_id is None]


def assessments_of(person: Person) -> list[Assessment]:
    """Give a person's assessments, and those of their carers, the newest first."""
    theirs = Assessment.objects.filter(person=person).select_related("carer", "person")
    return list(theirs.order_by("-started_date", "-pk"))


def answer_owed_by(*, council: Council, on: date) -> date:
    """Give the day by which an answer is owed to what is said on a day, as the council's policy says."""
    return on + timedelta(days=value_on(council=council, code=ANSWER_DAYS, on=on))


def agreed_plan_of(assessment: Assessment) -> Plan | None:
    """Give the newest agreed plan of whoever was assessed; none where there is none yet."""
    theirs = Plan.objects.filter(person=assessment.person_id, state=PlanState.AGREED)
    kind = PlanKind.CARER if assessment.carer_id else PlanKind.ADULT
    return theirs.filter(kind=kind, carer=assessment.carer_id).order_by("-version").first()


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
    found = Challenge.objects.filter(indicative__assessment=assessment).select_related(
        "answered_by", "question"
    )
    weekly = {one.number: one.weekly_pence for one in budgets}
    led_to = {one.pk: one.number for one in budgets}
    challenges = [
        _challenge(one, number=led_to.get(one.led_to_id) if one.led_to_id else None, weekly=weekly)
        for one in found.order_by("made_at", "pk")
    ]
    answers = {(one.question_id, one.by_whom): one for one in assessment.answers.all()}
    lines = current.lines.select_related("question", "option", "own_option").order_by("position")
    return HowWorkedOut(
        indicative=current,
        lines=[_shown(line, answers, challenges) for line in lines],
        challenges=challenges,
        earlier=[one for one in budgets if one != current],
        band=_band(current) if assessment.is_eligible else None,
    )


def _challenge(challenge: Challenge, *, number: int | None, weekly: dict[int, int]) -> ChallengeShown:
    """Say what a challenge changed: the budget it led to, by its number, beside the one before that."""
    return ChallengeShown(
        challenge=challenge,
        was_pence=weekly.get(number - 1) if number else None,
        now_pence=weekly.get(number) if number else None,
    )


def _band(budget: IndicativeBudget) -> BandShown | None:
    if budget.version.method != RasMethod.BANDS:
        return None
    bands = list(budget.version.bands.all())  # in the order of their points
    reached = [place for place, band in enumerate(bands) if band.from_points <= budget.points]
    if not reached:
        return None
    found, after = bands[reached[-1]], bands[reached[-1] + 1 : reached[-1] + 2]
    return BandShown(
        from_points=found.from_points,
        to_points=after[0].from_points - 1 if after else None,
        weekly_pence=found.weekly_pence,
    )


def _shown(
    line: IndicativeLine, answers: dict[tuple[UUID, str], Answer], challenges: Sequence[ChallengeShown]
) -> LineShown:
    own = answers.get((line.question_id, ByWhom.OWN))
    theirs = answers.get((line.question_id, ByWhom.PROFESSIONAL))
    return LineShown(
        line=line,
        own_words=own.words if own else "",
        own_is_recorded=bool(own and own.recorded_by_id),
        professional_words=theirs.words if theirs else "",
        challenges=[one for one in challenges if one.challenge.question_id == line.question_id],
    )
