"""The test database from the superuser's side: making it, and emptying it after a test that committed."""

import os

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

# What migrations fill and tests do not change.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
FILLED = ("people_policyvalue", "reports_ledgercode")  # rows without a council come with migrations


def superuser(database: str) -> psycopg.Connection:
    """A connection past every right; without DATABASE_SUPERUSER_URL, as the most powerful login we were given."""
    names = ("DATABASE_SUPERUSER_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
    url = next((os.environ[name] for name in names if os.environ.get(name)), "postgresql://")
    return psycopg.connect(make_conninfo(url, dbname=database), autocommit=True)


def make_test_database(name: str) -> None:
    """Make it anew. It belongs to the owner, and the app may only enter."""
    owner = settings.DATABASES["owner"]["USER"]
    with superuser("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        if owner:
            owned = sql.SQL("ALTER DATABASE {} OWNER TO {}")
            connection.execute(owned.format(sql.Identifier(name), sql.Identifier(owner)))


def empty_test_database() -> None:
    """Empty every table with triggers off, but for what migrations filled: what holds without a council, too."""
    with superuser(connections["default"].settings_dict["NAME"]) as connection:
        connection.execute("SET session_replication_role = replica")
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [sql.Identifier(name) for (name,) in rows if name not in KEPT]
        for name in FILLED:
            kept = sql.SQL("CREATE TEMP TABLE {} AS SELECT * FROM {} WHERE council_id IS NULL")
            connection.execute(kept.format(sql.Identifier(f"kept_{name}"), sql.Identifier(name)))
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(tables)))
        for name in FILLED:
            put_back = sql.SQL("INSERT INTO {} SELECT * FROM {}")
            connection.execute(put_back.format(sql.Identifier(name), sql.Identifier(f"kept_{name}")))
