"""
Rows that are written with every other request: put into words once, then only written.

Django builds the INSERT of every row anew, which takes longer than PostgreSQL needs to write it. Here the columns are
put into words once, PostgreSQL keeps its plan, and any number of rows goes in one statement (as JSON: a plan that knew
their number would be made for each number of them).

Every app's actions may use this module (the import contract says so), and it knows none of them.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from json import dumps
from typing import Any

from django.db import connection
from django.db.models import Model

from commonpurse.asked_often import ask, tell

Written = Mapping[str, Any]


class WrittenOften:
    """
    The rows of a model, as far as they are named; what is not named PostgreSQL fills in.

    `WrittenOften(Hold, "line_id", "reason", gives=["id"])`, and then `write([{"line_id": …, "reason": …}])`, which
    gives the columns of `gives` for each row, in the order of the rows.
    """

    def __init__(self, model: type[Model], *columns: str, gives: Sequence[str] = ()) -> None:
        self.model, self.columns, self.gives = model, columns, gives

    def __call__(self, rows: Sequence[Written]) -> list[tuple[Any, ...]]:
        """
        Write rows in one statement.

        :raises IntegrityError: as an INSERT of Django's would.
        """
        if not rows:
            return []
        given = {"rows": dumps(rows, default=_plain)}
        if self.gives:
            return ask(self._words, given)
        tell(self._words, given)
        return []

    @cached_property
    def _words(self) -> str:
        """Put the INSERT into words, with the columns as the model has them."""
        fields = {field.column: field for field in self.model._meta.concrete_fields}  # noqa: SLF001
        quote = connection.ops.quote_name
        types = ", ".join(f"{quote(name)} {fields[name].cast_db_type(connection)}" for name in self.columns)
        names = ", ".join(map(quote, self.columns))
        given_back = f" RETURNING {', '.join(map(quote, self.gives))}" if self.gives else ""
        table = quote(self.model._meta.db_table)  # noqa: SLF001 - the face by which Django shows its models
        return (
            f"INSERT INTO {table} ({names}) "  # noqa: S608 - names of ours, quoted
            f"SELECT {names} FROM json_to_recordset(%(rows)s::json) AS r({types}){given_back}"
        )


def _plain(value: Any) -> str:
    """Write bytes as PostgreSQL reads them, and days, moments, ids and numbers as anybody does."""
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)
