"""`migrate`, as the role that owns the tables, and then the app's rights on what it made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import ProgrammingError, connections, transaction
from psycopg import sql

from commonpurse.databases import APP_ROLE

# Two migrations at once would trip over each other: `up` and a command beside it, or two hosts of one council.
ONE_AT_A_TIME = 0x636F6D6D  # any number nobody else locks
GRANTS = Path(__file__).resolve().parents[2] / "sql" / "grants.sql"


class Command(migrate.Command):
    """Django's own command through the `owner` connection, since the app's role may not change tables."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments; the database is always the owner's."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then give the app its rights; `--plan` and `--check` only look."""
        if options["database"] == "default":
            options["database"] = "owner"
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        with one_at_a_time():
            make_app_role()
            super().handle(*args, **options)
            grant_rights()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until nobody else migrates this database. The lock goes with the connection, however that ends."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def make_app_role() -> None:
    """
    Make the app's role where nobody has: a plain server with one login, which then acts as both.

    :raises CommandError: it is missing and the owner may not make it.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.rowcount:
            return
        try:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP_ROLE)))
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH SET TRUE").format(sql.Identifier(APP_ROLE)))
        except ProgrammingError as refusal:
            raise CommandError(
                f"The database has no role {APP_ROLE} and this login may not make it. As an administrator, run: "
                f"CREATE ROLE {APP_ROLE} NOLOGIN; GRANT {APP_ROLE} TO <the login in DATABASE_URL>;"
            ) from refusal


def grant_rights() -> None:
    """Give the app's role its rights on every table there is now, all at once."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(GRANTS.read_text())
