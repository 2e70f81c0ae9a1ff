"""Months and the council's year. Ends are exclusive."""

from datetime import date, timedelta

from reports.rules.forecast import Span

HOW_WRITTEN = "A month is written like 2026-04."
FIRST_YEAR, LAST_YEAR = 1900, 9998  # the months after the last one can still be written


class MonthInAddress:
    """A month in an address, like 2026-04. What is not a month is not an address."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Span:
        """Read it."""
        return month_from(value)

    def to_url(self, value: Span) -> str:
        """Write it."""
        return in_url(value)


class DayInAddress:
    """A day in an address, like 2026-04-30. What is not a day is not an address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read it."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write it."""
        return value.isoformat()


def month_from(words: str) -> Span:
    """
    Read "2026-04" as the days of that month.

    :raises ValueError: it is not a year and a month in that form.
    """
    year, dash, month = words.partition("-")
    digits = year + month
    if dash != "-" or len(year) != 4 or len(month) != 2 or not (digits.isascii() and digits.isdigit()):
        raise ValueError(HOW_WRITTEN)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR or not 1 <= int(month) <= 12:
        raise ValueError(HOW_WRITTEN)
    return month_of(date(int(year), int(month), 1))


def month_of(on: date) -> Span:
    """Give the month a day lies in."""
    return Span(start=on.replace(day=1), end=next_month(on))


def next_month(on: date) -> date:
    """
    Give the first day of the month after.

    :raises ValueError: that is past the last year there is.
    """
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def month_before(month: Span) -> Span:
    """Give the month before."""
    return month_of(month.start - timedelta(days=1))


def months_back(on: date, count: int) -> list[Span]:
    """Give so many months, the one a day lies in first and then back in time."""
    months = [month_of(on)]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months


def months_in(span: Span) -> list[Span]:
    """Give the months that a span touches, in order."""
    months = [month_of(span.start)]
    while months[-1].end < span.end:
        months.append(month_of(months[-1].end))
    return months


def year_around(on: date, *, starts: date) -> Span:
    """Give the council's year that a day lies in, from the date on which one of its years starts."""
    start = _anniversary(starts, on.year)
    if start > on:
        start = _anniversary(starts, on.year - 1)
    return Span(start=start, end=_anniversary(starts, start.year + 1))


def in_words(month: Span) -> str:
    """Write a month as "April 2026"."""
    return f"{month.start:%B %Y}"


def in_url(month: Span) -> str:
    """Write a month as "2026-04"."""
    return f"{month.start:%Y-%m}"


def _anniversary(starts: date, year: int) -> date:
    """Give the same day of another year; 29 February becomes 1 March."""
    try:
        return starts.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
