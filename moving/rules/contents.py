"""
What is in a pack: the person, the plan, the budget, and the history they agreed to. Pure. See docs/moving.md.

Every amount of money is whole pence for a number of days: what one council gave up to the day and what the other gives
from it on come to the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

MOST_AGE = timedelta(days=28)
MOST_AHEAD = timedelta(hours=1)  # clocks of two councils differ a little
MOST_PENCE = 10**12
MOST_ROWS = 500


class UnableToReadContents(Exception):
    """What is in a pack is not in the form that is agreed."""


@dataclass(frozen=True, kw_only=True)
class PersonMoving:
    """Who moves: the first council's reference, their name, and what both councils need to know."""

    ref: str
    name: str
    birth_date: date | None
    postcode: str


@dataclass(frozen=True, kw_only=True)
class NeedMoving:
    """A need of the plan, as `plans.models.Need` has it. Units: pence; hundredths of a unit a week."""

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
    """What one stream pays: `pence` for `days` days, and how it is held."""

    code: str
    name: str
    kind: str
    delivery: str
    pence: int
    days: int


@dataclass(frozen=True, kw_only=True)
class PastMoving:
    """Something of their history that they agreed to: when, what it is called, and the words."""

    on: date
    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """All that is in a pack. `agreed_at` is when the person agreed to what goes along."""

    made_at: datetime
    moved_date: date
    agreed_at: datetime
    from_name: str
    person: PersonMoving
    plan: PlanMoving
    streams: Sequence[StreamMoving]
    history: Sequence[PastMoving]


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


def read_contents(said: Mapping[str, Any]) -> Contents:
    """
    Read what is in a pack; everything in it is looked at.

    :raises UnableToReadContents: something is missing, of another kind, or out of bounds.
    """
    try:
        return _contents(said)
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise UnableToReadContents(
            "What is in this pack is not in the form that is agreed. Nothing was taken in. "
            "Ask the other council to send it again."
        ) from trouble


def _contents(said: Mapping[str, Any]) -> Contents:
    plan, person = said["plan"], said["person"]
    needs = [NeedMoving(**_row(NeedMoving, need)) for need in _few(plan["needs"])]
    streams = [StreamMoving(**_row(StreamMoving, stream)) for stream in _few(said["streams"])]
    if any(stream.days < 1 for stream in streams):
        raise ValueError("days")
    indicative = plan["indicative_weekly_pence"]
    return Contents(
        made_at=_moment(said["made_at"]),
        moved_date=date.fromisoformat(said["moved_date"]),
        agreed_at=_moment(said["agreed_at"]),
        from_name=_text(said["from_name"], 200),
        person=PersonMoving(
            ref=_text(person["ref"], 40),
            name=_text(person["name"], 200),
            birth_date=date.fromisoformat(person["birth_date"]) if person["birth_date"] else None,
            postcode=_text(person["postcode"], 10),
        ),
        plan=PlanMoving(
            version=_whole(plan["version"]),
            agreed_at=_moment(plan["agreed_at"]),
            **{
                name: _text(plan[name])
                for name in ("outcomes", "professional_words", "contingency", "advice", "involved")
            },
            indicative_weekly_pence=None if indicative is None else _whole(indicative),
            needs=needs,
        ),
        streams=streams,
        history=[
            PastMoving(
                on=date.fromisoformat(past["on"]), title=_text(past["title"]), words=_text(past["words"])
            )
            for past in _few(said["history"])
        ],
    )


# How long each text may be; every other may be as long as a pack.
LONGEST = {
    "words": 500,
    "who": 200,
    "when_words": 300,
    "outcome": 40,
    "met_by": 10,
    "kind": 20,
    "unit": 20,
    "code": 30,
    "name": 100,
    "delivery": 20,
}


def _row(kind: type, said: Mapping[str, Any]) -> dict[str, Any]:
    """Read one row, each of its fields by what the form says it is."""
    row: dict[str, Any] = {}
    for field in fields(kind):
        value = said[field.name]
        if field.type is int:
            row[field.name] = _whole(value)
        elif field.type is bool:
            row[field.name] = _truth(value)
        else:
            row[field.name] = _text(value, LONGEST.get(field.name))
    return row


def _text(value: Any, longest: int | None = None) -> str:
    if not isinstance(value, str) or "\x00" in value or (longest is not None and len(value) > longest):
        raise ValueError("text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_PENCE:
        raise ValueError("whole number")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _few(rows: Any) -> list[Mapping[str, Any]]:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise ValueError("rows")
    return rows


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
