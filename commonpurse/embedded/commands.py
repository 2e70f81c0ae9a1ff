"""Which management commands need servers, and running them with servers for as long as they run."""

import os
import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from commonpurse.embedded.places import THROWAWAY
from commonpurse.embedded.servers import borrowed_servers, is_given_a_database

# They look at code and files only. `up` starts servers of its own.
NEED_NO_DATABASE = frozenset(
    {
        *("help", "--help", "-h", "version", "--version", "up"),
        *("check", "collectstatic", "diffsettings", "findstatic", "sendtestemail", "spectacular"),
        *("compilemessages", "makemessages", "makemigrations", "startapp", "startproject"),
    }
)
APPLY_NO_MIGRATIONS = frozenset({"migrate", "showmigrations", "sqlmigrate", "squashmigrations", "dbshell"})


@contextmanager
def servers_for(arguments: Sequence[str]) -> Iterator[None]:
    """
    Have a database and a broker while a command runs, where it needs them and nobody gave it any.

    Missing migrations are applied first, so that no command stumbles over a table that is not there yet.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in NEED_NO_DATABASE or {"--help", "-h"} & set(arguments) or is_given_a_database():
        _prepare_without_servers()
        yield
        return
    with borrowed_servers(doing=command) as variables:
        os.environ.update({name: value for name, value in variables.items() if not os.environ.get(name)})
        if command not in APPLY_NO_MIGRATIONS:
            _apply_missing_migrations()
        yield


def _prepare_without_servers() -> None:
    if is_given_a_database():
        return
    # Nothing is signed by a command that keeps nothing, so any key will do.
    for key in ("SECRET_KEY", "SEALING_KEY"):
        os.environ.setdefault(key, THROWAWAY + secrets.token_urlsafe(50))
    # `makemigrations` likes to compare with a database, and says so at length where there is none.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")


def _apply_missing_migrations() -> None:
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    connections["owner"].close()
