"""Running the SQL of reports, which lies in reports/sql/."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db import connection

Shape = TypeVar("Shape", bound=NamedTuple)


@cache
def sql_of(name: str, **parts: str) -> str:
    """
    Read one SQL file without its comment lines (a placeholder in them would count).

    `parts`: other queries that it is put together from, each in place of its name in braces.
    """
    lines = (Path(__file__).parents[1] / "sql" / name).read_text().splitlines()
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    for part, query in parts.items():
        sql = sql.replace(f"{{{part}}}", query)
    return sql


def cells(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a query and give its rows as they come."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def rows(shape: type[Shape], sql: str, values: dict[str, Any]) -> list[Shape]:
    """Run a query and give its rows in a shape, whose fields are its columns in order."""
    return [shape(*row) for row in cells(sql, values)]
