"""Column types of the books that Django does not have itself."""

from typing import Any

from django.db import models


class UuidV7(models.Func):
    """PostgreSQL's own time-ordered identifier, made where the row is written."""

    function = "uuidv7"
    output_field = models.UUIDField()
    arity = 0


class TransactionIdField(models.Field[str, str]):
    """The transaction that wrote a row, so that nothing can be added to it by a later one."""

    def db_type(self, connection: Any) -> str:
        """Name PostgreSQL's 64-bit transaction number, which never wraps round."""
        return "xid8"


class CurrentTransaction(models.Func):
    """The number of the transaction that writes the row."""

    function = "pg_current_xact_id"
    output_field = TransactionIdField()
    arity = 0
