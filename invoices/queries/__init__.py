"""What can be asked of invoices."""

from invoices.queries.terms import bill_for, corrected_lines, judge_for, members_of

__all__ = ["bill_for", "corrected_lines", "judge_for", "members_of"]
