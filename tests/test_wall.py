"""
The second wall (ADR 34): with every check of Python's off, PostgreSQL shows nobody what is another council's.

Each table is met as the web meets it, by staff of two councils; then each address is visited by whoever does in the
other council what opens it here, with everything visible to everybody.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from commonpurse.beyond import TABLES_OF_ALL, is_beyond
from commonpurse.wall import Wall
from people.models import User
from tests.access.rows import Row
from tests.access.table import ROWS
from tests.access.world import World, make_world
from tests.cast import NINE, ON
from tests.rows import put
from tests.visiting import Visitor

MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
WALLED = [
    (name, str(model._meta.pk.column)) for name, model in sorted(MODELS.items()) if name not in TABLES_OF_ALL
]
# Met by everybody: colours, and values and codes that hold everywhere.
OF_ALL = {
    "people_brand": "true",
    "people_policyvalue": "council_id IS NULL",
    "reports_ledgercode": "council_id IS NULL",
}
# Within a council too, only about oneself, or whom one acts for.
OF_ONE = (
    "people_firstcontact",
    "people_capacityrecord",
    "budgets_financialassessment",
    "budgets_careaccountentry",
    "budgets_careaccountbasis",
    "budgets_familynecessity",
    "budgets_spend",
    "budgets_spendquestion",
)
NAMED = ("people_person", "clusters_cluster", "providers_provider")
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Who does in the other council what somebody does here; everybody else's is its social worker.
TWINS = {"amina": "away_amina", "ben": "away_ben", "carol": "away_carol", "farah": "away_farah"}
CHECKS = ("visible_to", "own_or_helped", "open_to")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two councils, with something in nearly every table of the first; undone in the end."""
    with django_db_blocker.unblock(), time_machine.travel(NINE, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@contextmanager
def behind_the_wall(user: User) -> Iterator[None]:
    """As the web asks for somebody; nothing that is done lasts."""
    wall = Wall()
    with transaction.atomic():
        wall.put_up_for_user(user.pk, on=ON)
        yield
        transaction.set_rollback(True)
    wall.take_down()


def asked(sql: str, *given: Any) -> set[str]:
    """The first column of what PostgreSQL answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return {row[0] for row in cursor.fetchall()}


def met(table: str, column: str, user: User) -> set[str]:
    """What of a table somebody meets behind the wall, but for what is everybody's."""
    with behind_the_wall(user):
        return asked(f"SELECT {column}::text FROM {table} WHERE NOT ({OF_ALL.get(table, 'false')})")


def test_every_table_is_behind_the_wall_or_said_to_be_of_all(db: None) -> None:
    ours = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    walled = asked(
        f"SELECT tablename::text FROM pg_policies p JOIN pg_class t ON t.relname = p.tablename WHERE {ours}"
        " AND policyname = 'wall' AND roles = '{commonpurse_web}' AND t.relrowsecurity AND qual <> 'true'"
    )
    tables = asked(f"SELECT relname::text FROM pg_class WHERE {ours}")
    assert tables - walled == set(TABLES_OF_ALL), (
        "Put a wall around it (wall_around), or say why it is of all."
    )


def test_every_table_lets_the_app_itself_through_at_no_cost(db: None) -> None:
    dear = {
        table
        for table, _ in WALLED
        if any("Plan" in line or "Filter" in line for line in asked(f"EXPLAIN TABLE {table}"))
    }
    assert dear == set()


@pytest.mark.parametrize(("table", "key"), WALLED)
def test_nobody_of_another_council_reads_a_row(world: World, table: str, key: str) -> None:
    here, away = met(table, key, world.here.farah), met(table, key, world.away.farah)
    assert here & away == set()
    assert here or not asked(f"SELECT {key}::text FROM {table} WHERE NOT ({OF_ALL.get(table, 'false')})")


@pytest.mark.parametrize(("table", "key"), WALLED)
def test_nobody_of_another_council_writes_a_row(world: World, table: str, key: str) -> None:
    theirs = sorted(met(table, key, world.here.farah))[:1]
    whole = {
        row
        for pk in theirs
        for row in asked(f"SELECT to_jsonb(t)::text FROM {table} t WHERE {key}::text = %s", pk)
    }
    columns = "attnum > 0 AND attgenerated = '' AND NOT attisdropped"
    names = ", ".join(
        asked(f"SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND {columns}", table)
    )
    with behind_the_wall(world.away.farah):
        for pk in theirs:
            assert not is_written(f"UPDATE {table} SET {key} = {key} WHERE {key}::text = %s", pk)
        for row in whole:
            assert not is_written(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)",
                row,
            )
        if not theirs:
            with pytest.raises(psycopg.DatabaseError), transaction.atomic():
                put(connection.connection, table, {})


