"""What comes next for somebody, and by when, in one order. Pure: no Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Coming(StrEnum):
    """What comes: first what the person can do themselves, then what they are owed or waits for others, then days."""

    RETURNED = "returned"
    ANSWERS = "answers"
    VOTE = "vote"
    ASKING = "asking"
    SIGN = "sign"
    LETTERS = "letters"
    ASKED_BACK = "asked_back"
    DRAFT = "draft"
    PLAN_WAITS = "plan_waits"
    PROPOSAL = "proposal"
    CHALLENGE = "challenge"
    PAYING = "paying"
    QUESTION = "question"
    AGAIN = "again"
    REVIEW = "review"
    MOVE = "move"
    BEGINS = "begins"
    ENDS = "ends"


THEIRS = (
    Coming.RETURNED,
    Coming.ANSWERS,
    Coming.VOTE,
    Coming.ASKING,
    Coming.SIGN,
    Coming.LETTERS,
    Coming.ASKED_BACK,
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """
    One thing that comes: what it is, its id, and by when or since when, as far as there is a day.

    `words` and `more` are what it is about (a question, a cluster, a reason), `state` how far it is, `pence` how much.
    """

    kind: Coming
    pk: UUID | None = None
    day: date | None = None
    since: datetime | None = None
    state: str = ""
    words: str = ""
    more: str = ""
    pence: int | None = None

    @property
    def is_theirs(self) -> bool:
        """Whether the person can do something about it themselves."""
        return self.kind in THEIRS


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Put what the person can do first, then by day; what has no day stands before what has one far away: it waits."""
    return sorted(steps, key=_place)


def _place(step: Step) -> tuple[bool, bool, date, int]:
    return (not step.is_theirs, step.day is not None, step.day or date.min, list(Coming).index(step.kind))
