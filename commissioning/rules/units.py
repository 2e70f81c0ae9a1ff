"""What services are counted in, as people say it: "hour" is what contracts write, "1.5 hours" what a page says."""

from decimal import Decimal

from django.utils.translation import gettext, gettext_noop, ngettext_lazy

# What contracts and calls write (providers.rules.UNITS), so that templates can say one: {% translate service.unit %}.
UNITS = (
    gettext_noop("hour"),
    gettext_noop("session"),
    gettext_noop("visit"),
    gettext_noop("trip"),
    gettext_noop("meal"),
    gettext_noop("half day"),
    gettext_noop("night"),
    gettext_noop("lunch"),
    gettext_noop("supper"),
    gettext_noop("day"),
)
SEVERAL = {
    "hour": ngettext_lazy("%(units)s hour", "%(units)s hours", "n"),
    "session": ngettext_lazy("%(units)s session", "%(units)s sessions", "n"),
    "visit": ngettext_lazy("%(units)s visit", "%(units)s visits", "n"),
    "trip": ngettext_lazy("%(units)s trip", "%(units)s trips", "n"),
    "meal": ngettext_lazy("%(units)s meal", "%(units)s meals", "n"),
    "half day": ngettext_lazy("%(units)s half day", "%(units)s half days", "n"),
    "night": ngettext_lazy("%(units)s night", "%(units)s nights", "n"),
    "lunch": ngettext_lazy("%(units)s lunch", "%(units)s lunches", "n"),
    "supper": ngettext_lazy("%(units)s supper", "%(units)s suppers", "n"),
    "day": ngettext_lazy("%(units)s day", "%(units)s days", "n"),
}
# A unit that we have no words for.
ANY = ngettext_lazy("%(units)s %(unit)s", "%(units)s %(unit)ss", "n")


def unit_words(unit: str) -> str:
    """Say what one unit is called, in the language in use; one we have no words for stands for itself."""
    return gettext(unit) if unit in UNITS else unit


def several_units(units: Decimal, unit: str, *, written: str) -> str:
    """Say a number of units (`written` as it is shown) with what they are called: "1 hour", "1.5 hours"."""
    return str(SEVERAL.get(unit, ANY) % {"units": written, "unit": unit, "n": 1 if units == 1 else 2})
