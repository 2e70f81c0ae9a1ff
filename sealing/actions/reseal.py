"""Sealing everything anew with the newest key, so that older ones can be put away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from sealing.actions.rewrite import Change, rewrite_some
from sealing.models.fields import SealedBinaryField, SealedWords, our_keys
from sealing.rules import Keys, Place, UnableToOpen, UnableToSeal, seal, seal_bytes, unseal, unseal_bytes

OWNER = "owner"
WORDS = sql.SQL("({0} <> '' AND NOT starts_with({0}, {1}))")
BYTES = sql.SQL("(octet_length({0}) > 0 AND substr({0}, 1, octet_length({1})) <> {1})")


class UnableToReseal(Exception):
    """A key is missing, something does not open, or it is not the owner of the tables who asks."""


@dataclass(frozen=True)
class Resealed:
    """How many rows of a table were sealed anew."""

    table: str
    rows: int


def reseal(*, using: str = OWNER) -> Iterator[Resealed]:
    """
    Seal anew whatever an older key sealed, table by table and some hundred rows at a time; asked again, it goes on.

    It works as the owner of the tables: what triggers keep as it was written says the same as before, and they rest
    for as long as one portion takes.

    :raises UnableToReseal: a key is missing, something does not open, or the login does not own the tables.
    """
    try:
        newest = our_keys().newest
        for model, fields in sealed_columns():
            table = model._meta.db_table  # noqa: SLF001 - the face by which Django shows its models
            changes = {field.column: _anew(field, our_keys()) for field in fields}
            yield Resealed(table, _table(table, changes, _older(fields, newest.begins), using))
    except (UnableToOpen, UnableToSeal) as refusal:
        raise UnableToReseal(str(refusal)) from refusal
    except ProgrammingError as refusal:
        raise UnableToReseal(
            f"The database refused: {str(refusal).strip()}. Run it with DATABASE_OWNER_URL, as `migrate`."
        ) from refusal


def sealed_columns() -> Iterator[tuple[type[models.Model], list[Any]]]:
    """Give every model that has sealed columns, and those."""
    for model in apps.get_models():
        fields = [
            field
            for field in model._meta.concrete_fields  # noqa: SLF001
            if isinstance(field, SealedWords | SealedBinaryField)
        ]
        if fields:
            yield model, fields


def _table(table: str, changes: dict[str, Change], older: sql.Composable, using: str) -> int:
    last, count = None, 0
    while True:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            done = rewrite_some(cursor, table=table, changes=changes, after=last, only=older)
        if not done:
            return count
        last, count = done[-1], count + len(done)


def _older(fields: Sequence[Any], begins: str) -> sql.Composable:
    """Put into SQL which rows hold something that another key sealed than the one whose seals begin so."""
    each = [
        (WORDS if isinstance(field, SealedWords) else BYTES).format(
            sql.Identifier(field.column), begins if isinstance(field, SealedWords) else begins.encode()
        )
        for field in fields
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(each))


def _anew(field: Any, keys: Keys) -> Change:
    if isinstance(field, SealedWords):
        return lambda kept, at: _words(kept, at, keys)
    return lambda kept, at: _bytes(kept, at, keys)


def _words(kept: Any, at: Place, keys: Keys) -> str:
    return seal(unseal(kept, at=at, keys=keys), at=at, keys=keys)


def _bytes(kept: Any, at: Place, keys: Keys) -> bytes:
    return seal_bytes(unseal_bytes(bytes(kept), at=at, keys=keys), at=at, keys=keys)
