"""Reading what is in a pack: everything is looked at, and what is not in the form that is agreed is refused. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from moving.rules.contents import (
    CareAccountMoving,
    Contents,
    CountedMoving,
    LikesMoving,
    NeedMoving,
    PastMoving,
    PersonMoving,
    PlanMoving,
    StreamMoving,
)

MOST_PENCE = 10**12
MOST_ROWS = 500
MOST_COUNTED = 3_000  # months of 99 years, and as many corrections
WITH_ACCOUNT = 2  # the first version that has a place for the care account and how somebody signs in


class UnableToReadContents(Exception):
    """What is in a pack is not in the form that is agreed."""


def read_contents(said: Mapping[str, Any], *, version: int) -> Contents:
    """
    Read what is in a pack of a version we know; everything in it is looked at.

    :raises UnableToReadContents: something is missing, of another kind, or out of bounds.
    """
    try:
        return _contents(said, version)
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise UnableToReadContents(
            "What is in this pack is not in the form that is agreed. Nothing was taken in. "
            "Ask the other council to send it again."
        ) from trouble


def _contents(said: Mapping[str, Any], version: int) -> Contents:
    plan = said["plan"]
    week: dict[str, Any] = {"days": [], "parts": []} if version < WITH_ACCOUNT else {}
    held = {"holder": ""} if version < WITH_ACCOUNT else {}
    needs = [NeedMoving(**_row(NeedMoving, need | week)) for need in _few(plan["needs"])]
    streams = [StreamMoving(**_row(StreamMoving, stream | held)) for stream in _few(said["streams"])]
    if any(stream.days < 1 for stream in streams):
        raise ValueError("days")
    indicative, has_account = plan["indicative_weekly_pence"], version >= WITH_ACCOUNT
    moved_date = date.fromisoformat(said["moved_date"])
    return Contents(
        made_at=_moment(said["made_at"]),
        moved_date=moved_date,
        agreed_at=_moment(said["agreed_at"]),
        from_name=_text(said["from_name"], 200),
        person=_person(said["person"], version),
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
        care_account=_care_account(said["care_account"], before=moved_date) if has_account else None,
        likes=LikesMoving(**_row(LikesMoving, said["likes"])) if has_account and said["likes"] else None,
    )


def _person(person: Mapping[str, Any], version: int) -> PersonMoving:
    return PersonMoving(
        ref=_text(person["ref"], 40),
        name=_text(person["name"], 200),
        birth_date=date.fromisoformat(person["birth_date"]) if person["birth_date"] else None,
        postcode=_text(person["postcode"], 10),
        email=_text(person["email"], 254) if version >= WITH_ACCOUNT else "",
    )


def _care_account(said: Mapping[str, Any], *, before: date) -> CareAccountMoving:
    """Read a care account: no day counts twice, none that is still to come, and never less than nothing in all."""
    rows = [_counted(row) for row in _few(said["counted"], MOST_COUNTED)]
    days = sorted((row.first_date, row.last_date) for row in rows if not row.is_correction)
    if any(first <= last for (_, last), (first, _) in pairwise(days)):
        raise ValueError("a day counts twice")
    if any(row.last_date >= before for row in rows) or sum(row.pence for row in rows) < 0:
        raise ValueError("care account")
    return CareAccountMoving(weekly_pence=_whole(said["weekly_pence"]), counted=rows)


def _counted(row: Mapping[str, Any]) -> CountedMoving:
    """Read what counted for some days; only a correction is below zero, and it corrects something."""
    pence, is_correction = row["pence"], _truth(row["is_correction"])
    if type(pence) is not int or not -MOST_PENCE <= pence <= MOST_PENCE:
        raise ValueError("whole number")
    counted = CountedMoving(
        first_date=date.fromisoformat(row["first_date"]),
        last_date=date.fromisoformat(row["last_date"]),
        pence=pence,
        is_correction=is_correction,
        is_in_force=_truth(row["is_in_force"]),
    )
    if counted.last_date < counted.first_date or (pence == 0 if is_correction else pence < 0):
        raise ValueError("care account")
    return counted


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
    "part": 10,
    "holder": 200,
    "text_size": 10,
    "language": 10,
    "channel": 10,
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
        elif field.type == Sequence[int]:
            row[field.name] = [_whole(one) for one in _few(value)]
        elif field.type == Sequence[str]:
            row[field.name] = [_text(one, LONGEST["part"]) for one in _few(value)]
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


def _few(rows: Any, most: int = MOST_ROWS) -> list[Any]:
    if not isinstance(rows, list) or len(rows) > most:
        raise ValueError("rows")
    return rows


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment
