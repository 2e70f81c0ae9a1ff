"""What clusters buy, in plain words: the kinds of service that people know, and the codes contracts name them by."""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Kind(NamedTuple):
    """A kind of service: its code in agreements, calls and contracts, its plain words, and what one of it is called."""

    code: str
    said: str
    unit: str
    picture: str

    @property
    def words(self) -> str:
        """Its plain words, in the language in use."""
        return gettext(self.said)


# Ours, after the codes that councils' catalogues use for shared support. A contract may name others.
KINDS = (
    Kind("PA-HOUR", _("A personal assistant"), "hour", "person"),
    Kind("HC-HOUR", _("Help at home"), "hour", "house"),
    Kind("NIGHT", _("Somebody there at night"), "night", "clock"),
    Kind("DAY-SESS", _("Things to do in the day"), "session", "people"),
    Kind("CULT-MEAL", _("Meals"), "meal", "meal"),
    Kind("MINIBUS", _("Getting about by minibus"), "trip", "minibus"),
    Kind("TUTOR-HR", _("Learning and music"), "hour", "music"),
    Kind("GARDEN", _("Gardening together"), "session", "garden"),
    Kind("ROOM", _("A room to meet in"), "session", "door"),
)
# What is bought more rarely: not offered as a choice, but known by its words.
RARER = (
    Kind("WE-HOUR", _("Help at home at weekends"), "hour", "house"),
    Kind("LUNCH", _("Lunch together"), "lunch", "meal"),
    Kind("SUPPER", _("Supper together"), "supper", "meal"),
    Kind("ESCORT", _("Somebody to travel with one of us"), "hour", "minibus"),
    Kind("BUDDY", _("Somebody to go with one of us"), "hour", "people"),
    Kind("SESSION", _("A session together"), "session", "people"),
    Kind("STUDIO", _("A studio"), "day", "music"),
)
_BY_CODE = {kind.code: kind for kind in (*KINDS, *RARER)}


def words_for(code: str) -> str:
    """Say what a code means; one we do not know stands for itself."""
    return _BY_CODE[code].words if code in _BY_CODE else code


def kind_of(code: str) -> Kind:
    """Give the kind a code means; one we do not know is called by its code."""
    return _BY_CODE.get(code) or Kind(code, code, "time", "question")
