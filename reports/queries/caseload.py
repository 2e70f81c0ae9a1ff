"""Where people's planning stands, and when their plans are looked at again; worked out on reading, never stored."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from commonpurse.asked_often import ask
from people.models import Council, Person
from people.queries import values_on
from plans.models import AssessmentState, PlanState, ReviewReason
from plans.rules.reviews import Called, Clock, Happened, Periods, clocks_of
from reports.queries.rows import sql_of
from reports.rules.next_step import NextStep, Reached, next_step
from sealing.models import opened

SOON = timedelta(days=14)
PERIODS = ("plan_first_review_days", "plan_review_days", "dp_first_review_months", "dp_review_months")


class _Row(NamedTuple):
    """A row of caseload.sql."""

    person: UUID
    newest: UUID | None
    version: int | None
    state: str
    return_reason: str
    submitted_at: datetime | None
    agreed: UUID | None
    agreed_version: int | None
    agreed_at: datetime | None
    plan_says_date: date | None
    first_agreed_at: datetime | None
    assessed: UUID | None
    assessment_state: str
    reviewed_dates: list[date]
    paid_reviewed_dates: list[date]
    called: str  # JSON: lists of day, reason, call and its words, sealed
    paid_directly_from: date | None
    challenge_due_dates: list[date]
    again: str  # JSON: lists of assessment, day, carer and reason, sealed
    mark_review_dates: list[date]
    capacity_again_dates: list[date]
    about_capacity: str  # JSON: lists of challenge and day
    is_eligible: bool
    is_assessed_anew: bool
    is_to_give: bool
    needs_budget: bool
    proposed: UUID | None
    is_priced: bool
    arrival: UUID | None
    moves_to: str
    moves_date: date | None


@dataclass(frozen=True, kw_only=True)
class Again:
    """An assessment that is open again: by when it is looked at, why, and of which carer (none: the adult's own)."""

    assessment: UUID
    by_date: date
    carer: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Owed:
    """An answer that is owed about what was written of somebody's capacity: to which challenge, and by when."""

    challenge: UUID
    due_date: date


@dataclass(frozen=True, kw_only=True)
class Standing:
    """
    How one person's planning stands on a day.

    `clocks`: every review that is due, the most pressing first. `challenge_due_dates`: by when they are owed an answer
    to what they did not agree with. `again`: assessments to be looked at again. `mark_review_dates`: by when it is
    looked at again that their money is kept from somebody (for their professional alone). `newest_plan`, `agreed_plan`
    and `assessment` (the newest of the person's own) are ids; none: there is none. `is_gone`: another council
    looks after them by now; `arrival` how they came from one (none: they did not); `moves_to` and
    `moves_date` the move they agreed to, which is not sent yet. `next_step` is what their lead professional does next.
    """

    person: Person
    is_gone: bool
    newest_plan: UUID | None
    version: int | None
    newest_state: str
    return_reason: str
    submitted_at: datetime | None
    agreed_plan: UUID | None
    agreed_version: int | None
    agreed_at: datetime | None
    assessment: UUID | None
    assessment_state: str
    clocks: Sequence[Clock]
    paid_directly_from: date | None
    challenge_due_dates: Sequence[date]
    again: Sequence[Again]
    mark_review_dates: Sequence[date]
    about_capacity: Sequence[Owed]
    arrival: UUID | None
    moves_to: str
    moves_date: date | None
    next_step: NextStep | None

    @property
    def shown_plan(self) -> UUID | None:
        """The plan to read: the one that holds, else the one that is on its way."""
        return self.agreed_plan or self.newest_plan

    @property
    def state_words(self) -> str:
        """How far the newest version of the plan has come, in the language in use."""
        return str(PlanState(self.newest_state).label) if self.newest_state else ""

    @property
    def is_sent_back(self) -> bool:
        """Whether the newest version came back to be changed."""
        return self.newest_state == PlanState.RETURNED

    @property
    def is_on_its_way(self) -> bool:
        """Whether the newest version is not agreed yet."""
        return self.newest_plan is not None and self.newest_plan != self.agreed_plan

    @property
    def may_answer(self) -> bool:
        """Whether their assessment is being written, so that they can still answer in it."""
        return self.assessment is not None and self.assessment_state != AssessmentState.FINISHED

    @property
    def may_assess_anew(self) -> bool:
        """Whether they were assessed before, or have a plan, and nobody is assessing them now."""
        return bool(self.assessment or self.agreed_plan) and not self.may_answer

    @property
    def is_worked_out(self) -> bool:
        """Whether their assessment has come to a budget."""
        return self.assessment is not None and self.assessment_state != AssessmentState.OPEN

    def review_soon(self, on: date) -> Clock | None:
        """Give the review that is due by two weeks from a day on, or late; none: there is time."""
        return next((clock for clock in self.clocks if clock.due_date <= on + SOON), None)


def standing_of(*, person: Person, on: date) -> Standing:
    """Give how one person's planning stands on a day; two queries."""
    return standings(people=[person], on=on)[0]


def standings(*, people: Sequence[Person], on: date) -> list[Standing]:
    """
    Give how each person's planning stands on a day, in the order given; one query, and one for the policy of a council.

    :raises UnableToKnowPolicy: a council has a gap in the periods of reviews on that day.
    """
    found = (
        ask(sql_of("caseload.sql"), {"people": [person.pk for person in people], "on": on}) if people else []
    )
    rows = {row[0]: _Row(*row) for row in found}
    periods = {council: _periods(council, on) for council in {person.council for person in people}}
    return [_standing(person, rows[person.pk], periods[person.council], on) for person in people]


def clocks_on(*, person: Person, on: date) -> Sequence[Clock]:
    """Give one person's clocks of reviews on a day, the most pressing first; two queries."""
    return standing_of(person=person, on=on).clocks


def _periods(council: Council, on: date) -> Periods:
    values = values_on(council=council, codes=PERIODS, on=on)
    return Periods(
        first_days=values["plan_first_review_days"],
        yearly_days=values["plan_review_days"],
        paid_first_months=values["dp_first_review_months"],
        paid_months=values["dp_review_months"],
    )


def _standing(person: Person, row: _Row, periods: Periods, on: date) -> Standing:
    is_gone = person.moved_date is not None and person.moved_date <= on  # another council's clocks run
    happened = Happened(
        agreed_date=timezone.localdate(row.first_agreed_at) if row.first_agreed_at else None,
        reviewed_dates=row.reviewed_dates,
        paid_directly_from=row.paid_directly_from,
        paid_reviewed_dates=row.paid_reviewed_dates,
        plan_says_date=row.plan_says_date,
        capacity_again_dates=row.capacity_again_dates,
        called=[
            Called(on=date.fromisoformat(day), why=_why(ReviewReason(reason), UUID(pk), words))
            for day, reason, pk, words in json.loads(row.called)
        ],
    )
    return Standing(
        person=person,
        is_gone=is_gone,
        newest_plan=row.newest,
        version=row.version,
        newest_state=row.state,
        return_reason=_return_reason(row),
        submitted_at=row.submitted_at,
        agreed_plan=row.agreed,
        agreed_version=row.agreed_version,
        agreed_at=row.agreed_at,
        assessment=row.assessed,
        assessment_state=row.assessment_state,
        clocks=[] if person.died_date or is_gone else clocks_of(happened, periods),
        paid_directly_from=row.paid_directly_from,
        challenge_due_dates=row.challenge_due_dates,
        again=[
            Again(
                assessment=UUID(pk),
                by_date=date.fromisoformat(by),
                carer=carer,
                why=opened(why, column="plans_assessment.reopen_reason", row=UUID(pk)),
            )
            for pk, by, carer, why in json.loads(row.again)
        ],
        mark_review_dates=row.mark_review_dates,
        about_capacity=[
            Owed(challenge=UUID(pk), due_date=date.fromisoformat(due))
            for pk, due in json.loads(row.about_capacity)
        ],
        arrival=row.arrival,
        moves_to=row.moves_to,
        moves_date=row.moves_date,
        next_step=None if person.died_date or is_gone else next_step(_reached(person, row)),
    )


def _why(reason: ReviewReason, call: UUID, kept: str) -> str:
    return f"{reason.label}: {opened(kept, column='plans_reviewcall.words', row=call)}"


def _return_reason(row: _Row) -> str:
    return opened(row.return_reason, column="plans_plan.return_reason", row=row.newest) if row.newest else ""


def _reached(person: Person, row: _Row) -> Reached:
    is_finished = row.assessment_state == AssessmentState.FINISHED
    return Reached(
        person=person.pk,
        writing=None if is_finished else row.assessed,
        assessed=row.assessed if is_finished else None,
        is_eligible=row.is_eligible,
        newest=row.newest,
        newest_state=row.state,
        agreed=row.agreed,
        is_assessed_anew=row.is_assessed_anew,
        is_to_give=row.is_to_give,
        needs_budget=row.needs_budget,
        proposed=row.proposed,
        is_priced=row.is_priced,
    )
