"""What is done with budgets: streams named, budgets agreed."""

from budgets.actions.agree import BudgetPart, UnableToAgreeBudget, add_stream, agree_budget

__all__ = ["BudgetPart", "UnableToAgreeBudget", "add_stream", "agree_budget"]
