"""
Reading a table somebody sends as CSV, strictly.

Python's own reader swallows rows after a quote that is never closed, and a spreadsheet may write bytes that are not
UTF-8. Here each line is read by itself, so every fault is found where it is, and one fault hides no other.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from people.rules.cells import Reader

MAX_BYTES = 500_000_000
MARK = "\ufeff"  # some spreadsheets put it before the first letter; it says nothing


class Fault(NamedTuple):
    """
    What is wrong in a file that was sent, and on which line (none: with the file as a whole).

    `column`: in which cell of the line; empty: not in one alone. The words name it too.
    """

    file: str
    line: int | None
    words: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.words}"


@dataclass(frozen=True, kw_only=True)
class Column:
    """
    How the cells of a column are read. `default`: what an empty cell means, where it may be empty.

    `is_needed`: the table cannot do without the column.
    """

    read: Reader
    is_needed: bool = True
    may_be_empty: bool = False
    default: Any = None


class Row(NamedTuple):
    """One row: the line it is on, and its values by column."""

    line: int
    values: dict[str, Any]


class Table(NamedTuple):
    """What a file says: its good rows, what could be read of the damaged ones, and every fault."""

    rows: list[Row]
    damaged: list[Row]
    faults: list[Fault]

    @property
    def is_readable(self) -> bool:
        """Whether the text and its columns could be made out at all."""
        if self.faults and not self.rows and not self.damaged:
            return False
        return not any(fault.line in (None, 1) for fault in self.faults)


def decode(data: bytes, *, file: str) -> tuple[str, list[Fault]]:
    """Give a file's text, or the fault that keeps it from being read: too large, not UTF-8."""
    if len(data) > MAX_BYTES:
        return "", [Fault(file, None, f"is larger than {MAX_BYTES // 1_000_000} MB.")]
    try:
        return data.decode("utf-8", errors="strict").removeprefix(MARK), []
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        return "", [Fault(file, line, "is not UTF-8 text. Save the file as CSV in UTF-8.")]


def read_table(data: bytes, *, file: str, columns: Mapping[str, Column]) -> Table:
    """
    Read a table whose first line names its columns. Gives the good rows, and a fault for everything else.

    Columns may come in any order; those we do not know are left alone. Cells may not go over several lines.
    """
    content, faults = decode(data, file=file)
    if faults:
        return Table([], [], faults)
    lines = _lines(content)
    first = next(lines, None)
    if first is None:
        return Table([], [], [Fault(file, None, "is empty. Its first line must name the columns.")])
    names = _cells(first[1])
    if names is None:
        return Table([], [], [Fault(file, 1, "The column names cannot be read: a quote is not closed.")])
    table = Table([], [], _faults_of_names(names, columns, file))
    if table.faults:
        return table
    for number, line in lines:
        values, wrong = _row(line, names, columns)
        table.faults.extend(Fault(file, number, words, column) for column, words in wrong)
        (table.damaged if wrong else table.rows).append(Row(number, values))
    return table


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Give each line that says something, with its number from one."""
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _cells(line: str) -> list[str] | None:
    """Split one line into its cells; none where a quote is not closed or stands in the wrong place."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except (csv.Error, StopIteration):
        return None


def _faults_of_names(names: Sequence[str], columns: Mapping[str, Column], file: str) -> list[Fault]:
    """Say which columns are missing and which are named twice."""
    missing = [name for name, column in columns.items() if column.is_needed and name not in names]
    twice = [name for name, times in Counter(names).items() if times > 1 and name in columns]
    return [Fault(file, 1, f"The column {name} is missing.", name) for name in missing] + [
        Fault(file, 1, f"The column {name} is there twice.", name) for name in twice
    ]


def _row(
    line: str, names: Sequence[str], columns: Mapping[str, Column]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Read one line into values by column, or say what is wrong with it: in which column, and the words."""
    cells = _cells(line)
    if cells is None:
        return {}, [
            (
                "",
                "It cannot be read: a quote is not closed or stands inside a cell, or a cell is far too long.",
            )
        ]
    if len(cells) != len(names):
        return {}, [("", f"There are {len(cells)} cells where {len(names)} columns are named.")]
    given = dict(zip(names, cells, strict=True))
    values: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for name, column in columns.items():
        cell = given.get(name, "")
        if not cell:
            if column.is_needed and not column.may_be_empty:
                wrong.append((name, f"{name} is empty."))
            values[name] = column.default
            continue
        try:
            values[name] = column.read(cell)
        except ValueError as trouble:
            wrong.append((name, f"{name} {trouble}."))
    return values, wrong
