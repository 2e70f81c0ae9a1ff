"""The kinds of help that are bought, in everyday words: one list for plans, agreements, calls and contracts. Pure."""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Kind(NamedTuple):
    """
    A kind of help: its code in agreements, calls and contracts, its words, its usual unit, and its picture.

    `is_regulated`: whether the Care Quality Commission regulates it.
    """

    code: str
    said: str
    unit: str
    picture: str
    is_regulated: bool

    @property
    def words(self) -> str:
        """Its everyday words, in the language in use."""
        return gettext(self.said)


# Ours, after the codes that councils' catalogues use for shared support. A council may use others.
OFFERED = (
    Kind("PA-HOUR", _("A personal assistant"), "hour", "person", is_regulated=False),
    Kind("HC-HOUR", _("Help at home"), "hour", "house", is_regulated=True),
    Kind("NIGHT", _("Somebody there at night"), "night", "clock", is_regulated=True),
    Kind("DAY-SESS", _("Things to do in the day"), "session", "people", is_regulated=False),
    Kind("CULT-MEAL", _("Meals"), "meal", "meal", is_regulated=False),
    Kind("MINIBUS", _("Getting about by minibus"), "trip", "minibus", is_regulated=False),
    Kind("TUTOR-HR", _("Learning and music"), "hour", "music", is_regulated=False),
    Kind("GARDEN", _("Gardening together"), "session", "garden", is_regulated=False),
    Kind("ROOM", _("A room to meet in"), "session", "door", is_regulated=False),
)
# What is bought more rarely: no choice in forms of clusters, but known by its words.
KINDS = (
    *OFFERED,
    Kind("WE-HOUR", _("Help at home at weekends"), "hour", "house", is_regulated=True),
    Kind("LUNCH", _("Lunch together"), "lunch", "meal", is_regulated=False),
    Kind("SUPPER", _("Supper together"), "supper", "meal", is_regulated=False),
    Kind("ESCORT", _("Somebody to travel with one of us"), "hour", "minibus", is_regulated=False),
    Kind("BUDDY", _("Somebody to go with one of us"), "hour", "people", is_regulated=False),
    Kind("SESSION", _("A session together"), "session", "people", is_regulated=False),
    Kind("STUDIO", _("A studio"), "day", "music", is_regulated=False),
)
UNITS = tuple(
    dict.fromkeys(("hour", "session", "visit", "trip", "meal", "half day", *(kind.unit for kind in KINDS)))
)
_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind:
    """Give the kind of help a code stands for; one we have no words for is called by its code."""
    said = code.replace("-", " ").replace("_", " ").capitalize()
    return _BY_CODE.get(code) or Kind(code, said, "session", "question", is_regulated=False)


def words_for(code: str) -> str:
    """Say what a code means, in the language in use."""
    return kind_of(code).words
