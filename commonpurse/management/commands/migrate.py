"""`migrate`, as the role that owns the tables, and then the app's rights on what it made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import ProgrammingError, connections, transaction

from commonpurse.databases import APP_ROLE, WEB_ROLE

# Two migrations at once would trip over each other: `up` and a command beside it, or two hosts of one council.
ONE_AT_A_TIME = 0x636F6D6D  # any number nobody else locks
# Not inherited: the app itself is not behind the wall.
BECOMES = f"GRANT {WEB_ROLE} TO {APP_ROLE} WITH INHERIT FALSE, SET TRUE"
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
            make_roles()
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


def make_roles() -> None:
    """
    Make the app's role, and the one it becomes in the web, where nobody has: a plain server, or one from before ADR 34.

    :raises CommandError: one is missing and the owner may not make it.
    """
    with connections["owner"].cursor() as cursor:
        try:
            for role in (APP_ROLE, WEB_ROLE):
                cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.rowcount:
                    cursor.execute(f"CREATE ROLE {role} NOLOGIN")
                    cursor.execute(f"GRANT {role} TO CURRENT_USER WITH SET TRUE, INHERIT FALSE")
            cursor.execute("SELECT pg_has_role(%s, %s, 'SET')", [APP_ROLE, WEB_ROLE])
            if cursor.fetchone() != (True,):
                cursor.execute(BECOMES)
        except ProgrammingError as refusal:
            raise CommandError(
                f"The database has no roles {APP_ROLE} and {WEB_ROLE}, or the first may not become the second, and "
                f"this login may not change that. As an administrator, run what is missing of: "
                f"CREATE ROLE {APP_ROLE} NOLOGIN; GRANT {APP_ROLE} TO <the login in DATABASE_URL>; "
                f"CREATE ROLE {WEB_ROLE} NOLOGIN; {BECOMES}; and where there is one login for everything, "
                f"GRANT {WEB_ROLE} TO <that login> WITH INHERIT FALSE;"
            ) from refusal


def grant_rights() -> None:
    """Give the app's role its rights on every table there is now, all at once."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(GRANTS.read_text())
