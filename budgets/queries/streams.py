"""Every stream of a person's budget as they read it: its rules, how it is held, what it is in all, a week, and left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budgets.models import PAID_DIRECTLY, Allocation, Budget, StatementPart
from budgets.queries.left import allocations_on
from budgets.queries.statements import counting_on
from budgets.rules.direct import Span, even_pence
from budgets.rules.streams import StreamRules, easy_holding_words, holding_words
from commonpurse.asked_often import AskedOften
from people.models import Person

A_WEEK = timedelta(days=6)


@dataclass(frozen=True, kw_only=True)
class StreamOfBudget:
    """
    One stream of a budget on a day, in pence.

    `annual_pence` is for all of the budget's days, `weekly_pence` each week: as the agreed statement says, or spread
    evenly where nobody has written one (`is_spread`). `left_pence` is what stands in the budget: neither spent nor put
    anywhere.
    """

    name: str
    rules: StreamRules
    held: str
    easy_held: str
    is_paid_directly: bool
    annual_pence: int
    weekly_pence: int
    is_spread: bool
    left_pence: int


@dataclass(frozen=True, kw_only=True)
class BudgetInStreams:
    """A budget that covers a day, stream by stream, in order of their codes."""

    budget: Budget
    streams: Sequence[StreamOfBudget]

    @property
    def last_date(self) -> date:
        """The last day the budget is for."""
        return self.budget.end_date - timedelta(days=1)

    @property
    def annual_pence(self) -> int:
        """All streams together, for all of the budget's days."""
        return sum(stream.annual_pence for stream in self.streams)

    @property
    def weekly_pence(self) -> int:
        """All streams together, each week."""
        return sum(stream.weekly_pence for stream in self.streams)

    @property
    def left_pence(self) -> int:
        """What is left of all streams together."""
        return sum(stream.left_pence for stream in self.streams)


def _parts(person: UUID, on: date) -> QuerySet[StatementPart]:
    return StatementPart.objects.filter(statement__in=counting_on(person, on).values("pk")[:1])


PARTS = AskedOften(_parts, person="uuid", on="date")


def streams_on(*, person: Person, on: date) -> BudgetInStreams | None:
    """Give every stream of the budget that covers a day; none where no budget does. Two queries."""
    found = allocations_on(person=person, on=on)
    if not found:
        return None
    said = {part.stream_id: part for part in PARTS(person=person.pk, on=on)}
    return BudgetInStreams(
        budget=found[0].budget, streams=[_stream(part, said, left, on) for part, left in _with_left(found)]
    )


def _with_left(found: Sequence[Allocation]) -> list[tuple[Allocation, int]]:
    return [(part, part.stands_pence or 0) for part in found]  # type: ignore[attr-defined]  # put there by the query


def _stream(
    part: Allocation, said: Mapping[UUID, StatementPart], left_pence: int, on: date
) -> StreamOfBudget:
    written = said.get(part.stream_id)
    delivery = written.delivery if written else part.delivery
    holder = (written.holder if written else "") or _("Somebody outside the council")
    return StreamOfBudget(
        name=part.stream.name,
        rules=part.stream.rules,
        held=holding_words(delivery, holder),
        easy_held=easy_holding_words(delivery, holder),
        is_paid_directly=delivery in PAID_DIRECTLY,
        annual_pence=part.annual_pence,
        weekly_pence=_weekly_pence(part, said, on),
        is_spread=not said,
        left_pence=left_pence,
    )


def _weekly_pence(part: Allocation, said: Mapping[UUID, StatementPart], on: date) -> int:
    """Give what the statement says of a stream; without one, what the week from a day on gets, spread evenly."""
    if said:
        written = said.get(part.stream_id)
        return written.weekly_pence if written else 0
    budget = part.budget
    return even_pence(
        part.annual_pence,
        span=Span(first=on, last=on + A_WEEK),
        start=budget.start_date,
        until=budget.end_date,
    )
