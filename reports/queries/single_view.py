"""The single view of a person: all that stands about their care, put together from every app, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from budgets.queries.streams import BudgetInStreams, streams_on
from clusters.models import Membership
from clusters.models.membership import IN_THE_POOL
from commonpurse.asked_often import ask
from people.models import Authority, Person, User
from people.queries import helpers_of
from plans.models import WAITING, AssessmentState, PlanState
from reports.queries.caseload import Standing, standing_of
from reports.queries.my_clusters import HISTORY, memberships_of
from reports.queries.rows import sql_of
from reports.queries.what_waits import WhatWaits, what_waits
from reports.rules.coming import Coming, Step, in_order
from sealing.models import opened

ONE_DAY = timedelta(days=1)
AS_IT_IS = (
    *(Coming.CHALLENGE, Coming.PAYING, Coming.QUESTION, Coming.ASKED_BACK),
    *(Coming.PROPOSAL, Coming.MOVE, Coming.AGAIN),
)


class _Row(NamedTuple):
    """A row of single_view.sql."""

    kind: str
    pk: UUID
    day: date | None
    state: str
    words: str
    pence: int | None
    moment: datetime | None
    sealed_column: str
    sealed_row: UUID | None


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One assessment of the person: begun and finished when, and what it comes to in pence a week (none: not yet)."""

    pk: UUID
    started_date: date
    finished_at: datetime | None
    is_written: bool
    weekly_pence: int | None


