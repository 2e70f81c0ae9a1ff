"""The days on which banks in England move money. Pure: no Django, no clock."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Give the bank holidays of England in a year. Source: the library `holidays`, which keeps the published lists."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(on: date) -> bool:
    """Tell whether banks move money on a day: Monday to Friday, and no bank holiday."""
    return on.weekday() < 5 and on not in bank_holidays(on.year)


def working_day_before(on: date) -> date:
    """Give the last working day before a day, that day itself left out."""
    before = on - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before


def working_day_from(on: date) -> date:
    """Give the first working day on a day or after it."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on
