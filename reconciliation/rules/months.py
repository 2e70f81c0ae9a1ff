"""Calendar months."""

import re
from datetime import date, timedelta
from typing import NamedTuple

WRITTEN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Days(NamedTuple):
    """A span of days, its end exclusive."""

    start: date
    end: date


class NotAMonth(ValueError):
    """What was written is not a month like 2026-05."""


def month_from(words: str) -> date:
    """
    Read a month written like 2026-05 and give its first day.

    :raises NotAMonth: see the class.
    """
    written = WRITTEN.fullmatch(words, 0)
    if written is None or int(written[1]) == 0:
        raise NotAMonth(f"{words!r} is not a month. Write the year and the month, like 2026-05.")
    return date(int(written[1]), int(written[2]), 1)


def month_before(start: date) -> date:
    """Give the first day of the month before."""
    return (start - timedelta(days=1)).replace(day=1)


def next_month(start: date) -> date:
    """Give the first day of the month after; it is also the exclusive end of this one."""
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)
