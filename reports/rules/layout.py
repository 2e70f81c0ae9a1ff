"""Putting lines into tables: small ones together, long ones cut short, and totals that hold for all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from reports.rules.small_numbers import small_lines
from reports.rules.tables import Column, Row, Table, Unsaid, Value

# How many rows a page or a PDF shows of one table; the CSV file has them all.
MOST_ROWS = 25
SMALL = "Each for fewer than 5 people, put together"

Line = TypeVar("Line")


def safe_rows(
    lines: Sequence[Line],
    row_of: Callable[[Line], Row],
    *,
    columns: tuple[Column, ...],
    people: Callable[[Line], int],
    may_be_the_same: bool = True,
) -> tuple[Row, ...]:
    """Give a row a line, with the lines about too few people in one row at the end (see `small_lines`)."""
    small = small_lines(lines, people=people, may_be_the_same=may_be_the_same)
    hidden = {id(line) for line in small}
    rows = [row_of(line) for line in lines if id(line) not in hidden]
    return (*rows, added_up([row_of(line) for line in small], columns, SMALL)) if small else tuple(rows)


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
