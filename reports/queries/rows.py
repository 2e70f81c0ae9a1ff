"""Running the SQL of reports, which lies in reports/sql/."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db import connection

Shape = TypeVar("Shape", bound=NamedTuple)


@cache
def sql_of(name: str) -> str:
    """Read one SQL file without its comment lines (a placeholder in them would count)."""
    lines = (Path(__file__).parents[1] / "sql" / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def rows(shape: type[Shape], sql: str, values: dict[str, Any]) -> list[Shape]:
    """Run a query and give its rows in a shape, whose fields are its columns in order."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [shape(*row) for row in cursor.fetchall()]
