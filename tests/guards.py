"""Going round Django on purpose: raw SQL against the rules that PostgreSQL holds."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

# What a sealed column takes from psql: it looks sealed, and no key opens it.
SEALED = f"s1.00000000.{'A' * 22}"


def run_sql(statement: str, *values: Any) -> None:
    """Run a statement as the app, past every action and model."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def assert_refused(statement: str, *values: Any, match: str | None = None) -> None:
    """PostgreSQL refuses the statement, and says why."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        run_sql(statement, *values)


def assert_kept(owner: psycopg.Connection, table: str) -> None:
    """Not even the role that owns the table can take its rows away; there is one, so that it has to be refused."""
    row = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    assert row[0] > 0
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(statement)
