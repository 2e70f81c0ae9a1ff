"""A test that commits leaves nothing behind, though the app may not truncate."""

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


def make_session() -> Session:
    """A row that is committed."""
    return Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_starts_with_empty_tables(time: str) -> None:
    assert Session.objects.count() == 0
    make_session()


@pytest.mark.django_db(transaction=True)
def test_lets_the_superuser_edit_by_hand_with_triggers_off(superuser_connection: psycopg.Connection) -> None:
    make_session()
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("UPDATE django_session SET session_data = 'by hand'")
    assert Session.objects.get().session_data == "by hand"


@pytest.mark.django_db(transaction=True)
def test_lets_the_owner_do_what_a_migration_may(owner_connection: psycopg.Connection) -> None:
    owned = "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = 'ledger_entry'"
    assert owner_connection.execute(owned).fetchone() == (True,)
    assert owner_connection.info.user == settings.DATABASES["owner"]["USER"]
