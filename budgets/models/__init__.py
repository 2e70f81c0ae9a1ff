"""What budgets are made of: streams of money, and what each puts in."""

from budgets.models.budget import Allocation, Budget, BudgetQuerySet, DateRange, Delivery, FundingStream

__all__ = ["Allocation", "Budget", "BudgetQuerySet", "DateRange", "Delivery", "FundingStream"]
