"""
What is in a pack: the person, the plan, the budget, and the history they agreed to. Pure. See docs/moving.md.

Every amount of money is whole pence for a number of days: what one council gave up to the day and what the other gives
from it on come to the same.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

MOST_AGE = timedelta(days=28)
MOST_AHEAD = timedelta(hours=1)  # clocks of two councils differ a little


@dataclass(frozen=True, kw_only=True)
class PersonMoving:
    """
    Who moves: the first council's reference, their name, and what both councils need to know.

    `email`: with which they sign in, so that they sign in there in the same way; empty: they do not.
    """

    ref: str
    name: str
    birth_date: date | None
    postcode: str
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class LikesMoving:
    """How they want pages and letters to be, so that nobody asks them again; as `people.models.PersonalSettings`."""

    is_easy: bool
    text_size: str
    language: str
    is_read_aloud: bool
    channel: str


@dataclass(frozen=True, kw_only=True)
class CountedMoving:
    """What counted in their care account for some days, both included, in pence; a correction may be below zero."""

    first_date: date
    last_date: date
    pence: int
    is_correction: bool
    is_in_force: bool


@dataclass(frozen=True, kw_only=True)
class CareAccountMoving:
    """All that counted up to the day they move, and what counts each week on that day. Units: pence."""

    weekly_pence: int = 0
    counted: Sequence[CountedMoving] = ()

    @property
    def counted_pence(self) -> int:
        """All that counted."""
        return sum(one.pence for one in self.counted)

    @property
    def until_date(self) -> date | None:
        """The last day that was counted; none where nothing was."""
        return max((one.last_date for one in self.counted), default=None)


@dataclass(frozen=True, kw_only=True)
class NeedMoving:
    """
    A need of the plan, as `plans.models.Need` has it. Units: pence; hundredths of a unit a week.

    `days` (Monday is 1) and `parts` place it in the week; a pack of version 1 had no place for them.
    """

    words: str
    outcome: str
    wanted: str
    met_by: str
    is_eligible: bool
    who: str
    how: str
    when_words: str
    kind: str
    unit: str
    units_weekly_hundredths: int
    unit_pence: int
    one_off_pence: int
    days: Sequence[int] = ()
    parts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PlanMoving:
    """The plan that was agreed last, in its own words, with its needs."""

    version: int
    agreed_at: datetime
    outcomes: str
    professional_words: str
    contingency: str
    advice: str
    involved: str
    indicative_weekly_pence: int | None
    needs: Sequence[NeedMoving]


@dataclass(frozen=True, kw_only=True)
class StreamMoving:
    """What one stream pays: `pence` for `days` days, how it is held, and by whom where a fund holds it (version 2)."""

    code: str
    name: str
    kind: str
    delivery: str
    pence: int
    days: int
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class PastMoving:
    """Something of their history that they agreed to: when, what it is called, and the words."""

    on: date
    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """
    All that is in a pack. `agreed_at` is when the person agreed to what goes along.

    `care_account`: none in a pack of version 1, which had no place for it.
    """

    made_at: datetime
    moved_date: date
    agreed_at: datetime
    from_name: str
    person: PersonMoving
    plan: PlanMoving
    streams: Sequence[StreamMoving]
    history: Sequence[PastMoving]
    care_account: CareAccountMoving | None = None
    likes: LikesMoving | None = None


def days_pence(stream: StreamMoving, *, days: int) -> int:
    """
    Say what a stream pays for so many days, rounded up to a whole penny.

    The first council keeps its own days rounded down: what both give comes to the whole. Units: pence.
    """
    return -(-stream.pence * days // stream.days)


def age_refusal(contents: Contents, *, at: datetime) -> str:
    """Say in plain words why a pack is too old, or not of this time; nothing where it is neither."""
    if at - contents.made_at > MOST_AGE:
        return (
            f"This pack was made more than {MOST_AGE.days} days ago. Much may have changed. "
            "Ask the other council to send a new one."
        )
    if contents.made_at - at > MOST_AHEAD:
        return "This pack says it was made later than now. Ask the other council to look at their clock."
    return ""


def write_contents(contents: Contents) -> dict[str, Any]:
    """Give contents as they are written down: days and moments as ISO 8601 has them."""
    return dict(_plain(asdict(contents)).items())


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
