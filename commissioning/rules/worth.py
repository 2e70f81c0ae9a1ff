"""What a contract is worth, for its limit and for what its members promise. Pure: no Django."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

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


def reserve_pence(*, pledged_pence: int, percent: int) -> int:
    """
    Give what stays free whatever is bought: a part of what was put in, rounded up to the penny.

    Units: pence; per cent from 0 to 50. Source: ours, the reserve of the pooling agreement (design section 4).
    """
    return -(-pledged_pence * percent // 100)


def rate_at(steps: Sequence[tuple[Decimal, int]], *, weekly_units: Decimal) -> int:
    """
    Give the price of a unit, in pence, when so many are bought each week.

    `steps` are (from so many units a week, pence a unit). The highest step that is reached counts; below the lowest
    the lowest step's price is asked.

    :raises ValueError: if there is no step.
    """
    in_order = sorted(steps)
    reached = [pence for units, pence in in_order if units <= weekly_units]
    if not in_order:
        raise ValueError("An offer has at least one price.")
    return reached[-1] if reached else in_order[0][1]
