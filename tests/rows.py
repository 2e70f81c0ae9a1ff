"""
Rows that a table takes or does not: each CHECK, uniqueness and exclusion of an app is tried alone, past Django.

A row is made of what its columns are, changed where it matters. Everything happens as the superuser, in a transaction
that is rolled back; references need not lead anywhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.guards import SEALED

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
    "sealed_text": SEALED,
    "text": "words",
    "timestamptz": "2026-05-01T09:00Z",
    "varchar": "word",
    "_int2": [1],
    "_varchar": ["word"],
}
NEEDED = """
SELECT column_name, coalesce(domain_name, udt_name) FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND (column_default IS NULL OR column_name = 'id')
"""
# PostgreSQL and Django name those of single columns by themselves; ours are sentences.
OURS = """
SELECT c.conname FROM pg_constraint c
WHERE c.conrelid::regclass::text LIKE %(app)s AND c.contype IN ('c', 'u', 'x') AND c.conname !~ '_(check|key|uniq)$'
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
    sealed = [name for name, kind in needed if kind == "sealed_text" and row[name]]
    row |= dict.fromkeys(
        sealed, SEALED
    )  # whatever words are given, such a column takes only what looks sealed
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
        with pytest.raises((psycopg.errors.UniqueViolation, psycopg.errors.ExclusionViolation)) as refusal:
            put(connection, table, {**first, **apart})
        assert refusal.value.diag.constraint_name == by


def named_by_us(connection: psycopg.Connection, app: str) -> set[str]:
    """Give the names of an app's CHECKs and uniquenesses."""
    return {name for (name,) in connection.execute(OURS, {"app": f"{app}\\_%"}).fetchall()}


# What a statement that would change a table is, by its first letter: it changes no row, and is refused all the same.
CHANGES = {
    "U": "UPDATE {table} SET id = id WHERE false",
    "D": "DELETE FROM {table} WHERE false",
    "T": "TRUNCATE {table} CASCADE",
}
FROZEN = r"""
SELECT t.tgrelid::regclass::text, t.tgtype FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid::regclass::text LIKE %(app)s AND NOT t.tgisinternal AND t.tgtype & 1 = 0
    AND p.proname LIKE '%%\_refuse\_%%change'
"""
BITS = {"U": 16, "D": 8, "T": 32}


def assert_kept(connection: psycopg.Connection, table: str, change: str) -> None:
    """The table refuses such a change, even the superuser's."""
    with (
        connection.transaction(force_rollback=True),
        pytest.raises(psycopg.errors.RestrictViolation) as refusal,
    ):
        connection.execute(CHANGES[change].format(table=table))
    assert f"of {table} is refused" in str(refusal.value)


class Rows:
    """
    The rules of one app's tables, each tried by a row that breaks it. A class of tests gives them:

    `good`: what a row of each table has to say to be taken, beside something in every column. `checks`: the rule, its
    table, and what breaks it. `once`: the rule, its table, what two rows have in common, and what the second has apart.
    """

    app: ClassVar[str]
    good: ClassVar[dict[str, Values]]
    checks: ClassVar[Sequence[tuple[str, str, Values]]]
    once: ClassVar[Sequence[tuple[str, str, Values, Values]]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Give each test its rows."""
        wants: dict[str, Sequence[Any]] = {
            "good_table": list(self.good),
            "check": list(self.checks),
            "twice": list(self.once),
        }
        for name, values in wants.items():
            if name in metafunc.fixturenames:
                ids = [value if isinstance(value, str) else f"{value[0]}-{value[1]}" for value in values]
                metafunc.parametrize(name, values, ids=ids)

    def test_takes_a_row_that_is_as_it_should_be(
        self, superuser_connection: psycopg.Connection, good_table: str
    ) -> None:
        assert_taken(superuser_connection, f"{self.app}_{good_table}", self.good[good_table])

    def test_takes_no_row_against_a_rule(
        self, superuser_connection: psycopg.Connection, check: tuple[str, str, Values]
    ) -> None:
        rule, table, wrong = check
        row = {**self.good[table], **wrong}
        assert_checked(superuser_connection, f"{self.app}_{table}", row, by=f"{self.app}_{rule}")

    def test_takes_nothing_twice(
        self, superuser_connection: psycopg.Connection, twice: tuple[str, str, Values, Values]
    ) -> None:
        rule, table, same, apart = twice
        row = {**self.good[table], **same}
        assert_once(superuser_connection, f"{self.app}_{table}", row, apart, by=f"{self.app}_{rule}")

    def test_has_no_rule_that_was_not_tried(self, superuser_connection: psycopg.Connection) -> None:
        tried = {f"{self.app}_{rule}" for rule, *_ in [*self.checks, *self.once]}
        untried = named_by_us(superuser_connection, self.app) ^ tried
        assert untried == set(), untried


class KeptRows(Rows):
    """
    Tables of which nothing is taken away, and some are never changed, beside their other rules.

    `kept`: by table the changes (UPDATE, DELETE, TRUNCATE) that are refused to everybody, by their first letters.
    """

    kept: ClassVar[Mapping[str, str]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Give each test its rows, or its change."""
        super().pytest_generate_tests(metafunc)
        if "change" in metafunc.fixturenames:
            each = [(table, letter) for table, letters in self.kept.items() for letter in letters]
            metafunc.parametrize("change", each, ids=["-".join(one) for one in each])

    def test_keeps_what_is_kept_from_everybody(
        self, superuser_connection: psycopg.Connection, change: tuple[str, str]
    ) -> None:
        table, letter = change
        assert_kept(superuser_connection, f"{self.app}_{table}", letter)

    def test_keeps_what_it_says_and_nothing_else(self, superuser_connection: psycopg.Connection) -> None:
        frozen = superuser_connection.execute(FROZEN, {"app": f"{self.app}\\_%"}).fetchall()
        found = {table: "".join(one for one, bit in BITS.items() if kind & bit) for table, kind in frozen}
        told = {f"{self.app}_{table}": changes for table, changes in self.kept.items()}
        assert found == told, set(found.items()) ^ set(told.items())
