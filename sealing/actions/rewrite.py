"""Writing columns of a table anew, row by row, past the triggers that keep them as they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import sql

from sealing.rules import Place

AT_A_TIME = 500
Kept = Any  # words, or bytes
Change = Callable[[Kept, Place], Kept]


def rewrite_some(
    cursor: Any, *, table: str, changes: Mapping[str, Change], after: UUID | None, only: sql.Composable
) -> list[UUID]:
    """
    Write columns anew in the next rows of a table, in the order of their ids, and say which rows that were.

    `changes`: for each column, what becomes of what it holds; `only`: which rows it is about. The table's own triggers
    rest meanwhile: others who write in it wait until the transaction ends, so nobody else gets past them.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, changes))
    found = sql.SQL(
        "SELECT id, {} FROM {} WHERE {} AND (%(after)s::uuid IS NULL OR id > %(after)s) {}"
    ).format(names, sql.Identifier(table), only, sql.SQL("ORDER BY id LIMIT {} FOR UPDATE").format(AT_A_TIME))
    rows = cursor.execute(found, {"after": after}).fetchall()
    if rows:
        _write(cursor, table, list(changes), [_changed(row, table, changes) for row in rows])
    return [row[0] for row in rows]


def rewrite_all(cursor: Any, *, table: str, changes: Mapping[str, Change]) -> int:
    """Write columns anew in every row of a table that holds something in one of them, and say in how many."""
    holding = sql.SQL(" OR ").join(
        sql.SQL("octet_length({}) > 0").format(sql.Identifier(name)) for name in changes
    )
    last, count = None, 0
    while done := rewrite_some(
        cursor, table=table, changes=changes, after=last, only=sql.SQL("({})").format(holding)
    ):
        last, count = done[-1], count + len(done)
    return count


def _changed(row: Sequence[Any], table: str, changes: Mapping[str, Change]) -> list[Any]:
    pk, *kept = row
    new = [
        change(value, Place(f"{table}.{column}", pk)) if value else value
        for (column, change), value in zip(changes.items(), kept, strict=True)
    ]
    return [*new, pk]


def _write(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    name = sql.Identifier(table)
    setting = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(column)) for column in columns)
    cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    cursor.executemany(sql.SQL("UPDATE {} SET {} WHERE id = %s").format(name, setting), rows)
    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
