"""Which of a council's own codes goes on a line of a journal."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class CodeSort(StrEnum):
    """What kind of code it is in the council's finance system."""

    COST_CENTRE = "cost_centre"
    SUBJECTIVE = "subjective"
    VAT = "vat"


class CodeRow(NamedTuple):
    """
    A code, and the lines it is for: an empty account kind, stream or service means any.

    `is_own`: the council's own, which goes before what came along with Common Purse.
    """

    sort: str
    account_kind: str
    stream: str
    service_code: str
    code: str
    from_date: date
    is_own: bool


class Codes:
    """
    The codes of a council, to be asked line by line.

    A row of the council's own goes before one that came along; then one that names the service before one that does
    not, then the stream, then the kind of account. Of rows for the same lines the latest that has begun holds.
    """

    def __init__(self, rows: Iterable[CodeRow]) -> None:
        """Take rows in the order in which they were set: a later one goes before an earlier one from the same day."""
        ordered = sorted(enumerate(rows), key=lambda row: (_weight(row[1]), row[1].from_date, row[0]))
        self._rows = [row for _, row in reversed(ordered)]
        self._on: date | None = None
        self._found: dict[tuple[str, str, str, str], str] = {}

    def code(self, sort: str, *, account_kind: str, stream: str, service_code: str, on: date) -> str:
        """Give the code for a line of a day; empty where there is none."""
        if on != self._on:  # lines come day by day, and only one day's answers are kept
            self._on, self._found = on, {}
        asked = (sort, account_kind, stream, service_code)
        if asked not in self._found:
            self._found[asked] = next((row.code for row in self._rows if _fits(row, asked, on)), "")
        return self._found[asked]


def _weight(row: CodeRow) -> tuple[bool, bool, bool, bool]:
    return row.is_own, bool(row.service_code), bool(row.stream), bool(row.account_kind)


def _fits(row: CodeRow, asked: tuple[str, str, str, str], on: date) -> bool:
    sort, account_kind, stream, service_code = asked
    return (
        row.sort == sort
        and row.from_date <= on
        and row.account_kind in ("", account_kind)
        and row.stream in ("", stream)
        and row.service_code in ("", service_code)
    )
