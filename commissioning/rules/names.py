"""Whether words that many will read name somebody, or say how to reach them. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LEAST_LETTERS = 3  # of a part of a name that is looked for; "Al" is in too many words
WORD = re.compile(r"[^\W_]+")
E_MAIL = re.compile(r"\S@\S+\.\w")
PHONE = re.compile(r"(?:\d[ \-]?){9,}")


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whose whole names stand in some words, and which words are a part of somebody's name."""

    whole: Sequence[str]
    parts: Sequence[str]


def named_in(words: str, *, names: Collection[str]) -> Named:
    """
    Look for people's names in words: whole ones, and words that are a part of one.

    A part may mean something else ("grace", "will"), so that it only asks for another look.
    """
    said = _words(words)
    each = [(name, _words(name)) for name in names]
    whole = [name for name, parts in each if parts and _follow_each_other(parts, said)]
    known = {part for _, parts in each for part in parts if len(part) >= LEAST_LETTERS}
    return Named(whole=whole, parts=sorted(known & set(said)))


def says_how_to_reach(words: str) -> bool:
    """Tell whether an e-mail address or a phone number stands in some words."""
    return bool(E_MAIL.search(words) or PHONE.search(words))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _follow_each_other(parts: list[str], said: list[str]) -> bool:
    places = range(len(said) - len(parts) + 1)
    return any(said[place : place + len(parts)] == parts for place in places)
