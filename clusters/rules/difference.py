"""What changed between two versions of an agreement, line by line and word by word. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple


class Change(StrEnum):
    """What happened to a line."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


class Piece(NamedTuple):
    """Some words of a line, and whether they stayed, are new, or are gone."""

    change: Change
    words: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the agreement in two versions, and its words piece by piece."""

    topic: str
    before: str
    after: str

    @property
    def change(self) -> Change:
        """What happened to it as a whole."""
        if self.before == self.after:
            return Change.SAME
        if not self.before:
            return Change.NEW
        return Change.CHANGED if self.after else Change.GONE

    @property
    def pieces(self) -> list[Piece]:
        """Its words in order: those that stayed, those that are gone, and those that came in their place."""
        before, after = self.before.split(), self.after.split()
        found: list[Piece] = []
        for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if step == "equal":
                found.append(Piece(Change.SAME, " ".join(before[a:b])))
                continue
            found += [Piece(Change.GONE, " ".join(before[a:b]))] if b > a else []
            found += [Piece(Change.NEW, " ".join(after[c:d]))] if d > c else []
        return found


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Line]:
    """Give every topic of either version, in the order of the newer one, those that are gone at the end."""
    topics = [*after, *(topic for topic in before if topic not in after)]
    return [Line(topic=topic, before=before.get(topic, ""), after=after.get(topic, "")) for topic in topics]
