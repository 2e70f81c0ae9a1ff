"""A week's picture: what happens on which day, and in which part of it. Pure."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

PARTS = ("morning", "afternoon", "evening", "night")
DAYS = range(1, 8)  # Monday is 1, as in ISO 8601


class Placed(NamedTuple):
    """Something that happens in a week: its words, its days, and the parts of those days."""

    words: str
    days: Collection[int]
    parts: Collection[str]


class WeekRow(NamedTuple):
    """One part of the day, and what happens in it on each day from Monday to Sunday."""

    part: str
    cells: list[list[str]]


def week_of(placed: Sequence[Placed]) -> list[WeekRow]:
    """
    Give the week's table: a row for each part of the day in which anything happens.

    What is placed on days without a part of the day stands in the morning; what has no day stands nowhere.
    """
    rows = [
        WeekRow(
            part, [[one.words for one in placed if day in one.days and part in _parts(one)] for day in DAYS]
        )
        for part in PARTS
    ]
    return [row for row in rows if any(row.cells)]


def _parts(one: Placed) -> Collection[str]:
    return one.parts or PARTS[:1]
