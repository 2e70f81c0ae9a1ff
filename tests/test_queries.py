"""How often a page asks the database: at most twelve times, whoever visits it, at 10 people and at 10,000."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from reports.rules.months import month_of
from tests.access.rows import Row
from tests.access.table import ROWS
from tests.access.visitors import Visitors
from tests.access.world import World, make_world
from tests.cast import NINE, ON
from tests.visiting import as_user

MOST = 12
MANY = 10_000


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everybody, with something under each address; undone in the end."""
    with django_db_blocker.unblock(), time_machine.travel(NINE, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
    cache.clear()  # so many visits count against the limits of who asks too often


@pytest.fixture(scope="module")
def visitors(world: World) -> Visitors:
    """Everybody who visits it."""
    return Visitors(world)


@pytest.mark.parametrize("row", [row for row in ROWS if row.sees], ids=lambda row: row.name)
def test_asks_the_database_no_more_than_twelve_times_for_a_page(
    world: World, visitors: Visitors, row: Row
) -> None:
    address = reverse(row.name, args=row.args(world))
    asked = {visitor: count(visitors.come(visitor), address) for visitor in visitors_of(row)}
    assert max(asked.values()) <= MOST, asked


def test_asks_as_often_at_ten_thousand_people_as_at_ten(world: World) -> None:
    lists = [
        (world.here.carol, reverse("commissioning:contracts")),
        (world.here.carol, reverse("commissioning:waiting")),
        (world.here.priya, reverse("reports:my-people")),
        (world.here.ben_user, reverse("reports:find")),
        (world.here.amina_user, reverse("people:letters")),
        (world.here.amina_user, reverse("reports:my-money")),
        (world.here.carol, reverse("providers:providers")),
        (world.here.farah, reverse("reports:council-month", args=[world.here.council.code, month_of(ON)])),
        (world.here.farah, reverse("reports:council-csv", args=[world.here.council.code, month_of(ON)])),
    ]
    with transaction.atomic():
        few = {address: count(as_user(user), address) for user, address in lists}
        fill(world)
        many = {address: count(as_user(user), address) for user, address in lists}
        transaction.set_rollback(True)
    assert many == few
    assert max(many.values()) <= MOST


def visitors_of(row: Row) -> list[str]:
    """Whoever sees a page, and Robin, who helps Amina."""
    seen_by = (row.sees or "").split()
    helps = "amina" in seen_by and not row.is_own and "robin" not in seen_by
    return [*seen_by, *(["robin"] if helps else [])]


def count(client: Client, address: str) -> int:
    """
    How often a page asks the database, the second time it is visited: what is noted once is noted then.

    Nothing, where one is led on to another page.
    """
    with transaction.atomic():
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            response = client.get(address)
        transaction.set_rollback(True)
    return len(caught) if response.status_code == 200 else 0


def fill(world: World) -> None:
    """Make the first council large: whatever is in its lists is there ten thousand times."""
    here, contract = world.here, world.request.contract
    people = many_like(here.ben, ref="'P' || n", user_id="NULL")
    many_like(here.plan, person_id=people)
    many_like(here.cluster, ref="'C' || n", name="'Cluster ' || n")
    many_like(world.wish, ref="'M' || n", person_id=people)
    many_like(contract.provider, ref="'V' || n", name="'Provider ' || n")
    contracts = many_like(contract, ref="'K' || n", decision_id="NULL", state="'draft'")
    many_like(world.request, contract_id=contracts)
    many_like(world.told, key="'many:' || n")


def many_like(like: models.Model, **changed: str) -> str:
    """
    Copy a row ten thousand times in one statement, these columns changed: SQL, `n` is the number of the copy.

    Gives the SQL that finds the id of a copy by its number.
    """
    table = like._meta.db_table
    columns = ", ".join(f"'{name}', {value}" for name, value in changed.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table}
            SELECT copied.* FROM {table} old, generate_series(1, %s) n,
                jsonb_populate_record(old, jsonb_build_object('id', {id_of(table)}, {columns})) copied
            WHERE old.id = %s
            """,
            [MANY, like.pk],
        )
        assert cursor.rowcount == MANY
    return id_of(table)


def id_of(table: str) -> str:
    """The id of the n-th copy in a table, in SQL."""
    return f"md5('{table}' || n)::uuid"
