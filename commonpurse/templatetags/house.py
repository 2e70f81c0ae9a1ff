"""Money and dates as people read them."""

from datetime import date
from decimal import Decimal

from django import template

from ledger.pennies import in_pounds

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Write pence as pounds: 1234567 is "£12,345.67"; nothing for nothing known."""
    return "" if pence is None else in_pounds(pence)


@register.filter
def day(on: date | None) -> str:
    """Write a date as "Monday 4 May 2026"; nothing for no date."""
    return "" if on is None else f"{on:%A} {on.day} {on:%B %Y}"


@register.filter
def month(on: date | None) -> str:
    """Write the month of a date as "May 2026"; nothing for no date."""
    return "" if on is None else f"{on:%B %Y}"


@register.filter
def normal(units: Decimal) -> str:
    """Write a number of units without idle noughts: 1.5000 is "1.5", 2.0000 is "2"."""
    words = f"{units:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
