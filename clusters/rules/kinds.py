"""What clusters buy, in plain words: the kinds of service that people know, and the codes contracts name them by."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of service: its code in agreements, calls and contracts, its plain words, and what one of it is called."""

    code: str
    words: str
    unit: str
    picture: str


# Ours, after the codes that councils' catalogues use for shared support. A contract may name others.
KINDS = (
    Kind("PA-HOUR", "A personal assistant", "hour", "person"),
    Kind("HC-HOUR", "Help at home", "hour", "house"),
    Kind("NIGHT", "Somebody there at night", "night", "clock"),
    Kind("DAY-SESS", "Things to do in the day", "session", "people"),
    Kind("CULT-MEAL", "Meals", "meal", "meal"),
    Kind("MINIBUS", "Getting about by minibus", "trip", "minibus"),
    Kind("TUTOR-HR", "Learning and music", "hour", "music"),
    Kind("GARDEN", "Gardening together", "session", "garden"),
    Kind("ROOM", "A room to meet in", "session", "door"),
)
# What is bought more rarely: not offered as a choice, but known by its words.
RARER = (
    Kind("WE-HOUR", "Help at home at weekends", "hour", "house"),
    Kind("LUNCH", "Lunch together", "lunch", "meal"),
    Kind("SUPPER", "Supper together", "supper", "meal"),
    Kind("ESCORT", "Somebody to travel with one of us", "hour", "minibus"),
    Kind("BUDDY", "Somebody to go with one of us", "hour", "people"),
    Kind("SESSION", "A session together", "session", "people"),
    Kind("STUDIO", "A studio", "day", "music"),
)
_BY_CODE = {kind.code: kind for kind in (*KINDS, *RARER)}


def words_for(code: str) -> str:
    """Say what a code means; one we do not know stands for itself."""
    return _BY_CODE[code].words if code in _BY_CODE else code


def kind_of(code: str) -> Kind:
    """Give the kind a code means; one we do not know is called by its code."""
    return _BY_CODE.get(code) or Kind(code, code, "time", "question")
