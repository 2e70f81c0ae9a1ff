"""
Columns whose words only the app can read: sealed as a row is written, opened as a word of it is read.

In Python the words stand in the row like any others. `''` stays `''`, so CHECKs that ask for words work, and one can
look for rows with none (`filter(words="")`); nothing else of it can be asked in SQL. What is sealed is bound to its
column and its row: `values()`, `update()` and SQL of one's own know no row, so they give and take it sealed (`opened`).
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DataError, models
from django.db.models.query_utils import DeferredAttribute

from sealing.rules import Keys, Place, UnableToOpen, keys_of, seal, seal_bytes, unseal, unseal_bytes

Plain = TypeVar("Plain", str, bytes)
Set = TypeVar("Set")
Get = TypeVar("Get")
KEPT = "_as_sealed"


class Sealed(Generic[Plain]):
    """What a sealed column holds, as it is there. `row`: the row it came with, where it came with one."""

    __slots__ = ("kept", "row")

    def __init__(self, kept: Plain, row: UUID | None = None) -> None:
        self.kept: Plain = kept
        self.row = row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.kept == self.kept

    def __hash__(self) -> int:
        return hash(self.kept)

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        raise UnableToOpen("This is sealed. Read it from its row, or open it with `sealing.models.opened`.")


class _Opens(DeferredAttribute):
    """The attribute of a sealed column: opened when it is read for the first time."""

    field: "_SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.open_on(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Sealed):
            pk = instance._meta.pk  # noqa: SLF001 - the face by which Django shows its models
            value.row = instance.__dict__.get(pk.attname) if pk else None
        instance.__dict__[self.field.attname] = value


class _SealedField(models.Field[Set, Get], Generic[Set, Get]):
    """What columns of words and of bytes have in common."""

    descriptor_class = _Opens

    def seal(self, plain: Any, at: Place) -> Any:
        """Seal what is to stand in a place."""
        raise NotImplementedError

    def unseal(self, kept: Any, at: Place) -> Any:
        """Open what stands in a place."""
        raise NotImplementedError

    def place(self, row: UUID) -> Place:
        """Say where this column is, in one row."""
        return Place(f"{self.model._meta.db_table}.{self.column}", row)  # noqa: SLF001 - Django shows it so

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is something: nothing else of what is sealed can be asked."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_transform(self, lookup_name: str) -> Any:
        """None: nothing of what is sealed can be reckoned with."""
        return None

    def from_db_value(self, value: Any | memoryview | None, *_: object) -> Any:
        """Take what the column holds, sealed."""
        if not value:
            return value
        return Sealed(value if isinstance(value, str) else bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        """
        Give the column what is sealed, and nothing else.

        :raises TypeError: it is not, and no row is known to seal it for.
        """
        if isinstance(value, Sealed):
            return value.kept
        if value is None or not len(value):
            return value
        raise TypeError(f"{self} is sealed: it is written with its row, and not looked for.")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """
        Seal what is in the row. What says the same as when it was read is written as it was read.

        So a row that stays as it is looks the same to PostgreSQL, whichever key sealed it.
        """
        value = model_instance.__dict__.get(self.attname)
        row = model_instance.pk
        if isinstance(value, Sealed):
            if value.row == row:
                return value
            value = self.open_on(model_instance, value)
        value = self.written(value)
        if value is None or not len(value):
            return value
        if not isinstance(row, UUID):
            raise TypeError(f"{self} is sealed, so its row has an id before it is written (`new_id`).")
        kept = model_instance.__dict__.get(KEPT, {}).get(self.attname)
        if kept is not None and kept[0].row == row and kept[1] == value:
            return kept[0]
        return Sealed(self.seal(value, self.place(row)), row)

    def written(self, value: Any) -> Any:
        """Give what a row says in the form in which it is sealed."""
        return value

    def read(self, plain: Any) -> Any:
        """Give what was sealed in the form in which the row says it."""
        return plain

    def open_on(self, instance: models.Model, sealed: Sealed[Any]) -> Any:
        """Open what a row holds, and remember how it was sealed."""
        sealed.row = sealed.row or instance.pk  # columns of an abstract model come before their row's id
        plain = self.unseal(sealed.kept, self.place(sealed.row))
        instance.__dict__.setdefault(KEPT, {})[self.attname] = (sealed, plain)
        value = instance.__dict__[self.attname] = self.read(plain)
        return value


class SealedWords(_SealedField[Set, Get]):
    """
    Words that only the app can read. PostgreSQL takes nothing else into such a column (the domain `sealed_text`).

    `max_length` is held as the words are written, as it would be by a column of so many characters.
    """

    def db_type(self, connection: Any) -> str:
        """Name our own kind of text: nothing, or something sealed."""
        return "sealed_text"

    def seal(self, plain: str, at: Place) -> str:
        """
        Seal words for a place.

        :raises DataError: they are longer than they may be.
        """
        words = str(plain)
        if self.max_length and len(words) > self.max_length:
            raise DataError(f"value too long for {self}: {len(words)} of {self.max_length} characters")
        return seal(words, at=at, keys=our_keys())

    def unseal(self, kept: str, at: Place) -> str:
        """Open words of a place."""
        return unseal(kept, at=at, keys=our_keys())


class SealedTextField(SealedWords[str, str], models.TextField[str, str]):
    """Words, as long as they may be."""


class SealedJSONField(SealedWords[Any, Any], models.TextField[Any, Any]):
    """What only the app can read, in parts: lists, and facts by their names."""

    # By these django-stubs knows what a row says there.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def written(self, value: Any) -> Any:
        """Put it into words."""
        return json.dumps(value)

    def read(self, plain: str) -> Any:
        """Take it from its words."""
        return json.loads(plain)


class SealedBinaryField(_SealedField[bytes, bytes], models.BinaryField[bytes, bytes]):
    """A file that only the app can read."""

    def seal(self, plain: bytes, at: Place) -> bytes:
        """Seal a file for a place."""
        return seal_bytes(bytes(plain), at=at, keys=our_keys())

    def unseal(self, kept: bytes, at: Place) -> bytes:
        """Open a file of a place."""
        return unseal_bytes(kept, at=at, keys=our_keys())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Give the column what is sealed, as bytes."""
        kept = self.get_prep_value(value)
        return kept if kept is None else connection.Database.Binary(kept)


def our_keys() -> Keys:
    """Give the keys of this house, the newest first (SEALING_KEY, SEALING_KEY_FALLBACKS)."""
    return _keys(tuple(settings.SEALING_KEYS))


@lru_cache(maxsize=8)
def _keys(secrets: Sequence[str]) -> Keys:
    return keys_of(secrets)


def opened(kept: str, *, column: str, row: UUID) -> str:
    """
    Open words that SQL of our own read: from which column ("plans_plan.outcomes") of which row.

    :raises UnableToOpen: the key is missing, or it was changed or moved.
    """
    return unseal(kept, at=Place(column, row), keys=our_keys())
