"""The migration that seals columns with all they hold, and opens them again when it is undone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, migrations, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from sealing.actions import SealColumns
from sealing.models import SealedTextField, opened
from sealing.rules import UnableToSeal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROW = UUID(int=7)
TABLE = """
CREATE TABLE sealing_letter (id uuid PRIMARY KEY, words varchar(20) NOT NULL CHECK (words <> ''), note text NOT NULL);
CREATE FUNCTION sealing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'It stays.'; END $$;
CREATE TRIGGER stays BEFORE UPDATE ON sealing_letter FOR EACH ROW
WHEN (OLD.words IS DISTINCT FROM NEW.words) EXECUTE FUNCTION sealing_refuse();
CREATE TRIGGER stays_whole BEFORE UPDATE ON sealing_letter FOR EACH ROW EXECUTE FUNCTION sealing_refuse();
"""


@pytest.fixture
def cursor() -> Iterator[Any]:
    """The database as its owner, in a transaction that comes to nothing; with a letter that stays as it is."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("INSERT INTO sealing_letter VALUES (%s, 'Dear Amina', '')", [ROW])
        yield cursor
        transaction.set_rollback(True, using="owner")


def move(operation: SealColumns, *, back: bool = False) -> None:
    """Do what a migration does with a table of letters, or undo it."""
    before = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.UUIDField(primary_key=True)),
        ("words", models.CharField(max_length=20)),
        ("note", models.TextField(blank=True)),
    ]
    before.add_model(ModelState("sealing", "Letter", fields))
    after = before.clone()
    operation.state_forwards("sealing", after)
    with connections["owner"].schema_editor(atomic=False) as editor:
        if back:
            operation.database_backwards("sealing", editor, after, before)
        else:
            operation.database_forwards("sealing", editor, before, after)


def seal_letters() -> SealColumns:
    """Both columns of a letter."""
    return SealColumns("Letter", words=SealedTextField(max_length=20), note=SealedTextField(blank=True))


def kept(cursor: Any) -> tuple[str, str]:
    """What the letter holds."""
    cursor.execute("SELECT words, note FROM sealing_letter WHERE id = %s", [ROW])
    words, note = cursor.fetchone()
    return words, note


def refuses_change(cursor: Any) -> bool:
    """Whether the letter stays as it is, as before."""
    with pytest.raises(Exception, match="It stays"), transaction.atomic(using="owner"):
        cursor.execute("UPDATE sealing_letter SET note = ''")
    cursor.execute(
        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'sealing_letter'::regclass AND tgenabled = 'O'"
    )
    return bool(cursor.fetchone() == (2,))


def test_seals_what_is_there_past_the_guards_and_wakes_them_again(cursor: Any) -> None:
    move(seal_letters())
    words, note = kept(cursor)
    assert (words[:3], note) == ("s1.", "")
    assert opened(words, column="sealing_letter.words", row=ROW) == "Dear Amina"
    assert refuses_change(cursor)


def test_undone_everything_is_plain_again(cursor: Any) -> None:
    move(seal_letters())
    move(seal_letters(), back=True)
    assert kept(cursor) == ("Dear Amina", "")
    assert refuses_change(cursor)
    cursor.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'sealing_letter'::regclass"
        " AND attname = 'words'"
    )
    assert cursor.fetchone() == ("character varying(20)",)


def test_asks_for_the_key_only_where_there_is_something_to_seal(cursor: Any, settings: Any) -> None:
    settings.SEALING_KEYS = [""]
    with pytest.raises(UnableToSeal), transaction.atomic(using="owner"):
        move(seal_letters())
    cursor.execute("ALTER TABLE sealing_letter DISABLE TRIGGER USER")
    cursor.execute("DELETE FROM sealing_letter")
    move(seal_letters())
    assert isinstance(seal_letters(), migrations.operations.base.Operation)
