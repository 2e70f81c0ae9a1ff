"""The made-up council's calendar, counted back from the day it is loaded, so that it is always lively."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

WHOLE_MONTHS = 4
DAYS_TO_ARRIVE = 3  # until all that was delivered in a month has been billed
MONTHS_BEFORE = 1  # in which the clusters are founded, before anything is delivered
YEAR_BEGINS, OR_ELSE = 4, 10


def month_on(day: date, months: int) -> date:
    """Give the first day of the month so many months after (or before) the month of a day."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def moment(day: date, hour: int = 10) -> datetime:
    """Give a moment of a day, on the hour."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(frozen=True)
class Days:
    """When what happens, seen from `on`, the day the demo is loaded. Ends are exclusive."""

    on: date

    @property
    def year_start(self) -> date:
        """
        Give the first day of the council's year: April.

        In spring and summer a year from April would have hardly begun; it is the October before, then.
        """
        april = date(self.on.year - (self.on.month < YEAR_BEGINS), YEAR_BEGINS, 1)
        is_young = self.founding < april
        return date(april.year - 1, OR_ELSE, 1) if is_young else april

    @property
    def year_end(self) -> date:
        """Give the first day of the year after."""
        return month_on(self.year_start, 12)

    @property
    def first_month(self) -> date:
        """Give the first month of invoices: four whole months of them have arrived."""
        return month_on(self.on - timedelta(days=DAYS_TO_ARRIVE), -WHOLE_MONTHS)

    @property
    def founding(self) -> date:
        """Give the day the clusters are founded."""
        return month_on(self.first_month, -MONTHS_BEFORE)

    @property
    def joining(self) -> date:
        """Give the day the founders' money is in their pools."""
        return self.founding + timedelta(days=14)

    def month(self, number: int) -> date:
        """Give the first day of a month of invoices, counted from 0."""
        return month_on(self.first_month, number)

    def month_number(self, day: date) -> int:
        """Tell in which month of invoices a day lies, counted from 0."""
        return (day.year - self.first_month.year) * 12 + day.month - self.first_month.month

    def ago(self, days: int, hour: int = 10) -> datetime:
        """Give a moment so many days before the demo is loaded."""
        return moment(self.on - timedelta(days=days), hour)

    def until_year_end(self, day: date, weekly_pence: int) -> int:
        """Give what so many pence a week come to from a day to the year's end, in whole ten pounds."""
        whole_days = (self.year_end - day).days
        return round(weekly_pence * whole_days / 7 / 10_00) * 10_00
