"""The kinds of help that are bought here, in everyday words. Pure."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of help: its code in contracts and calls, its words, its usual unit, and whether the CQC regulates it."""

    code: str
    words: str
    unit: str
    is_regulated: bool


# The codes are those of contracts and agreements; a council may use others, which are shown as they are written.
KINDS: tuple[Kind, ...] = (
    Kind("PA-HOUR", "A personal assistant", "hour", is_regulated=False),
    Kind("HC-HOUR", "Help at home", "hour", is_regulated=True),
    Kind("WE-HOUR", "Help at home at weekends", "hour", is_regulated=True),
    Kind("NIGHT", "Somebody there at night", "night", is_regulated=True),
    Kind("DAY-SESS", "Things to do in the day", "session", is_regulated=False),
    Kind("CULT-MEAL", "Meals", "meal", is_regulated=False),
    Kind("LUNCH", "Lunch together", "lunch", is_regulated=False),
    Kind("SUPPER", "Supper together", "supper", is_regulated=False),
    Kind("MINIBUS", "Getting about by minibus", "trip", is_regulated=False),
    Kind("ESCORT", "Somebody to travel with one of us", "hour", is_regulated=False),
    Kind("BUDDY", "Somebody to go with one of us", "hour", is_regulated=False),
    Kind("TUTOR-HR", "Learning and music", "hour", is_regulated=False),
    Kind("SESSION", "A session together", "session", is_regulated=False),
    Kind("GARDEN", "Gardening together", "session", is_regulated=False),
    Kind("ROOM", "A room to meet in", "session", is_regulated=False),
    Kind("STUDIO", "A studio", "day", is_regulated=False),
)
UNITS = tuple(
    dict.fromkeys(("hour", "session", "visit", "trip", "meal", "half day", *(kind.unit for kind in KINDS)))
)
_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind:
    """Give the kind of help a code stands for; one we have no words for is called by its code."""
    said = code.replace("-", " ").replace("_", " ").capitalize()
    return _BY_CODE.get(code) or Kind(code, said, "session", is_regulated=False)
