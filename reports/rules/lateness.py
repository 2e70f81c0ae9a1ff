"""When a review of somebody's plan is late, and why. Pure: no Django, no clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PlanStanding:
    """Where somebody's planning stands: the agreed plan's review date, and what became of the newest version."""

    review_due_date: date | None
    has_agreed_plan: bool
    newest_state: str
    return_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Late:
    """Something that is late: by how many days (none where there is no date to count from), and why."""

    days: int | None
    why: str


def why_late(standing: PlanStanding, on: date) -> Late | None:
    """
    Say whether a review is late on a day, and why; none where it is not. On the very day it is not late yet.

    Nobody without an agreed plan is ever left out: that is late too. Source: care rules, section 4 ("keep the
    review clock impossible to hide").
    """
    if not standing.has_agreed_plan:
        return Late(days=None, why=f"There is no agreed plan. {_newest(standing)}")
    if standing.review_due_date is None:
        return Late(days=None, why="The plan does not say when it is looked at again.")
    if standing.review_due_date >= on:
        return None
    return Late(days=(on - standing.review_due_date).days, why=_newest(standing))


def _newest(standing: PlanStanding) -> str:
    words = {
        "": "Nobody has begun to write one.",
        "agreed": "Nobody has begun the next version.",
        "draft": "The next version is begun, but not handed in.",
        "submitted": "The next version is handed in and waits for you.",
        "returned": f"The next version was sent back: {standing.return_reason}",
    }
    return words[standing.newest_state]
