"""Which council looks after somebody who was with several, on a day. Pure: no Django."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Registered(Protocol):
    """Somebody as one council has them; from `moved_date` on another looks after them (none: this one does)."""

    @property
    def moved_date(self) -> date | None:
        """The day."""


Row = TypeVar("Row", bound=Registered)


def newest_first(people: Iterable[Row], *, on: date) -> list[Row]:
    """
    Put what one login is in its councils in order: who is looked after on a day, who will be, and then the past.

    Before the day of a move the first council still does; who moved and is nowhere else yet stays where they were last.
    """
    return sorted(people, key=lambda one: _place(one.moved_date, on))


def _place(moved_date: date | None, on: date) -> tuple[int, int]:
    if moved_date is None:
        return 1, 0
    return (0, moved_date.toordinal()) if moved_date > on else (2, -moved_date.toordinal())
