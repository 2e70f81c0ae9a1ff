"""The migration that seals columns: what they hold, and what they take from then on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from psycopg import sql

from sealing.actions.rewrite import Change, rewrite_all
from sealing.models.fields import SealedWords, our_keys
from sealing.models.ids import new_id
from sealing.rules import seal, seal_bytes, unseal, unseal_bytes

TRIGGERS = """
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
WHERE tgrelid = %s::regclass AND NOT tgisinternal AND (tgqual IS NOT NULL OR tgattr::text <> '') ORDER BY tgname
"""


class SealColumns(Operation):
    """
    Seal columns of a model, with all they hold; undone, they are plain again.

    Its ids are known before a row is written, from then on: what is sealed is bound to its row.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, model_name: str, **fields: models.Field[Any, Any]) -> None:
        self.model_name, self.fields = model_name, fields

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how it is written in a migration."""
        return type(self).__name__, [self.model_name], dict(self.fields)

    def describe(self) -> str:
        """Say what it does."""
        return f"Seal {', '.join(self.fields)} of {self.model_name}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Have the model's columns sealed: all at once, because every change lets Django build many models anew."""
        fields = state.models[app_label, self.model_name.lower()].fields
        known = fields["id"].clone()
        known.default = new_id
        fields.update({**self.fields, "id": known})
        state.reload_model(app_label, self.model_name.lower(), delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, _from: Any, to_state: Any) -> None:
        """Seal what the columns hold; from then on they take nothing else."""
        self._turn(app_label, schema_editor, to_state, words=_seal, content=_seal_bytes)

    def database_backwards(self, app_label: str, schema_editor: Any, _from: Any, to_state: Any) -> None:
        """Open what the columns hold; they are as they were before."""
        self._turn(app_label, schema_editor, to_state, words=_unseal, content=_unseal_bytes)

    def _turn(self, app_label: str, editor: Any, state: Any, *, words: Change, content: Change) -> None:
        """Let the columns hold anything, write them anew, and let them hold what they hold in that state."""
        table = f"{app_label}_{self.model_name.lower()}"
        becoming = state.models[app_label, self.model_name.lower()].fields
        texts = [name for name, field in self.fields.items() if isinstance(field, SealedWords)]
        changes = {name: words if name in texts else content for name in self.fields}
        with editor.connection.cursor() as cursor, _conditions_aside(cursor, table):
            _alter(cursor, table, dict.fromkeys(texts, "text"))
            rewrite_all(cursor, table=table, changes=changes)
            _alter(cursor, table, {name: becoming[name].db_type(editor.connection) for name in texts})


@contextmanager
def _conditions_aside(cursor: Any, table: str) -> Iterator[None]:
    """Take away the triggers that look at columns before they fire, and put them back: PostgreSQL asks for it."""
    triggers = cursor.execute(TRIGGERS, [table]).fetchall()
    for name, _ in triggers:
        cursor.execute(sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(name), sql.Identifier(table)))
    yield
    for _, again in triggers:
        cursor.execute(again)


def _alter(cursor: Any, table: str, types: dict[str, str]) -> None:
    if types:
        each = [
            sql.SQL("ALTER COLUMN {0} TYPE {1} USING {0}::{1}").format(sql.Identifier(column), sql.SQL(kind))
            for column, kind in types.items()
        ]
        cursor.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), sql.SQL(", ").join(each)))


def _seal(kept: Any, at: Any) -> str:
    return seal(kept, at=at, keys=our_keys())


def _seal_bytes(kept: Any, at: Any) -> bytes:
    return seal_bytes(bytes(kept), at=at, keys=our_keys())


def _unseal(kept: Any, at: Any) -> str:
    return unseal(kept, at=at, keys=our_keys())


def _unseal_bytes(kept: Any, at: Any) -> bytes:
    return unseal_bytes(bytes(kept), at=at, keys=our_keys())
