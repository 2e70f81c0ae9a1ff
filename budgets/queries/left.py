"""What a budget holds and what is left in it, by stream. The ledger knows; nothing is added up here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from budgets.models import Allocation, Budget, FundingStream
from commonpurse.asked_often import AskedOften
from ledger.actions import AccountName
from ledger.models import Account, AccountKind
from people.models import Person


@dataclass(frozen=True, kw_only=True)
class LeftInStream:
    """One stream of a budget, in pence: what was allocated, and what has not been pledged or paid out."""

    stream: FundingStream
    delivery: str
    allocated_pence: int
    left_pence: int


def budget_account(*, book_id: UUID, budget_id: UUID, stream_code: str) -> UUID:
    """Name the account that holds one stream of a budget."""
    return AccountName(AccountKind.BUDGET, budget_id, stream_code).id_in(book_id)


def budget_on(*, person: Person, on: date) -> Budget | None:
    """Give the budget that covers a day; budgets never overlap."""
    return Budget.objects.filter(person=person, start_date__lte=on, end_date__gt=on).first()


def left_in_budgets(*, budgets: Collection[Budget]) -> dict[UUID, list[LeftInStream]]:
    """Give what is left in each stream of these budgets, in pence, streams in order of their code; one query."""
    found: dict[UUID, list[LeftInStream]] = {budget.pk: [] for budget in budgets}
    for part in _with_what_is_left(Allocation.objects.filter(budget__in=budgets)):
        found[part.budget_id].append(_left_of(part))
    return found


def left_on(*, person: Person, on: date) -> tuple[Budget, list[LeftInStream]] | None:
    """Give the budget that covers a day with what is left in each stream; none where none does. One query."""
    found = allocations_on(person=person, on=on)
    return (found[0].budget, [_left_of(part) for part in found]) if found else None


def allocations_on(*, person: Person, on: date) -> list[Allocation]:
    """Give the parts of the budget that covers a day, each with what is left of it (`stands_pence`). One query."""
    return LEFT_ON(person=person.pk, on=on)


def _with_what_is_left(allocations: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Put beside each allocation what is left of it (`stands_pence`), by budget and in order of the stream's code."""
    # Accounts of budgets are guarded: each carries its own balance.
    account = Account.objects.guarded().filter(
        book=OuterRef("stream__council__book"),
        kind=AccountKind.BUDGET,
        owner_id=OuterRef("budget_id"),
        stream=OuterRef("stream__code"),
    )
    with_balance = allocations.annotate(stands_pence=Subquery(account.values("balance_pence")))
    return with_balance.select_related("stream__council", "budget").order_by("budget", "stream__code")


LEFT_ON = AskedOften(
    lambda person, on: _with_what_is_left(
        Allocation.objects.filter(budget__person=person, budget__start_date__lte=on, budget__end_date__gt=on)
    ),
    person="uuid",
    on="date",
)


def _left_of(part: Allocation) -> LeftInStream:
    return LeftInStream(
        stream=part.stream,
        delivery=part.get_delivery_display(),
        allocated_pence=part.annual_pence,
        left_pence=part.stands_pence or 0,  # type: ignore[attr-defined]  # `_with_what_is_left` put it there
    )


def left_by_stream(*, budget: Budget) -> list[LeftInStream]:
    """Give what is left in each stream of one budget, in pence, in order of the stream's code."""
    return left_in_budgets(budgets=[budget])[budget.pk]


def left_pence(*, budget: Budget, stream: FundingStream) -> int:
    """Give what is left in one stream of a budget, in pence; nothing where the budget has no such stream."""
    return next((part.left_pence for part in left_by_stream(budget=budget) if part.stream == stream), 0)
