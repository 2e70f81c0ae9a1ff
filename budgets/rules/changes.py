"""On which days what somebody pays may change: new rates and birthdays. Pure: no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Ages:
    """From which birthday on the guarantee of a grown adult holds, and from which that of pension age."""

    adult_years: int
    pension_years: int


def birthday(birth_date: date, years: int) -> date:
    """Say on which day somebody turns so many years; born on a 29 February, on 1 March in other years."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def guarantee_code(birth_date: date | None, *, ages: Ages, on: date) -> str:
    """
    Name the policy of the minimum income guarantee that holds for somebody's age on a day (SI 2014/2672 reg 7).

    Of somebody whose birthday nobody knows: that of a grown adult.
    """
    if birth_date is not None and on >= birthday(birth_date, ages.pension_years):
        return "mig_pension_age_weekly_pence"
    if birth_date is not None and on < birthday(birth_date, ages.adult_years):
        return "mig_under_25_weekly_pence"
    return "mig_weekly_pence"


def days_of_change(
    *, start: date, until: date, birth_date: date | None, ages: Ages, policy_days: Iterable[date]
) -> list[date]:
    """Give the days from `start` up to `until` on which rates may change; `start` comes first."""
    birthdays = (
        [birthday(birth_date, years) for years in (ages.adult_years, ages.pension_years)]
        if birth_date
        else []
    )
    return [start, *sorted({day for day in (*policy_days, *birthdays) if start < day < until})]
