"""Rows by what is sealed in them: PostgreSQL cannot look for that, so tests do."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def one_that_says(rows: Iterable[Row], **words: str) -> Row:
    """Give the one row that says this."""
    [found] = [row for row in rows if all(getattr(row, name) == said for name, said in words.items())]
    return found


def say_in(row: Row, **words: Any) -> Row:
    """Have a row say something else."""
    for name, said in words.items():
        setattr(row, name, said)
    row.save(update_fields=list(words))
    return row
