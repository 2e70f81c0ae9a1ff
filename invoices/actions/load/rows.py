"""Writing many rows at once and knowing their ids afterwards."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection, models

AT_A_TIME = 5_000  # rows in one statement
Noun = TypeVar("Noun", bound=models.Model)


def write_all(rows: Iterable[Noun]) -> list[Noun]:
    """
    Write rows of one kind, thousands at a time, and give them with their ids.

    Django does not read ids back that PostgreSQL makes in a bulk insert, so they are asked for first.
    """
    written = list(rows)
    if not written:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [len(written)])
        ids = [found for (found,) in cursor.fetchall()]
    for row, row_id in zip(written, ids, strict=True):
        row.pk = row_id
    type(written[0])._default_manager.bulk_create(written, batch_size=AT_A_TIME)  # noqa: SLF001 (Django documents it)
    return written
