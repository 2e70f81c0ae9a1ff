"""Reading records of visits strictly: what was delivered to whom, from when to when. No Django, no clock."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from invoices.rules.document import (
    FieldRefused,
    Reading,
    UnreadableDocument,
    read_day,
    read_text,
    read_units,
)

MOST_VISITS = 1_000
LONGEST = timedelta(hours=24)
HERE = ZoneInfo("Europe/London")
INSTANT = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
    r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])"
)


@dataclass(frozen=True, kw_only=True)
class VisitRecord:
    """A visit as its provider wrote it. `ended_at` is exclusive; `units` in the service's unit."""

    ref: str
    contract_ref: str
    service_code: str
    service_date: date
    started_at: datetime
    ended_at: datetime
    units: Decimal
    member_ref: str = ""

    @property
    def body_hash(self) -> bytes:
        """Say what the record says, so that a repeat can be told from a change."""
        said = asdict(self) | {
            "started_at": self.started_at.timestamp(),
            "ended_at": self.ended_at.timestamp(),
        }
        return sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()


def read_instant(value: Any) -> datetime:
    """Read a moment with its offset from universal time, like 2026-05-04T09:00:00+01:00."""
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise FieldRefused("must be a moment with its offset, like 2026-05-04T09:00:00+01:00")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise FieldRefused("is not a day of the calendar") from None


FIELDS: dict[str, Callable[[Any], Any]] = {
    "ref": read_text(60),
    "contract_ref": read_text(40),
    "service_code": read_text(40),
    "service_date": read_day,
    "start": read_instant,
    "end": read_instant,
    "units": read_units,
}
EXTRAS: dict[str, Callable[[Any], Any]] = {"member_ref": read_text(40)}


def visit_rows(payload: Any) -> Sequence[Any]:
    """
    Give the rows of what was sent.

    :raises UnreadableDocument: it is not `{"visits": [...]}` with 1 to 1,000 rows.
    """
    reading = Reading()
    found = reading.fields(payload, "", {"visits": lambda value: value}, {})
    rows = found.get("visits")
    if "visits" in found and (not isinstance(rows, list) or not 1 <= len(rows) <= MOST_VISITS):
        reading.say("/visits", "invalid", f"visits must be a list of 1 to {MOST_VISITS:,} records.")
    if reading.problems:
        raise UnreadableDocument(reading.problems)
    assert isinstance(rows, list)  # anything else was a problem
    return rows


def read_visit(row: Any, *, pointer: str) -> VisitRecord:
    """
    Read one record.

    :raises UnreadableDocument: with everything that is wrong with it.
    """
    reading = Reading()
    found = reading.fields(row, pointer, FIELDS, EXTRAS)
    if not reading.problems:
        _check_times(reading, found, pointer)
    if reading.problems:
        raise UnreadableDocument(reading.problems)
    found["started_at"], found["ended_at"] = found.pop("start"), found.pop("end")
    return VisitRecord(**found)


def _check_times(reading: Reading, found: dict[str, Any], pointer: str) -> None:
    start, end = found["start"], found["end"]
    if end <= start:
        reading.say(f"{pointer}/end", "invalid", "The visit ends before it starts.")
    elif end - start > LONGEST:
        reading.say(
            f"{pointer}/end", "invalid", "A visit lasts at most 24 hours. Send a longer one in parts."
        )
    try:
        began = start.astimezone(HERE).date()
    except (OverflowError, ValueError):  # the very first and last days there are
        began = start.date()
    if began != found["service_date"]:
        reading.say(
            f"{pointer}/service_date", "invalid", f"The visit began on {began} in this country’s time."
        )
    if found["units"] <= 0:
        reading.say(f"{pointer}/units", "invalid", "units must be above zero.")
