"""What a budget holds and what is left in it, by stream. The ledger knows; nothing is added up here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from budgets.models import Allocation, Budget, FundingStream
from ledger.actions import AccountName
from ledger.models import AccountKind
from ledger.queries import balances_pence
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
    """Give what is left in each stream of these budgets, in pence, streams in order of their code; two queries."""
    found: dict[UUID, list[LeftInStream]] = {budget.pk: [] for budget in budgets}
    parts = list(
        Allocation.objects.filter(budget__in=budgets)
        .select_related("stream__council", "budget")
        .order_by("budget", "stream__code")
    )
    accounts = {
        part.pk: budget_account(
            book_id=part.stream.council.book_id, budget_id=part.budget_id, stream_code=part.stream.code
        )
        for part in parts
    }
    balances = balances_pence(account_ids=accounts.values())
    for part in parts:
        found[part.budget_id].append(
            LeftInStream(
                stream=part.stream,
                delivery=part.get_delivery_display(),
                allocated_pence=part.annual_pence,
                left_pence=balances[accounts[part.pk]],
            )
        )
    return found


def left_by_stream(*, budget: Budget) -> list[LeftInStream]:
    """Give what is left in each stream of one budget, in pence, in order of the stream's code."""
    return left_in_budgets(budgets=[budget])[budget.pk]


def left_pence(*, budget: Budget, stream: FundingStream) -> int:
    """Give what is left in one stream of a budget, in pence; nothing where the budget has no such stream."""
    return next((part.left_pence for part in left_by_stream(budget=budget) if part.stream == stream), 0)
