"""What a month is, and what must be true of it. Pure: no Django, no database, no clock."""

from reconciliation.rules.certificate import Check, Figures, checks_of
from reconciliation.rules.months import Days, NotAMonth, month_before, month_from, next_month

__all__ = ["Check", "Days", "Figures", "NotAMonth", "checks_of", "month_before", "month_from", "next_month"]
