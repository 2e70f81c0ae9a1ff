"""What can be asked about budgets: which covers a day, and what is left in it."""

from budgets.queries.left import (
    LeftInStream,
    budget_account,
    budget_on,
    left_by_stream,
    left_in_budgets,
    left_on,
    left_pence,
)

__all__ = [
    "LeftInStream",
    "budget_account",
    "budget_on",
    "left_by_stream",
    "left_in_budgets",
    "left_on",
    "left_pence",
]
