"""Columns that are sealed, and ids that are known before their row is written."""

from sealing.models.fields import (
    SealedBinaryField,
    SealedJSONField,
    SealedTextField,
    SealedWords,
    opened,
    our_keys,
)
from sealing.models.ids import new_id

__all__ = [
    "SealedBinaryField",
    "SealedJSONField",
    "SealedTextField",
    "SealedWords",
    "new_id",
    "opened",
    "our_keys",
]
