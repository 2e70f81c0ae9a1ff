"""
Reading invoices and credit notes from one CSV file: a row for each line, rows of one number are one document.

Every fault is said with its row and column. What is read goes through the reader of documents that come by API, so
that a file and a system are held to the same rules. docs/csv.md has the columns in words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from invoices.rules.document import Document, Problem, UnreadableDocument, parse_document
from people.rules import Column, Fault, Row, choice, code, read_table, write_table
from people.rules import day as iso_day

# What a worker judges within a quarter of the broker's patience; the API takes more.
MOST_BYTES = 5_000_000
MOST_ROWS = 40_000
MOST_DOCUMENTS = 2_000
FORMULA = re.compile(r"[=+@]|-(?![0-9])")
UNSEEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
WITH_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,4}")
WITH_POINT = re.compile(r"-?[0-9]+\.[0-9]*")
SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
UK_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}")
SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]{1,13}")
UNITS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")
# The first bytes of what is no table, whatever its name says.
OTHER_FILES: Mapping[bytes, str] = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or a sound",
    b"BM": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a spreadsheet workbook or a ZIP file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet workbook",
    b"\x1f\x8b": "a compressed file",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}
HOW_TO_SAVE = "In your spreadsheet, choose Save as and then CSV UTF-8."


class Placed(NamedTuple):
    """A document, and the row of the file that each of its lines stands in; none of them where it is no table."""

    document: Document
    rows: dict[int, int]

    @property
    def first_row(self) -> int | None:
        """The row it begins in."""
        return min(self.rows.values(), default=None)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a file says: its documents in the order they begin, or everything that is wrong with it."""

    documents: list[Placed]
    faults: list[Fault]


def _seen(cell: str) -> str:
    """Let no sign pass that nobody sees, and nothing that a spreadsheet would run."""
    found = UNSEEN.search(cell)
    if found:
        raise ValueError(f"holds a sign that nobody can see (U+{ord(found[0]):04X}). Write the cell anew")
    if FORMULA.match(cell):
        raise ValueError("begins like a formula. Write the value itself")
    return cell


def _ref(most: int) -> Any:
    plain = code(most)

    def read(cell: str) -> str:
        return str(plain(_seen(cell)))

    return read


def _day(cell: str) -> date:
    """Read a day, and say what a spreadsheet may have made of it."""
    if SHORT_YEAR.fullmatch(cell):
        raise ValueError("has a year of two figures. Write a date like 2026-04-30")
    if UK_DAY.fullmatch(cell):
        raise ValueError(
            "must be written year first, like 2026-04-30, so that nobody takes the month for the day"
        )
    if SERIAL.fullmatch(cell):
        raise ValueError("is how a spreadsheet counts days. Format the column as text and write 2026-04-30")
    found: date = iso_day(_seen(cell))
    return found


def _pence(cell: str) -> int:
    """Read whole pence, below zero too, and say what else it may have been meant as."""
    if "£" in cell or "GBP" in cell.upper():
        raise ValueError("has a pound sign. Write whole pence, like 2000 for £20.00")
    if WITH_COMMA.fullmatch(cell):
        raise ValueError("has a comma. Write whole pence without commas, like 2000 for £20.00")
    if WITH_POINT.fullmatch(cell):
        raise ValueError("has a point. Write whole pence, like 2000 for £20.00")
    if not WHOLE.fullmatch(_seen(cell)):
        raise ValueError("must be whole pence, like 2000 for £20.00")
    return int(cell)


def _units(cell: str) -> Decimal:
    if WITH_COMMA.fullmatch(cell):
        raise ValueError("has a comma. Write a point, like 1.5")
    if not UNITS.fullmatch(_seen(cell)):
        raise ValueError("must be a number like 1.5, with at most four figures after the point")
    return Decimal(cell)


