"""The units in which help is counted, in everyday words of the reader's language. Pure."""

from decimal import Decimal

from django.utils.translation import ngettext_lazy, pgettext_lazy

HISSING = ("s", "sh", "ch", "x")

# What one of each unit of kinds.py and of contracts is called; any other is shown as it is written.
ONE = {
    "hour": pgettext_lazy("unit", "hour"),
    "session": pgettext_lazy("unit", "session"),
    "visit": pgettext_lazy("unit", "visit"),
    "trip": pgettext_lazy("unit", "trip"),
    "meal": pgettext_lazy("unit", "meal"),
    "half day": pgettext_lazy("unit", "half day"),
    "day": pgettext_lazy("unit", "day"),
    "night": pgettext_lazy("unit", "night"),
    "lunch": pgettext_lazy("unit", "lunch"),
    "supper": pgettext_lazy("unit", "supper"),
}
SEVERAL = {
    "hour": pgettext_lazy("unit", "hours"),
    "session": pgettext_lazy("unit", "sessions"),
    "visit": pgettext_lazy("unit", "visits"),
    "trip": pgettext_lazy("unit", "trips"),
    "meal": pgettext_lazy("unit", "meals"),
    "half day": pgettext_lazy("unit", "half days"),
    "day": pgettext_lazy("unit", "days"),
    "night": pgettext_lazy("unit", "nights"),
    "lunch": pgettext_lazy("unit", "lunches"),
    "supper": pgettext_lazy("unit", "suppers"),
}
# A `number` of them; the `count` says whether that is one.
SO_MANY = {
    "hour": ngettext_lazy("%(number)s hour", "%(number)s hours", "count"),
    "session": ngettext_lazy("%(number)s session", "%(number)s sessions", "count"),
    "visit": ngettext_lazy("%(number)s visit", "%(number)s visits", "count"),
    "trip": ngettext_lazy("%(number)s trip", "%(number)s trips", "count"),
    "meal": ngettext_lazy("%(number)s meal", "%(number)s meals", "count"),
    "half day": ngettext_lazy("%(number)s half day", "%(number)s half days", "count"),
    "day": ngettext_lazy("%(number)s day", "%(number)s days", "count"),
    "night": ngettext_lazy("%(number)s night", "%(number)s nights", "count"),
    "lunch": ngettext_lazy("%(number)s lunch", "%(number)s lunches", "count"),
    "supper": ngettext_lazy("%(number)s supper", "%(number)s suppers", "count"),
}


def unit_words(unit: str) -> str:
    """Say one of a unit: "hour"."""
    return str(ONE.get(unit, unit))


def units_words(unit: str) -> str:
    """Say more than one of a unit: "hours", "lunches"."""
    return str(SEVERAL[unit]) if unit in SEVERAL else _in_english(unit)


def amount_words(units: Decimal, unit: str) -> str:
    """Say so many of a unit: "12 hours", "1 hour", "2.5 half days", "3 lunches"."""
    number = f"{units.normalize():f}"
    if unit in SO_MANY:
        return SO_MANY[unit] % {"number": number, "count": 1 if units == 1 else 2}
    return f"{number} {unit if units == 1 else _in_english(unit)}"


def amount_again(kept: str) -> str:
    """Say an amount that was written down in English in the language in use: "12 hours"; any other words stay."""
    number, _space, counted = kept.partition(" ")
    for unit in SO_MANY:
        if counted in (unit, _in_english(unit)):
            return amount_words(Decimal(number), unit)
    return kept


def _in_english(unit: str) -> str:
    return f"{unit}{'es' if unit.endswith(HISSING) else 's'}"
