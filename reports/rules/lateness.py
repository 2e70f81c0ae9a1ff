"""What is late about somebody's plan, and why. Pure: no Django, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans.rules.reviews import Clock, ClockKind

DUE = {
    ClockKind.FIRST: "The first review of the plan",
    ClockKind.YEARLY: "The yearly review of the plan",
    ClockKind.DIRECT_PAYMENT: "The review of the direct payment",
    ClockKind.CAPACITY: "Looking again whether they can decide something themselves",
    ClockKind.PLAN_SAYS: "The review that the plan names",
    ClockKind.CALLED: "A review that was asked for",
}


@dataclass(frozen=True, kw_only=True)
class PlanStanding:
    """Where somebody's planning stands: what is due, and what became of the newest version."""

    clocks: Sequence[Clock]
    has_agreed_plan: bool
    newest_state: str
    return_reason: str = ""
    challenge_due_dates: Sequence[date] = ()
    again_by_dates: Sequence[date] = ()
    mark_review_dates: Sequence[date] = ()


@dataclass(frozen=True, kw_only=True)
class Late:
    """Something that is late: by how many days (none where there is no date to count from), what, and why."""

    days: int | None
    what: str
    why: str


def all_late(standing: PlanStanding, on: date) -> list[Late]:
    """
    Say all that is late on a day, the latest first; nothing where nothing is. On the very day it is not late yet.

    Nobody without an agreed plan is ever left out: that is late too. Source: care rules, section 4 ("keep the
    review clock impossible to hide").
    """
    late = [
        Late(days=clock.days_late(on), what=DUE[clock.kind], why=clock.why or _newest(standing))
        for clock in standing.clocks
        if clock.days_late(on)
    ]
    late += [
        Late(
            days=(on - due).days,
            what="The answer to what they do not agree with",
            why="Nobody has answered it.",
        )
        for due in standing.challenge_due_dates
        if due < on
    ]
    late += [
        Late(
            days=(on - due).days,
            what="The assessment that is open again",
            why="Nobody has finished it.",
        )
        for due in standing.again_by_dates
        if due < on
    ]
    late += [
        Late(
            days=(on - due).days,
            what="Looking again at keeping their money from somebody",
            why="It goes on until somebody ends it.",
        )
        for due in standing.mark_review_dates
        if due < on
    ]
    late.sort(key=lambda one: -(one.days or 0))
    if standing.has_agreed_plan:
        return late
    return [Late(days=None, what="", why=f"There is no agreed plan. {_newest(standing)}"), *late]


def _newest(standing: PlanStanding) -> str:
    words = {
        "": "Nobody has begun to write one.",
        "agreed": "Nobody has begun the next version.",
        "draft": "The next version is begun, but not handed in.",
        "submitted": "The next version is handed in and waits for you.",
        "manager": "The next version is with the team manager.",
        "panel": "The next version is with the panel.",
        "returned": f"The next version was sent back: {standing.return_reason}",
    }
    return words[standing.newest_state]