def _place(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", _seen(cell)):
        raise ValueError("must be a whole number, like 1")
    return int(cell)


COLUMNS: Mapping[str, Column] = {
    "type": Column(read=choice(("invoice", "credit_note")), is_needed=False, default="invoice"),
    "number": Column(read=_ref(60)),
    "contract_ref": Column(read=_ref(40)),
    "issue_date": Column(read=_day),
    "period_start": Column(read=_day),
    "period_end": Column(read=_day),
    "corrects": Column(read=_ref(60), is_needed=False, default=""),
    "line_number": Column(read=_place, is_needed=False),
    "service_code": Column(read=_ref(40)),
    "service_date": Column(read=_day),
    "units": Column(read=_units),
    "unit_rate_pence": Column(read=_pence),
    "amount_pence": Column(read=_pence),
    "member_ref": Column(read=_ref(40), is_needed=False, default=""),
    "corrects_line": Column(read=_place, is_needed=False),
    "total_pence": Column(read=_pence, is_needed=False),
}
# What all rows of one document say alike.
OF_THE_DOCUMENT = (
    *("type", "contract_ref", "issue_date", "period_start", "period_end", "corrects"),
    "total_pence",
)
OF_A_LINE = ("service_code", "unit_rate_pence", "amount_pence", "member_ref", "corrects_line")


def write_template() -> str:
    """Write an empty table with the names of all columns."""
    return write_table(COLUMNS, [])


def read_csv(data: bytes, *, file: str, provider_ref: str) -> Sent:
    """
    Read the documents of one provider from a table. Gives all of them, or every fault by row and column.

    A mark at the beginning (BOM), as some spreadsheets write it, does not matter.
    """
    said = _no_table(data)
    if said:
        return Sent(documents=[], faults=[Fault(file, None, said)])
    table = read_table(data, file=file, columns=COLUMNS)
    faults = [*table.faults, *_unknown_columns(data, file)] or _too_much(table.rows, file)
    if faults:
        return Sent(documents=[], faults=faults)
    documents: list[Placed] = []
    for number, rows in _by_number(table.rows).items():
        differing = _differing(rows, file)
        if differing:
            faults += differing
            continue
        try:
            documents.append(_document(number, rows, provider_ref))
        except UnreadableDocument as trouble:
            faults += [_in_the_table(problem, rows, file) for problem in trouble.problems]
    return Sent(documents=[] if faults else documents, faults=faults)


def said_of_other_file(data: bytes) -> str:
    """Say what a file is by its first bytes, whatever its name says; nothing of what may be a table."""
    kind = next((kind for start, kind in OTHER_FILES.items() if data.startswith(start)), "")
    return f"This is {kind}, not a CSV file in UTF-8. {HOW_TO_SAVE}" if kind else ""


def _no_table(data: bytes) -> str:
    """Say what a file is that is no table at all; nothing for what may be one."""
    if not data.strip():
        return "The file is empty. Its first line must name the columns, as in the template."
    other = said_of_other_file(data)
    if other:
        return other
    if len(data) > MOST_BYTES or data.count(b"\n") > 2 * MOST_ROWS:
        return f"The file is too long. Send at most {MOST_ROWS:,} rows in one file; the API takes more."
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        return f"There is a NUL byte in row {line}: this is not a text file. {HOW_TO_SAVE}"
    first = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    for sign, called in ((b";", "semicolons"), (b"\t", "tabs")):
        if sign in first and b"," not in first:
            return f"Its cells are kept apart by {called}. {HOW_TO_SAVE} Cells are kept apart by commas then."
    return ""


def _unknown_columns(data: bytes, file: str) -> list[Fault]:
    """
    Refuse columns that we do not know: one that is spelt wrong would be left out unseen.

    It keeps names of people out too, which some systems put beside what they bill.
    """
    first = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode(errors="replace")
    names = [name.strip().strip('"') for name in first.split(",")]
    words = "We do not know the column {}. Take it out, or spell it as in the template."
    return [
        Fault(file, 1, words.format(repr(name[:40]) if name else "without a name"), name[:40])
        for name in names[:100]
        if name not in COLUMNS
    ]


def _too_much(rows: list[Row], file: str) -> list[Fault]:
    if not rows:
        return [Fault(file, None, "There is no row below the names of the columns.")]
    documents = len({row.values["number"] for row in rows})
    if len(rows) > MOST_ROWS or documents > MOST_DOCUMENTS:
        words = (
            f"There are {len(rows):,} rows with {documents:,} invoices. Send at most {MOST_ROWS:,} rows with "
            f"{MOST_DOCUMENTS:,} invoices in one file; the API takes more."
        )
        return [Fault(file, None, words)]
    return []


def _by_number(rows: list[Row]) -> dict[str, list[Row]]:
    documents: dict[str, list[Row]] = {}
    for row in rows:
        documents.setdefault(row.values["number"], []).append(row)
    return documents


def _differing(rows: list[Row], file: str) -> list[Fault]:
    """Say where a row contradicts the first row of its document."""
    first = rows[0]
    return [
        Fault(file, row.line, f"{name} is not the same as in row {first.line}, for the same number.", name)
        for row in rows[1:]
        for name in OF_THE_DOCUMENT
        if row.values[name] != first.values[name]
    ]


def _document(number: str, rows: list[Row], provider_ref: str) -> Placed:
    """Write a document as it would have come by API, and have it read as such."""
    first = rows[0].values
    lines = [_line(place, row) for place, row in enumerate(rows, start=1)]
    total = first["total_pence"]
    payload = {
        "type": first["type"],
        "number": number,
        "provider_ref": provider_ref,
        "contract_ref": first["contract_ref"],
        "issue_date": first["issue_date"].isoformat(),
        "period_start": first["period_start"].isoformat(),
        "period_end": first["period_end"].isoformat(),
        "total_pence": sum(line["amount_pence"] for line in lines) if total is None else total,
        "lines": lines,
    }
    if first["corrects"]:
        payload["corrects"] = first["corrects"]
    document = parse_document(payload)
    places = zip(document.lines, rows, strict=True)
    return Placed(document, {line.line_number: row.line for line, row in places})


def _line(place: int, row: Row) -> dict[str, Any]:
    said = row.values
    line: dict[str, Any] = {name: said[name] for name in OF_A_LINE if said[name] not in ("", None)}
    return line | {
        "line_number": place if said["line_number"] is None else said["line_number"],
        "service_date": said["service_date"].isoformat(),
        "units": f"{said['units']:f}",
    }


def _in_the_table(problem: Problem, rows: list[Row], file: str) -> Fault:
    """Say of the table what was found of the document: in which row, and in which column."""
    steps = problem.pointer.strip("/").split("/")
    if steps[0] == "lines" and len(steps) > 1:
        row, column = rows[int(steps[1])], steps[2] if len(steps) > 2 else ""
    else:
        row, column = rows[0], steps[0] if steps[0] in COLUMNS else ""
    words = problem.detail
    if problem.code == "missing_field":
        words = f"{column} is empty. A credit note says what it corrects: the invoice, and the line of it."
    elif problem.code == "unknown_field":
        words = f"{column} is for credit notes. Leave it empty, or write credit_note as type."
    return Fault(file, row.line, words, column)
