"""Reading one cell of a table. Each reader gives the value or raises ValueError with what the cell must be."""

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any

Reader = Callable[[str], Any]
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
US_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
WHOLE = re.compile(r"-?[0-9]{1,15}")
UNITS = re.compile(r"[0-9]{1,10}(\.[0-9]{1,4})?")
CODE = re.compile(r"[!-~]+( [!-~]+)*")  # printable ASCII, as in providers' documents
WITHHELD = re.compile(r"[\x00-\x1f\x7f\ufffd]")  # control signs and what an earlier program could not read


def text(most: int) -> Reader:
    """Read words of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"may be at most {most} characters long")
        if WITHHELD.search(cell):
            raise ValueError("holds a sign that cannot be shown")
        return cell

    return read


def code(most: int) -> Reader:
    """Read a reference or code of at most so many plain characters."""

    def read(cell: str) -> str:
        if len(cell) > most or not CODE.fullmatch(cell):
            raise ValueError(f"must be at most {most} plain letters, digits and signs")
        return cell

    return read


def day(cell: str) -> date:
    """Read a day written 2026-04-30."""
    if not ISO_DAY.fullmatch(cell):
        raise ValueError("must be a date like 2026-04-30")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


def us_day(cell: str) -> date:
    """Read a day written month first, 04/30/2026, as the regulator writes it."""
    found = US_DAY.fullmatch(cell)
    if not found:
        raise ValueError("must be a date like 04/30/2026, the month first")
    month, day_of_month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise ValueError("is not a day of the calendar (the month comes first)") from None


def number(least: int, most: int) -> Reader:
    """Read a whole number between two bounds, both allowed."""

    def read(cell: str) -> int:
        if not WHOLE.fullmatch(cell):
            raise ValueError("must be a whole number")
        if not least <= int(cell) <= most:
            raise ValueError(f"must be between {least} and {most}")
        return int(cell)

    return read


def pence(*, least: int = 0) -> Reader:
    """Read an amount in whole pence, from `least` up to ten thousand million pounds."""
    return number(least, 10**12)


def units(cell: str) -> Decimal:
    """Read a number of units with at most four decimals, not below zero."""
    if not UNITS.fullmatch(cell):
        raise ValueError("must be a number like 1.5, with at most four decimals")
    return Decimal(cell)


def choice(among: Collection[str]) -> Reader:
    """Read one of some words."""

    def read(cell: str) -> str:
        if cell not in among:
            raise ValueError(f"must be one of {', '.join(sorted(among))}")
        return cell

    return read


def yes_or_no(cell: str) -> bool:
    """Read yes or no, also written Y and N, true and false, 1 and 0."""
    said = cell.lower()
    if said not in {"yes", "y", "true", "1", "no", "n", "false", "0"}:
        raise ValueError("must be yes or no")
    return said in {"yes", "y", "true", "1"}


def web_address(cell: str) -> str:
    """Read the address of a web page, so that nothing else hides behind a link."""
    if not re.fullmatch(r"https?://[!-~]{1,280}", cell):
        raise ValueError("must be the address of a web page")
    return cell
