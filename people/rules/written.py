"""Writing tables that people open in a spreadsheet: nothing in them is ever run as a formula."""

import csv
from collections.abc import Iterable
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(words: str) -> str:
    """Mark text that a spreadsheet would run as a formula; a quote before it makes it plain text there."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def write_table(heading: Iterable[str], rows: Iterable[Iterable[str | int | None]]) -> str:
    """
    Write a table as CSV (UTF-8, comma, CRLF as RFC 4180 has it): words made safe, numbers as they are.

    What has no value is an empty cell.
    """
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return written.getvalue()


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    return safe_text(value) if isinstance(value, str) else str(value)
