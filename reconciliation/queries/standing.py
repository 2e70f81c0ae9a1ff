"""Where a council's months stand: which there are, what is held, what is open."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, Subquery, Sum

from commonpurse.asked_often import AskedOften
from invoices.models import Hold, HoldState, LineState
from ledger.models import Entry
from ledger.queries import was_posted_to
from people.models import Council
from reconciliation.models import FINAL, FindingState, MonthEnd
from reconciliation.rules import next_month


class Waiting(NamedTuple):
    """How many held lines wait, and their pence."""

    lines: int
    pence: int


def holds_until(*, council_id: UUID, end: date) -> Waiting:
    """Count the held lines of a council whose day lies before `end`; what a member disputes is in the books already."""
    waiting = Hold.objects.filter(
        state=HoldState.OPEN,
        line__state=LineState.HELD,
        line__invoice__council=council_id,
        line__service_date__lt=end,
    ).aggregate(lines=Count("pk"), pence=Sum("line__amount_pence", default=0))
    return Waiting(waiting["lines"], waiting["pence"])


def open_findings(month_end: MonthEnd) -> tuple[int, int]:
    """Count a month's open findings: those that stop it, and the others."""
    counted = month_end.findings.filter(state=FindingState.OPEN).aggregate(
        blocking=Count("pk", filter=Q(is_blocking=True)), others=Count("pk", filter=Q(is_blocking=False))
    )
    return counted["blocking"], counted["others"]


def has_news(*, council: Council, on: date) -> bool:
    """Tell whether money moved in a council's books since its open months were last counted; `on`: today."""
    open_months = MonthEnd.objects.filter(council=council, end_date__gte=on.replace(day=1)).exclude(
        state__in=FINAL
    )
    asked_at = open_months.aggregate(first=Min("job__asked_at"))["first"]
    return asked_at is None or was_posted_to(book_id=council.book_id, since=asked_at)


class MonthRow(NamedTuple):
    """A month of a council, whether or not it has been counted."""

    start_date: date
    month_end: MonthEnd | None

    @property
    def code(self) -> str:
        """The month as written in addresses: 2026-05."""
        return f"{self.start_date:%Y-%m}"


MOST_MONTHS = 24


def first_entry(book: str) -> Subquery:
    """Find the day of a book's first entry, for a query that knows the book by this name."""
    entries = Entry.objects.filter(book=OuterRef(book)).order_by("effective_date")
    return Subquery(entries.values("effective_date")[:1])


def began_in(year_start_date: date, first_entry_date: date | None) -> date:
    """Say in which month a council began: with its year, or with its first entry where that is earlier."""
    return min(year_start_date, first_entry_date or year_start_date).replace(day=1)


BEGAN = AskedOften(
    lambda councils: (
        Council.objects.filter(pk__in=councils)
        .annotate(first_entry_date=first_entry("book"))
        .values_list("pk", "year_start_date", "first_entry_date")
    ),
    councils="uuid[]",
)
COUNTED = AskedOften(
    lambda council: MonthEnd.objects.filter(council=council).order_by("start_date"), council="uuid"
)


def first_months(councils: Iterable[Council]) -> dict[UUID, date]:
    """Say for each council in which month it began."""
    began = BEGAN(councils=[council.pk for council in councils])
    return {pk: began_in(year, first) for pk, year, first in began}


def months_of(*, council: Council, on: date) -> list[MonthRow]:
    """Give a council's months from the one it began in, or the first ever counted, to today, newest first."""
    counted = {m.start_date: m for m in COUNTED(council=council.pk)}
    start = min([*first_months([council]).values(), *counted])
    months = []
    while start <= on:
        months.append(MonthRow(start, counted.get(start)))
        start = next_month(start)
    return months[: -MOST_MONTHS - 1 : -1]
