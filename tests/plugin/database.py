"""The test database from the superuser's side: making it, and emptying it after a test that committed."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from commonpurse.databases import databases
from commonpurse.management.commands.migrate import grant_rights

MUCH_BYTES = 1_000_000
EMPTY = Path(__file__).parent / "empty.sql"
MIGRATED, BEING_MIGRATED = "TEST_DATABASE_MIGRATED", "TEST_DATABASE_BEING_MIGRATED"
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


def superuser(database: str) -> psycopg.Connection:
    """A connection past every right; without DATABASE_SUPERUSER_URL, as the most powerful login we were given."""
    names = ("DATABASE_SUPERUSER_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
    url = next((os.environ[name] for name in names if os.environ.get(name)), "postgresql://")
    return psycopg.connect(make_conninfo(url, dbname=database), autocommit=True)


def variables_for(name: str) -> dict[str, str]:
    """The variables with which another process works on the database of this name."""
    pointed = {
        variable: make_conninfo(url, dbname=name)
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL")
        if (url := os.environ.get(variable))
    }
    given = {"PGDATABASE": name} if "PGHOST" in os.environ else {}
    return {**os.environ, **pointed, **given}


@contextmanager
def migrated_meanwhile() -> Iterator[Mapping[str, str]]:
    """
    Migrate a database that every worker then copies, in a process of its own, while they still look for tests.

    Gives the variables by which `copy_migrated_database` finds it. A lock on a file says that it is not done; it
    goes with the process, however that ends.
    """
    name = f"test_commonpurse_migrated_{os.getpid()}"
    make_database(name)
    with tempfile.TemporaryDirectory(prefix="cp-migrating-") as folder:
        lock = Path(folder) / "lock"
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            migration = subprocess.Popen(
                [sys.executable, MANAGE, "migrate", "--verbosity", "0"],
                env=variables_for(name),
                pass_fds=[held.fileno()],
            )
        try:
            yield {MIGRATED: name, BEING_MIGRATED: str(lock)}
        finally:
            migration.kill()
            migration.wait()
            drop_database(name)


def copy_migrated_database(name: str) -> None:
    """Make a copy of the database that was migrated for this run, once that is done, and have Django use it."""
    with open(os.environ[BEING_MIGRATED]) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    make_database(name, like=os.environ[MIGRATED])
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    call_command(
        "migrate", check_unapplied=True, verbosity=0
    )  # had it failed, nothing here would mean anything
    grant_rights()  # those on the database itself do not come with a copy
    connections["owner"].close()


def make_database(name: str, *, like: str = "template1") -> None:
    """Make a database anew. It belongs to the owner, and the app may only enter."""
    owner = databases(os.environ)["owner"]["USER"]
    drop_database(name)
    with superuser("postgres") as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(like)))
        for right in ("REVOKE ALL ON DATABASE {} FROM PUBLIC", "GRANT CONNECT ON DATABASE {} TO PUBLIC"):
            connection.execute(sql.SQL(right).format(sql.Identifier(name)))
        if owner:
            owned = sql.SQL("ALTER DATABASE {} OWNER TO {}")
            connection.execute(owned.format(sql.Identifier(name), sql.Identifier(owner)))


def drop_database(name: str) -> None:
    """Take a database away, whoever is still in it."""
    with superuser("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def empty_test_database() -> None:
    """
    Empty every table with triggers off, but for what migrations filled: the policy that holds everywhere, too.

    Rows are deleted, not tables truncated: there are few rows, and a hundred tables made anew would have every
    connection learn them anew.
    """
    with superuser(connections["default"].settings_dict["NAME"]) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(EMPTY.read_text())
        large = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND pg_relation_size(oid) > %s",
            [MUCH_BYTES],
        ).fetchall()
        for (name,) in large:  # or every later test would read past the rows that are gone
            connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
