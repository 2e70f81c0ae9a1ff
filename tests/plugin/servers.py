"""
A pytest plugin: one private PostgreSQL and Valkey for the whole run, gone afterwards, and one migrated database.

It acts before pytest-django reads the settings. Workers of xdist inherit the addresses from the process that started
them; a run that was given a database (PGHOST or DATABASE_URL) uses that one.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from commonpurse.embedded.broker import broker_url, start_broker
from commonpurse.embedded.places import make_folder, read_secrets, socket_folder
from commonpurse.embedded.postgres import APP, FAST_AND_FORGETFUL, OWNER, SUPERUSER, Cluster, start_postgres
from commonpurse.embedded.servers import is_given_a_database
from tests.plugin.database import migrated_meanwhile

STOP_SECONDS = 10
TEST_SETTINGS = {
    "SECRET_KEY": "only-for-tests",
    "SEALING_KEY": "only-for-tests-and-nothing-else-at-all",
    "OVER_TLS": "false",
    "HASHED_STATIC": "false",
    "EMAIL_URL": "memorymail://",
    "LOG_LEVEL": "WARNING",
    "RTL_TRIAL": "true",
}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, Any, Any]:
    """Start the servers first: a plain hook would run after pytest-django's, which reads the settings."""
    for name, value in TEST_SETTINGS.items():
        os.environ.setdefault(name, value)
    if "STATIC_ROOT" not in os.environ:  # nothing is collected for tests, but the folder must be there
        os.environ["STATIC_ROOT"] = tempfile.mkdtemp(prefix="cp-static-")
        early_config.add_cleanup(lambda: shutil.rmtree(os.environ["STATIC_ROOT"], ignore_errors=True))
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _listen_apart(worker)
    else:
        begun = ExitStack()
        early_config.add_cleanup(begun.close)
        if not is_given_a_database():
            os.environ.update(begun.enter_context(private_servers()))
        os.environ.update(begun.enter_context(migrated_meanwhile()))
    return (yield)


@contextmanager
def private_servers(**settings: str) -> Iterator[dict[str, str]]:
    """PostgreSQL (with further settings) and Valkey that forget everything. Gives the variables for them."""
    state, sockets = make_folder(Path(tempfile.mkdtemp(prefix="cp-tests-"))), socket_folder()
    cluster = Cluster(
        make_folder(state) / "data", sockets, read_secrets(state), {**FAST_AND_FORGETFUL, **settings}
    )
    log = make_folder(state / "logs")
    started = []
    try:
        started.append(start_postgres(cluster, log=log / "database.log"))
        started.append(
            start_broker(data=state / "broker", sockets=sockets, log=log / "broker.log", keeps=False)
        )
        yield {
            "DATABASE_URL": cluster.url(APP),
            "DATABASE_OWNER_URL": cluster.url(OWNER),
            "DATABASE_SUPERUSER_URL": cluster.url(SUPERUSER),
            "REDIS_URL": broker_url(sockets),
        }
    finally:
        for child in reversed(started):
            child.stop(within_seconds=STOP_SECONDS)
        shutil.rmtree(state, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)


def _listen_apart(worker: str) -> None:
    """Give each worker of xdist a broker database of its own, or one's Celery would hear the other's bell."""
    number = int(worker.removeprefix("gw")) + 1
    if url := os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = url.replace("virtual_host=0", f"virtual_host={number}")
