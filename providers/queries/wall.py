"""
What the wall lets somebody meet: the councils they have to do with, and the people they are or act for (ADR 34).

It is here because nothing below knows those who work for providers. The questions are in SQL alone: the one that puts
the wall up asks them in the same breath (`commonpurse.wall`).
"""

from functools import cache
from pathlib import Path

# What is let through, each a list of ids: `wall_lets('councils')` and so on in the policies of the tables.
KINDS = ("councils", "books", "staffed", "people", "self")


@cache
def lets_user() -> str:
    """Give the SQL that says what a user (`user`) is let meet on a day (`on`); a column for each of `KINDS`."""
    return _sql("lets_user.sql")


@cache
def lets_key() -> str:
    """Give the SQL that says what a `key` is let meet that stands for a `provider`; a column for each of `KINDS`."""
    return _sql("lets_key.sql")


def _sql(name: str) -> str:
    return (Path(__file__).parents[1] / "sql" / name).read_text()