@pytest.mark.parametrize("table", OF_ONE)
def test_within_a_council_nobody_but_staff_reads_what_is_most_private_of_others(
    world: World, table: str
) -> None:
    amina, ben = str(world.here.amina.pk), str(world.here.ben.pk)
    assert met(table, "person_id", world.here.amina_user) <= {amina}
    assert met(table, "person_id", world.here.ben_user) <= {ben}
    assert met(table, "person_id", world.robin.helper) <= {amina}
    assert met(table, "person_id", world.sam.helper) == met(table, "person_id", world.nora) == set()
    assert met(table, "person_id", world.here.priya) == met(table, "person_id", world.here.farah)


def is_written(sql: str, given: str) -> bool:
    """Whether something is; not where it is refused, or there is nothing to change."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [given])
            return bool(cursor.rowcount)
    except DatabaseError:
        return False


@dataclass(frozen=True)
class Theirs:
    """What shows that a page is about the first council: the ids of its rows, and names that the other has not."""

    ids: set[str]
    names: set[str]

    def shown(self, response: HttpResponse, *, address: str) -> set[str]:
        """What of it is on a page, but for what stands in its address."""
        words = "" if response.streaming else response.content.decode(errors="ignore")
        ids = set(UUIDS.findall(words)) - set(UUIDS.findall(address))
        return (ids & self.ids) | {name for name in self.names if name in words}


@pytest.fixture(scope="module")
def theirs(world: World) -> Theirs:
    """What the first council's finance officer meets and the other's does not."""
    ours, others = world.here.farah, world.away.farah
    ids = set().union(*(met(table, key, ours) for table, key in WALLED))
    return Theirs(
        ids, set().union(*(met(table, "name", ours) - met(table, "name", others) for table in NAMED))
    )


@pytest.fixture
def everything_is_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check of Python's is off: whatever is asked for, everybody sees all of it, and holds every role."""
    for model in MODELS.values():
        manager, queryset = type(model._default_manager), type(model._default_manager.all())
        for check in CHECKS:
            for kind in (manager, queryset):
                if hasattr(kind, check):
                    monkeypatch.setattr(kind, check, lambda self, *_, **__: self.all())
    monkeypatch.setattr(User, "has_role", lambda *_, **__: True)


WALLED_ROWS = [row for row in ROWS if not is_beyond(row.name, is_stranger=False)]


@pytest.mark.parametrize("row", WALLED_ROWS, ids=lambda row: row.name)
def test_no_page_shows_what_is_another_councils(
    world: World, theirs: Theirs, everything_is_visible: None, row: Row
) -> None:
    assert shown_to_twin(world, theirs, row) == set()


def shown_to_twin(world: World, theirs: Theirs, row: Row) -> set[str]:
    """What of the first council's is shown to whoever does in the other what opens an address here."""
    opens = (row.sees or row.acts or "").split()
    client, address = Visitor(), reverse(row.name, args=row.args(world))
    client.force_login(world.visitor(TWINS.get(opens[0] if opens else "", "away_priya")))
    shown: set[str] = set()
    for method, is_known in (("get", row.sees is not None), ("post", row.acts is not None)):
        with transaction.atomic():
            if is_known:
                shown |= theirs.shown(getattr(client, method)(address), address=address)
            transaction.set_rollback(True)
    return shown


def test_without_the_wall_such_a_page_would_show_it(
    world: World, theirs: Theirs, everything_is_visible: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What proves that the test above can fail."""
    monkeypatch.setattr(Wall, "_put_up", lambda _: None)
    assert shown_to_twin(world, theirs, next(row for row in ROWS if row.name == "commissioning:contracts"))
