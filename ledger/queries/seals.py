"""Seals of periods, worked out from the rows."""

from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def sql_of(name: str) -> str:
    """Read one of the ledger's SQL files without its comment lines (a placeholder in them would count)."""
    lines = (Path(__file__).parents[1] / "sql" / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def seal_of(*, balances_sql: str, values: dict[str, Any]) -> tuple[int, bytes]:
    """Count a span's entries and work out its seal, over the closing balances that a query yields."""
    with connection.cursor() as cursor:
        cursor.execute(sql_of("seal.sql").replace("{balances}", balances_sql), values)
        count, seal = cursor.fetchone()
    return count, bytes(seal)
