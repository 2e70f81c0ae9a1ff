"""What can be asked of invoices."""

from invoices.queries.shares import PaidShare, shares_of_council, shares_of_lines
from invoices.queries.terms import bill_for, corrected_lines, judge_for, members_of

__all__ = [
    "PaidShare",
    "bill_for",
    "corrected_lines",
    "judge_for",
    "members_of",
    "shares_of_council",
    "shares_of_lines",
]