@dataclass(frozen=True, kw_only=True)
class Talking:
    """How to talk with the person, as they said it once: which language, what helps, and how and when to reach them."""

    language: str = ""
    communication: str = ""
    contact: str = ""

    @property
    def is_known(self) -> bool:
        """Whether they were asked already."""
        return bool(self.language or self.communication or self.contact)


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Somebody to turn to while no lead professional is named: their name, and the address to write to."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class CameFrom:
    """The council that looked after the person before, and since when this one does."""

    pk: UUID
    council: str
    moved_date: date


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What another council keeps of the same person, who moved away from it on a day (none: not that we know of)."""

    pk: UUID
    council: str
    moved_date: date | None


@dataclass(frozen=True, kw_only=True)
class SingleView:
    """
    All that stands about one person's care on a day.

    `clusters`: each membership, and whether their money stands in that pool. `stand_in`: whom to turn to while nobody
    leads them. `elsewhere`: what they have with other councils. `moved_to`: the council that looks after them by now.
    """

    standing: Standing
    budget: BudgetInStreams | None
    clusters: Sequence[tuple[Membership, bool]]
    helpers: Sequence[Authority]
    assessments: Sequence[Assessed]
    talking: Talking
    stand_in: StandIn | None
    came_from: CameFrom | None
    elsewhere: Sequence[Elsewhere]
    moved_to: str
    coming: Sequence[Step]

    @property
    def is_new(self) -> bool:
        """Whether nothing has begun yet: no assessment, no plan, no budget."""
        return not (self.assessments or self.standing.newest_plan or self.budget)


def single_view(*, person: Person, reader: User | None, at: datetime) -> SingleView:
    """
    Give the single view of a person: eight queries, however much there is.

    `reader`: the person, or who acts for them: what waits for them is shown too. None: somebody else looks, and it is
    not theirs to see what others ask of the person in clusters and letters; seven queries.
    """
    on = timezone.localdate(at)
    rows = [_open(_Row(*row)) for row in ask(sql_of("single_view.sql"), {"person": person.pk, "on": on})]
    by_kind = {row.kind: row for row in rows}  # of what there is only one
    standing = standing_of(person=person, on=on)
    budget = streams_on(person=person, on=on)
    waits = what_waits(person=person, reader=reader, at=at) if reader else None
    steps = [*_of_rows(rows, standing), *_of_plan(standing), *_of_budget(budget, rows), *_of_waits(waits)]
    return SingleView(
        standing=standing,
        budget=budget,
        clusters=[
            (one, one.state in IN_THE_POOL) for one in memberships_of(person) if one.state not in HISTORY
        ],
        helpers=helpers_of(person, on=on),
        assessments=[_assessed(row) for row in rows if row.kind == "assessment"],
        talking=Talking(**{row.kind: row.words for row in rows if row.kind in Talking.__annotations__}),
        stand_in=_stand_in(by_kind.get("manager")),
        came_from=_came_from(by_kind.get("arrival")),
        elsewhere=[
            Elsewhere(pk=row.pk, council=row.words, moved_date=row.day)
            for row in rows
            if row.kind == "elsewhere"
        ],
        moved_to=by_kind[Coming.MOVE].words if standing.is_gone and Coming.MOVE in by_kind else "",
        coming=in_order(steps),
    )


def _open(row: _Row) -> _Row:
    """Open the words of a row that came sealed."""
    if row.sealed_row is None:
        return row
    return row._replace(words=opened(row.words, column=row.sealed_column, row=row.sealed_row))


def _stand_in(row: _Row | None) -> StandIn | None:
    return StandIn(name=row.state, email=row.words) if row else None


def _came_from(row: _Row | None) -> CameFrom | None:
    return CameFrom(pk=row.pk, council=row.words, moved_date=row.day) if row and row.day else None


def _assessed(row: _Row) -> Assessed:
    assert row.day is not None, "an assessment begins on a day"
    return Assessed(
        pk=row.pk,
        started_date=row.day,
        finished_at=row.moment,
        is_written=row.state != AssessmentState.FINISHED,
        weekly_pence=row.pence,
    )


def _of_rows(rows: Sequence[_Row], standing: Standing) -> Iterator[Step]:
    """Give what waits for an answer or for its day, as it was found; who has moved already is not about to."""
    for row in rows:
        if row.kind in AS_IT_IS and not (row.kind == Coming.MOVE and standing.is_gone):
            yield Step(
                kind=Coming(row.kind),
                pk=row.pk,
                day=row.day,
                since=row.moment,
                state=row.state,
                words=row.words,
                pence=row.pence,
            )


def _of_plan(standing: Standing) -> Iterator[Step]:
    """Give what comes of the assessment, the plan and its reviews."""
    if standing.person.died_date or standing.is_gone:
        return
    if standing.may_answer:
        yield Step(kind=Coming.ANSWERS, pk=standing.assessment)
    if standing.is_sent_back:
        yield Step(kind=Coming.RETURNED, pk=standing.newest_plan, words=standing.return_reason)
    elif standing.newest_state == PlanState.DRAFT:
        yield Step(kind=Coming.DRAFT, pk=standing.newest_plan)
    elif standing.newest_state in WAITING:
        yield Step(
            kind=Coming.PLAN_WAITS,
            pk=standing.newest_plan,
            since=standing.submitted_at,
            state=standing.newest_state,
        )
    days = {clock.due_date: clock for clock in reversed(standing.clocks)}  # of one day, the most pressing
    for clock in days.values():
        yield Step(kind=Coming.REVIEW, day=clock.due_date, state=clock.kind, words=clock.why)


def _of_budget(budget: BudgetInStreams | None, rows: Sequence[_Row]) -> Iterator[Step]:
    """Give until when there is money (`state` says whether the next budget follows at once), or when it begins."""
    later = min((row.day for row in rows if row.kind == "later_budget" and row.day), default=None)
    if budget is not None:
        state = "follows" if later == budget.budget.end_date else ""
        yield Step(kind=Coming.ENDS, day=budget.last_date, state=state)
    elif later is not None:
        yield Step(kind=Coming.BEGINS, day=later)


def _of_waits(waits: WhatWaits | None) -> Iterator[Step]:
    """Give what waits for the person in their clusters, and their letters."""
    if waits is None:
        return
    for kind, found in (
        (Coming.VOTE, waits.votes),
        (Coming.ASKING, waits.asking),
        (Coming.SIGN, waits.to_sign),
    ):
        for wait in found:
            until = timezone.localdate(wait.moment) if wait.moment and kind == Coming.VOTE else None
            yield Step(
                kind=kind, pk=wait.pk, day=until, since=wait.moment, words=wait.words, more=wait.cluster
            )
    if waits.letters:
        yield Step(kind=Coming.LETTERS, words=waits.letters[-1].words, state=str(len(waits.letters)))
