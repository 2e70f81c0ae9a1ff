"""Putting lines into tables: small ones together, long ones cut short, and totals that hold for all of them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from reports.rules.tables import Column, Row, Table, Unsaid, Value

# How many rows a page or a PDF shows of one table; the CSV file has them all.
MOST_ROWS = 25
SMALL = "Put together to protect people"

Line = TypeVar("Line")


def safe_rows(
    lines: Sequence[Line],
    row_of: Callable[[Line], Row],
    *,
    columns: tuple[Column, ...],
    kept_back: Collection[int],
) -> tuple[Row, ...]:
    """Give a row a line; those kept back (by `id()`) stand in one row at the end (see `small_lines`)."""
    rows = [row_of(line) for line in lines if id(line) not in kept_back]
    small = [row_of(line) for line in lines if id(line) in kept_back]
    return (*rows, added_up(small, columns, SMALL)) if small else tuple(rows)


def added_up(rows: Iterable[Row], columns: tuple[Column, ...], words: str) -> Row:
    """Give one row with the sums of the columns that add up; the first cell says what it is."""
    listed = list(rows)
    return (
        words,
        *(_sum([row[place] for row in listed], columns[place]) for place in range(1, len(columns))),
    )


def shortened(table: Table, *, most: int = MOST_ROWS) -> Table:
    """Give a table with its first rows and all the others in one, so that it still adds up."""
    rest = table.rows[most:]
    if len(rest) < 2:
        return table
    row = added_up(rest, table.columns, f"{len(rest):,} others, put together")
    return replace(table, rows=(*table.rows[:most], row))


def _sum(values: Sequence[Value], column: Column) -> Value:
    """Add up one column; nothing is said where it does not add up or a figure is not known."""
    known = [value for value in values if isinstance(value, int)]
    if not column.adds_up or not column.is_figure or len(known) < len(values):
        return Unsaid.NOTHING
    return sum(known)
