"""The test database: made by its owner, used as the app, so that every test meets the app's real rights."""

import gc
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from tests.plugin.database import copy_migrated_database, drop_database, empty_test_database, superuser
from tests.visiting import Visitor

# What is in a browser, of the whole house, or starts servers of its own; then everything else.
LONGEST = ("tests/browser/", "tests/test_", "tests/commonpurse/", "")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """A database for each xdist worker, as the owner migrated it; everything in it runs as the app."""
    name = f"test_{settings.DATABASES['default']['NAME']}_{worker_id}"
    with django_db_blocker.unblock():
        copy_migrated_database(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    drop_database(name)


@pytest.fixture(scope="session", autouse=True)
def _clean_up_without_truncate() -> Iterator[None]:
    """Django ends a transactional test with TRUNCATE, which the app may not do; the superuser does it instead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty_test_database())
        yield


@pytest.fixture
def client() -> Visitor:
    """pytest-django's own, but one that staff can sign in with."""
    return Visitor()


@pytest.fixture
def superuser_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """
    The test database as superuser, past every right; `SET session_replication_role = replica` passes triggers too.

    It does not see what a test has not committed: use it with `django_db(transaction=True)`.
    """
    with superuser(connections["default"].settings_dict["NAME"]) as connection:
        yield connection


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The test database as the role that owns the tables: what a migration, or `psql` by hand, may do."""
    with psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True) as connection:
        yield connection


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Have workers begin with what takes longest, whole files of it, so that neither waits for the other in the end.

    By itself a worker takes the file with the most tests first, and a journey of a minute is one test.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: next(place for place, mark in enumerate(LONGEST) if mark in item.nodeid))


def pytest_collection_finish() -> None:
    """Count what was found so far as here to stay, so that the collector does not go through it again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
