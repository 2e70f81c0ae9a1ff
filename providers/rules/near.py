"""How near two places are, as far as their postcodes tell without a map. Pure."""

import re
from enum import StrEnum

from django.utils.translation import gettext as _

OUTWARD = re.compile(r"(?P<area>[A-Z]{1,2})(?P<number>[0-9][0-9A-Z]?)")
INWARD_LENGTH = 3


class Near(StrEnum):
    """How near somebody is."""

    SAME = "same"
    CLOSE = "close"
    FURTHER = "further"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """Say it to the person."""
        return {
            Near.SAME: _("In your area"),
            Near.CLOSE: _("Nearby"),
            Near.FURTHER: _("Further away"),
            Near.UNKNOWN: _("We do not know how near"),
        }[self]


def how_near(one: str, other: str) -> Near:
    """
    Compare two UK postcodes by their first half: the same district, the same area, or neither.

    "TV4 2QA" and "TV4 3DL" are in the same district, "TV4 2QA" and "TV1 7BY" in the same area.
    """
    first, second = _district(one), _district(other)
    if first is None or second is None:
        return Near.UNKNOWN
    if first == second:
        return Near.SAME
    return Near.CLOSE if first[0] == second[0] else Near.FURTHER


def _district(postcode: str) -> tuple[str, str] | None:
    """Give area and district of a postcode: "TV" and "4"; nothing where it is none."""
    bare = "".join(postcode.split()).upper()
    found = OUTWARD.fullmatch(bare[:-INWARD_LENGTH]) if len(bare) > INWARD_LENGTH else None
    return (found["area"], found["number"]) if found else None
