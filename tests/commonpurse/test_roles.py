"""The app's role: reads and writes, owns nothing, deletes next to nothing."""

import pytest
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_run_as_the_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole)"
        )
        assert cursor.fetchone() == ("commonpurse_app", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM django_content_type",
        "TRUNCATE django_content_type",
        "CREATE TABLE mine (id int)",
        "DROP TABLE django_session",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0002', now())",
    ],
)
def test_refuses_the_app(statement: str) -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
    ):
        cursor.execute(statement)
