"""The questions of budgets: what somebody has, and what their budget is made of."""

from budgets.forms.agree import AgreeForm
from budgets.forms.finances import FinancesForm
from budgets.forms.make import MakeForm

__all__ = ["AgreeForm", "FinancesForm", "MakeForm"]
