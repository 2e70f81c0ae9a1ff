"""SQL that lies in files of its own."""

from functools import cache
from pathlib import Path

SQL = Path(__file__).parents[1] / "sql"


@cache
def sql_of(name: str) -> str:
    """Read one of the ledger's SQL files without its comment lines (a placeholder in them would count)."""
    lines = (SQL / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))
