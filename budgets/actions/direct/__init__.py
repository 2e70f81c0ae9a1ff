"""Direct payments: arranging them, and paying what is due."""

from budgets.actions.direct.arrange import UnableToArrange, arrange_payment, end_arrangement, may_pay
from budgets.actions.direct.pay import Run, UnableToPay, ask_to_pay, pay_arrangement, pay_what_is_due

__all__ = [
    "Run",
    "UnableToArrange",
    "UnableToPay",
    "arrange_payment",
    "ask_to_pay",
    "end_arrangement",
    "may_pay",
    "pay_arrangement",
    "pay_what_is_due",
]
