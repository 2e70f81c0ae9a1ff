"""What people do with budgets: work out what is paid, propose, agree and change them."""

from budgets.actions.agree import BudgetPart, UnableToAgreeBudget, add_stream, agree_budget
from budgets.actions.agree_from_plan import agree_from_plan, take_back_proposal
from budgets.actions.assess import (
    Facts,
    UnableToAssess,
    assess_finances,
    lines_of,
    may_assess,
    work_out,
)
from budgets.actions.end import end_budget
from budgets.actions.propose import OtherMoney, Terms, propose_budget, terms_of

__all__ = [
    "BudgetPart",
    "Facts",
    "OtherMoney",
    "Terms",
    "UnableToAgreeBudget",
    "UnableToAssess",
    "add_stream",
    "agree_budget",
    "agree_from_plan",
    "assess_finances",
    "end_budget",
    "lines_of",
    "may_assess",
    "propose_budget",
    "take_back_proposal",
    "terms_of",
    "work_out",
]
