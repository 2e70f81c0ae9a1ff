"""The kinds of help that are bought here, in everyday words. Pure."""

from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Kind(NamedTuple):
    """A kind of help: its code in contracts and calls, its words, its usual unit, and whether the CQC regulates it."""

    code: str
    said: str
    unit: str
    is_regulated: bool

    @property
    def words(self) -> str:
        """Its everyday words, in the language in use."""
        return gettext(self.said)


# The codes are those of contracts and agreements; a council may use others, which are shown as they are written.
KINDS: tuple[Kind, ...] = (
    Kind("PA-HOUR", _("A personal assistant"), "hour", is_regulated=False),
    Kind("HC-HOUR", _("Help at home"), "hour", is_regulated=True),
    Kind("WE-HOUR", _("Help at home at weekends"), "hour", is_regulated=True),
    Kind("NIGHT", _("Somebody there at night"), "night", is_regulated=True),
    Kind("DAY-SESS", _("Things to do in the day"), "session", is_regulated=False),
    Kind("CULT-MEAL", _("Meals"), "meal", is_regulated=False),
    Kind("LUNCH", _("Lunch together"), "lunch", is_regulated=False),
    Kind("SUPPER", _("Supper together"), "supper", is_regulated=False),
    Kind("MINIBUS", _("Getting about by minibus"), "trip", is_regulated=False),
    Kind("ESCORT", _("Somebody to travel with one of us"), "hour", is_regulated=False),
    Kind("BUDDY", _("Somebody to go with one of us"), "hour", is_regulated=False),
    Kind("TUTOR-HR", _("Learning and music"), "hour", is_regulated=False),
    Kind("SESSION", _("A session together"), "session", is_regulated=False),
    Kind("GARDEN", _("Gardening together"), "session", is_regulated=False),
    Kind("ROOM", _("A room to meet in"), "session", is_regulated=False),
    Kind("STUDIO", _("A studio"), "day", is_regulated=False),
)
UNITS = tuple(
    dict.fromkeys(("hour", "session", "visit", "trip", "meal", "half day", *(kind.unit for kind in KINDS)))
)
_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind:
    """Give the kind of help a code stands for; one we have no words for is called by its code."""
    said = code.replace("-", " ").replace("_", " ").capitalize()
    return _BY_CODE.get(code) or Kind(code, said, "session", is_regulated=False)
