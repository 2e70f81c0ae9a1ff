"""
Rows that a table takes or does not: each CHECK and each uniqueness of an app is tried alone, past Django and triggers.

A row is made of what its columns are, changed where it matters. Everything happens as the superuser, in a transaction
that is rolled back; references need not lead anywhere.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

Values = Mapping[str, Any]
BY_KIND: Values = {
    "bool": False,
    "bytea": b"",
    "date": "2026-05-01",
    "int2": 1,
    "int4": 1,
    "int8": 1,
    "jsonb": "{}",
    "numeric": 1,
    "text": "words",
    "timestamptz": "2026-05-01T09:00Z",
    "varchar": "word",
    "_varchar": ["word"],
}
NEEDED = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND (column_default IS NULL OR column_name = 'id')
"""
# PostgreSQL and Django name those of single columns by themselves; ours are sentences.
OURS = """
SELECT c.conname FROM pg_constraint c
WHERE c.conrelid::regclass::text LIKE %(app)s AND c.contype IN ('c', 'u') AND c.conname !~ '_(check|key|uniq)$'
UNION ALL
SELECT i.indexrelid::regclass::text FROM pg_index i
WHERE i.indrelid::regclass::text LIKE %(app)s AND i.indisunique AND NOT i.indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
OTHER_CHECKS = (
    "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c' AND conname <> %s"
)


def put(connection: psycopg.Connection, table: str, values: Values) -> None:
    """Put a row into a table: these values, and something of its kind in every other column that needs one."""
    needed = connection.execute(NEEDED, [table]).fetchall()
    row = {name: str(uuid4()) if kind == "uuid" else BY_KIND[kind] for name, kind in needed} | dict(values)
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    connection.execute(statement, list(row.values()))


def assert_taken(connection: psycopg.Connection, table: str, good: Values) -> None:
    """The table takes the row, so that what it refuses is refused for its one change."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        put(connection, table, good)


def assert_checked(connection: psycopg.Connection, table: str, row: Values, *, by: str) -> None:
    """This very CHECK refuses the row, whatever the others of its table say."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        for (other,) in connection.execute(OTHER_CHECKS, [table, by]).fetchall():
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            connection.execute(drop.format(sql.Identifier(table), sql.Identifier(other)))
        with pytest.raises(psycopg.errors.CheckViolation) as refusal:
            put(connection, table, row)
        assert refusal.value.diag.constraint_name == by


def assert_once(connection: psycopg.Connection, table: str, first: Values, apart: Values, *, by: str) -> None:
    """The table takes no second row like the first, whatever else it has apart: an id and references of its own."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        put(connection, table, first)
        with pytest.raises(psycopg.errors.UniqueViolation) as refusal:
            put(connection, table, {**first, **apart})
        assert refusal.value.diag.constraint_name == by


def named_by_us(connection: psycopg.Connection, app: str) -> set[str]:
    """Give the names of an app's CHECKs and uniquenesses."""
    return {name for (name,) in connection.execute(OURS, {"app": f"{app}\\_%"}).fetchall()}
