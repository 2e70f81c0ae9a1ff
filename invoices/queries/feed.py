"""Following what changed: every change once, in an order in which nothing ever appears behind the reader."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from invoices.models import ChangeKind

SQL = Path(__file__).parents[1] / "sql"
WRITTEN = re.compile(r"([0-9]{1,4})-([0-9]{1,18})-([0-9]{1,18})")
BEGINNING = "0"


class NoSuchPlace(Exception):
    """What was given is no place in the feed."""


class Place(NamedTuple):
    """How far somebody has followed: the epoch of the server, the transaction, and the change within it."""

    epoch: int = 0
    txid: int = 0
    id: int = 0

    def __str__(self) -> str:
        return "-".join(map(str, self)) if self.epoch else BEGINNING


class Changes(NamedTuple):
    """What changed, in order, the place behind it, and whether there is nothing more at the moment."""

    object_ids: list[UUID]
    place: Place
    is_all: bool


def read_place(text: str) -> Place:
    """
    Read a place as `Place` writes it; "0" is the beginning.

    :raises NoSuchPlace: see the class.
    """
    if text == BEGINNING:
        return Place()
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise NoSuchPlace
    return Place(*(int(part) for part in found.groups()))


def changes_since(*, provider_id: UUID, kind: ChangeKind, place: Place, limit: int) -> Changes:
    """
    Give what of a provider's was made or changed after a place, each thing once; one query.

    Passes only changes of transactions before the oldest that is still running: what such a one writes cannot come to
    stand before the place given, however late it commits. A long transaction delays the feed and loses nothing.
    """
    values = {"provider": provider_id, "kind": kind, "many": limit + 1, **place._asdict()}
    with connection.cursor() as cursor:
        cursor.execute(_sql(), values)
        rows = cursor.fetchall()
    shown = rows[:limit]
    end = Place(*shown[-1][1:]) if shown else place
    return Changes([row[0] for row in shown], end, is_all=len(rows) <= limit)


def place_now() -> Place:
    """Give the place behind everything that is safely written, and before all that is not; one query."""
    with connection.cursor() as cursor:
        horizon = _text("feed_horizon.sql")
        cursor.execute(f"SELECT invoices_sync_epoch(), h.horizon FROM ({horizon}) h")  # noqa: S608 - our own file
        epoch, oldest = cursor.fetchone()
    return Place(epoch, oldest, 0)


@cache
def _sql() -> str:
    return _text("changes_since.sql").replace("{horizon}", _text("feed_horizon.sql"))


def _text(name: str) -> str:
    """Read one of our SQL files without its comments."""
    lines = (SQL / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))
