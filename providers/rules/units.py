"""The units in which help is counted, in everyday words of the reader's language. Pure."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import ngettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

HISSING = ("s", "sh", "ch", "x")


class Unit(NamedTuple):
    """What a unit is called: one of it, more than one, and so many (a `number`; the `count` says if it is one)."""

    one: "Words"
    several: "Words"
    so_many: "Words"


# The units of kinds.py and of contracts; a council may use others, which are shown as they are written.
UNIT_WORDS = {
    "hour": Unit(
        pgettext_lazy("unit", "hour"),
        pgettext_lazy("unit", "hours"),
        ngettext_lazy("%(number)s hour", "%(number)s hours", "count"),
    ),
    "session": Unit(
        pgettext_lazy("unit", "session"),
        pgettext_lazy("unit", "sessions"),
        ngettext_lazy("%(number)s session", "%(number)s sessions", "count"),
    ),
    "visit": Unit(
        pgettext_lazy("unit", "visit"),
        pgettext_lazy("unit", "visits"),
        ngettext_lazy("%(number)s visit", "%(number)s visits", "count"),
    ),
    "trip": Unit(
        pgettext_lazy("unit", "trip"),
        pgettext_lazy("unit", "trips"),
        ngettext_lazy("%(number)s trip", "%(number)s trips", "count"),
    ),
    "meal": Unit(
        pgettext_lazy("unit", "meal"),
        pgettext_lazy("unit", "meals"),
        ngettext_lazy("%(number)s meal", "%(number)s meals", "count"),
    ),
    "half day": Unit(
        pgettext_lazy("unit", "half day"),
        pgettext_lazy("unit", "half days"),
        ngettext_lazy("%(number)s half day", "%(number)s half days", "count"),
    ),
    "day": Unit(
        pgettext_lazy("unit", "day"),
        pgettext_lazy("unit", "days"),
        ngettext_lazy("%(number)s day", "%(number)s days", "count"),
    ),
    "night": Unit(
        pgettext_lazy("unit", "night"),
        pgettext_lazy("unit", "nights"),
        ngettext_lazy("%(number)s night", "%(number)s nights", "count"),
    ),
    "lunch": Unit(
        pgettext_lazy("unit", "lunch"),
        pgettext_lazy("unit", "lunches"),
        ngettext_lazy("%(number)s lunch", "%(number)s lunches", "count"),
    ),
    "supper": Unit(
        pgettext_lazy("unit", "supper"),
        pgettext_lazy("unit", "suppers"),
        ngettext_lazy("%(number)s supper", "%(number)s suppers", "count"),
    ),
}


def unit_words(unit: str) -> str:
    """Say one of a unit: "hour"."""
    return str(UNIT_WORDS[unit].one) if unit in UNIT_WORDS else unit


def units_words(unit: str) -> str:
    """Say more than one of a unit: "hours", "lunches"."""
    return str(UNIT_WORDS[unit].several) if unit in UNIT_WORDS else _in_english(unit)


def amount_words(units: Decimal, unit: str) -> str:
    """Say so many of a unit: "12 hours", "1 hour", "2.5 half days", "3 lunches"."""
    number = f"{units.normalize():f}"
    if unit in UNIT_WORDS:
        return UNIT_WORDS[unit].so_many % {"number": number, "count": 1 if units == 1 else 2}
    return f"{number} {unit if units == 1 else _in_english(unit)}"


def _in_english(unit: str) -> str:
    return f"{unit}{'es' if unit.endswith(HISSING) else 's'}"
