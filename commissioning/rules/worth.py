"""What a contract is worth, for its limit and for what its members promise. Pure: no Django."""

from datetime import date

WEEKS_A_YEAR = 52
DAYS_A_WEEK = 7


def yearly_estimate_pence(*, weekly_pence: int, one_off_pence: int) -> int:
    """
    Estimate a contract's yearly value: weekly x 52 + one-off.

    Units: pence. Source: care rules, example 5 (344.40 a week is 17,908.80 a year).
    """
    return weekly_pence * WEEKS_A_YEAR + one_off_pence


def term_value_pence(*, weekly_pence: int, one_off_pence: int, start: date, end: date) -> int:
    """
    Value a contract over its whole term, by days, rounded up to the penny, so that what is promised suffices.

    Units: pence. Dates: `end` exclusive. Source: care rules, example 2 (700 a week is 3,100.00 for 31 days).
    """
    days = (end - start).days
    return -(-weekly_pence * days // DAYS_A_WEEK) + one_off_pence
