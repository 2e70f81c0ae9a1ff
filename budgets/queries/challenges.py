"""What people do not agree with in what they pay: of one assessment, and what waits for finance's answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from budgets.models import (
    BudgetChange,
    BudgetStatement,
    ContributionChallenge,
    FinancialAssessment,
    Recovery,
    RecoveryState,
    StreamKind,
)
from budgets.models.challenge import ANSWERING
from budgets.queries.working import line_words
from people.models import User

ANSWERED_LATELY = 20
AGREED_WITHIN = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class ChallengeShown:
    """A challenge as it is shown: which line in words (none: all of it), and what came back, in pence."""

    challenge: ContributionChallenge
    line: str
    back_pence: int


@dataclass(frozen=True, kw_only=True)
class ToAnswer:
    """What waits for an answer of finance, and what was answered lately; `late`: how many are past their day."""

    waiting: Sequence[ChallengeShown]
    disputes: Sequence[Recovery]
    answered: Sequence[ChallengeShown]
    late: int


def challenges_of(assessment: FinancialAssessment) -> list[ChallengeShown]:
    """Give what was said against an assessment, the oldest first."""
    found = assessment.challenges.select_related("assessment", "answered_by", "owner", "led_to", "statement")
    return _shown(found.order_by("made_at", "pk"))


def to_answer(*, user: User, on: date) -> ToAnswer:
    """Give what a finance officer or a team manager has to answer, what is owed soonest first."""
    theirs = ContributionChallenge.objects.answered_in(user).select_related(
        "assessment__person", "owner", "answered_by", "statement"
    )
    waiting = _shown(theirs.waiting().order_by("due_date", "made_at"))
    councils = [role.council_id for role in user.roles.all() if role.kind in ANSWERING]
    disputes = Recovery.objects.visible_to(user).filter(
        state=RecoveryState.DISPUTED, person__council__in=councils
    )
    return ToAnswer(
        waiting=waiting,
        disputes=list(disputes.select_related("person").order_by("noticed_date")),
        answered=_shown(theirs.filter(answered_at__isnull=False).order_by("-answered_at")[:ANSWERED_LATELY]),
        late=sum(one.challenge.due_date < on for one in waiting),
    )


def assessed_since(challenge: ContributionChallenge) -> FinancialAssessment | None:
    """Give what was assessed since somebody said that they do not agree, and counts from the earliest day; or none."""
    theirs = challenge.assessment.person.financial_assessments.that_count()
    # Ids come in the order in which rows were written, whatever the day they are for.
    return theirs.filter(pk__gt=challenge.pk).order_by("start_date").first()


def given_back_pence(challenge: ContributionChallenge) -> int:
    """Give what an answer took out of the person's own part of their budget; nothing where that did not shrink."""
    return _given_back([challenge]).get(challenge.pk, 0)


def _shown(found: Iterable[ContributionChallenge]) -> list[ChallengeShown]:
    challenges = list(found)
    back = _given_back(challenges)
    return [
        ChallengeShown(
            challenge=one,
            line=line_words(one.step, one.assessment.allowance) if one.step else "",
            back_pence=back.get(one.pk, 0),
        )
        for one in challenges
    ]


def _given_back(challenges: Sequence[ContributionChallenge]) -> dict[UUID, int]:
    """Give by challenge what its answer took out of the person's own part of their budget, in pence; one query."""
    made = [one.statement.budget_id for one in challenges if one.statement]
    changes = BudgetChange.objects.filter(statement__budget__in=made, allocation__stream__kind=StreamKind.OWN)
    rows = changes.select_related("statement") if made else []
    found = {}
    for one in challenges:
        moved = sum(row.change_pence for row in rows if _came_of(one, row.statement))
        found[one.pk] = max(0, -moved)
    return found


def _came_of(challenge: ContributionChallenge, agreed: BudgetStatement) -> bool:
    """Tell whether a statement was agreed by an answer: its own, or one after it of that budget in the same moment."""
    at, first = challenge.answered_at, challenge.statement
    if at is None or first is None or agreed.agreed_at is None or agreed.budget_id != first.budget_id:
        return False
    return agreed.pk >= first.pk and at <= agreed.agreed_at < at + AGREED_WITHIN
