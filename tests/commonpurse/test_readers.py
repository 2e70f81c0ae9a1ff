"""The roles that only read: reports without names, and backups."""

import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections

from commonpurse.embedded.programs import postgres_programs
from tests.plugin.database import superuser
from tests.reconciliation.test_guards import make_signed_month

VIEWS = {
    "report_service_month": "council month state cluster provider contract service unit lines units pence",
    "report_cluster_month": "council month state cluster members lines billed_pence opening_pence pledged_pence"
    " returned_pence other_pence closing_pence committed_pence",
    "report_statement": "council month state cluster member stream opening_pence pledged_pence returned_pence"
    " spent_pence other_pence closing_pence committed_pence available_pence allocation_pence variance_pence"
    " forecast_pence flag",
}
RIGHTS = """
SELECT c.relname, p.privilege
FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p (privilege)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'p', 'm')
    AND has_table_privilege(c.oid, p.privilege)
"""


@pytest.fixture
def reader(django_db_setup: None, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    """A connection as one of the roles that read."""
    with superuser(connections["default"].settings_dict["NAME"]) as connection:
        connection.execute(f"SET ROLE {request.param}")
        yield connection


def rights(connection: psycopg.Connection) -> dict[str, set[str]]:
    """What the role may do with which tables and views."""
    found: dict[str, set[str]] = {}
    for table, privilege in connection.execute(RIGHTS):
        found.setdefault(privilege, set()).add(table)
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reader", ["commonpurse_report"], indirect=True)
def test_reports_see_references_and_amounts_of_a_month_and_no_table(reader: psycopg.Connection) -> None:
    make_signed_month()
    for view, columns in VIEWS.items():
        rows = reader.execute(f"SELECT * FROM {view}")
        assert [column.name for column in rows.description or ()] == columns.split()
        assert rows.fetchall(), view
    assert rights(reader) == {"SELECT": set(VIEWS)}
    for statement in (
        "SELECT name FROM people_person",
        "SELECT FROM reconciliation_statement",
        "CREATE TABLE mine (id int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reader", ["commonpurse_backup"], indirect=True)
def test_backups_read_everything_past_every_wall_and_write_nothing(reader: psycopg.Connection) -> None:
    tables = {
        name for (name,) in reader.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }
    assert rights(reader) == {"SELECT": tables | set(VIEWS)}
    reader.execute(
        "SET row_security = off"
    )  # as pg_dump does: an error instead of a backup with rows left out
    for table in tables:
        reader.execute(f"SELECT FROM {table} LIMIT 1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("UPDATE people_person SET name = name")


@pytest.mark.django_db(transaction=True)
def test_pg_dump_makes_a_backup_as_that_role() -> None:
    make_signed_month()
    with superuser(connections["default"].settings_dict["NAME"]) as connection:
        info = connection.info
        environment = {"PGPASSWORD": info.password, "PATH": "/usr/bin:/bin"}
        whom = [f"--host={info.host}", f"--username={info.user}", "--role=commonpurse_backup", info.dbname]
    dump = subprocess.run(
        [postgres_programs() / "pg_dump", "--data-only", *whom],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert dump.returncode == 0, dump.stderr
    assert "COPY public.reconciliation_statement" in dump.stdout


@pytest.mark.django_db
def test_the_app_has_no_business_with_those_views() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relkind = 'v' AND relname LIKE 'report\\_%%'"
            " AND has_table_privilege(oid, 'SELECT')",
            [],
        )
        assert cursor.fetchone() == (0,)
