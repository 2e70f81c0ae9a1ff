"""Tables and pictures of a report, the same for the page, the PDF and the file, so that all three say the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ledger.pennies import in_pounds


class Kind(StrEnum):
    """What a column holds, which says how it is written."""

    WORDS = "words"
    COUNT = "count"
    PENCE = "pence"
    UNITS = "units"
    PER_CENT = "per_cent"
    DAY = "day"


class Unsaid(StrEnum):
    """Why a figure is not given."""

    FEW = "fewer than 5"
    TOO_FEW = "too few to show"
    NOT_KNOWN = "not known"
    KEPT_BACK = "kept back"
    NOTHING = ""


Value = str | int | Decimal | date | Unsaid
Row = tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """
    One column: a name for programs, the words above it, and what it holds.

    `adds_up`: its figures may be summed; people may not, who can stand in more than one row. `only_in_file`: a
    page has no room for it.
    """

    key: str
    label: str
    kind: Kind = Kind.WORDS
    adds_up: bool = True
    only_in_file: bool = False

    @property
    def is_figure(self) -> bool:
        """Tell whether it lines up at the right."""
        return self.kind not in {Kind.WORDS, Kind.DAY}


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns. `total` adds up every row, those that a page leaves off included."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None

    def written(self, row: Row) -> list[tuple[Column, str]]:
        """Give the cells of a row that a page shows, with their columns, as people read them."""
        cells = zip(self.columns, row, strict=True)
        return [(column, said(value, column.kind)) for column, value in cells if not column.only_in_file]

    @property
    def shown_columns(self) -> list[Column]:
        """The columns that a page shows."""
        return [column for column in self.columns if not column.only_in_file]

    @property
    def written_rows(self) -> list[list[tuple[Column, str]]]:
        """Every row as people read it."""
        return [self.written(row) for row in self.rows]

    @property
    def written_total(self) -> list[tuple[Column, str]] | None:
        """The total as people read it, where there is one."""
        return self.written(self.total) if self.total is not None else None


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a chart: its words, how much, and which series it belongs to."""

    label: str
    pence: int
    series: int = 0


@dataclass(frozen=True, kw_only=True)
class Picture:
    """
    What a chart shows. `series` names the kinds of bar, first to last; bars of one label stand together.

    `description` says in a sentence what the picture shows, for who cannot see it.
    """

    key: str
    title: str
    description: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a report: a heading, what to know before the figures, a picture, and the table of it."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    picture: Picture | None = None
    table: Table | None = None
    nothing: str = ""


def said(value: Value, kind: Kind) -> str:
    """Write one value as people read it: pounds with pence, dates as "4 May 2026", units without idle noughts."""
    if isinstance(value, Unsaid):
        return str(value)
    if isinstance(value, date):
        return day(value)
    if kind == Kind.PENCE and isinstance(value, int):
        return in_pounds(value)
    if kind == Kind.PER_CENT and isinstance(value, int):
        return f"{value}%"
    if isinstance(value, Decimal):
        return plain_number(value, commas=True)
    return f"{value:,}" if isinstance(value, int) else value


def plain_number(value: Decimal, *, commas: bool = False) -> str:
    """Write a number of units without idle noughts and never with an exponent: 2.5000 is "2.5"."""
    words = f"{value:,f}" if commas else f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def day(value: date) -> str:
    """Write a date as "4 May 2026"."""
    return f"{value.day} {value:%B %Y}"


def several(count: int, one: str, many: str) -> str:
    """Write a count with its noun: "1 service", "1,204 services"."""
    return f"{count:,} {one if count == 1 else many}"


def cut(words: str, most: int) -> str:
    """Cut words to so many letters, for a picture; the table beside it has them all."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
