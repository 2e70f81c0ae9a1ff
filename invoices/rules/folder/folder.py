"""Reading a council's folder whole: everything that is wrong with it is said at once, or it is all good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from invoices.rules.document import UnreadableDocument, parse_document, read_json
from invoices.rules.folder.checks import check_tables
from invoices.rules.folder.documents import Placed, check_documents
from invoices.rules.folder.tables import COUNCIL, FILES, INVOICES, MAY_BE_MISSING, TABLES
from people.rules import Column, Fault, Row, Table, code, day, read_table, text

COUNCIL_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "code": code(20),
    "name": text(200),
    "year_starts": day,
    "year_ends": day,
}


class UnreadableFolder(Exception):
    """What is wrong with a folder, all of it: each fault with its file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class CouncilFolder:
    """
    A council as a folder gives it, checked.

    `rows`: the rows of each table by file name; `documents`: invoices and credit notes in order of arrival;
    `digest`: what the files say, byte for byte. Year end exclusive.
    """

    code: str
    name: str
    year_start_date: date
    year_end_date: date
    rows: Mapping[str, list[Row]]
    documents: list[Placed]
    digest: bytes


def read_folder(files: Mapping[str, bytes], *, unreadable: Mapping[str, str] | None = None) -> CouncilFolder:
    """
    Read the files of a folder, by name, and check them one by one and against each other.

    `unreadable`: why a file that is there could not be read ("cannot be read: ..."), by name.

    :raises UnreadableFolder: anything at all is wrong; its message lists everything.
    """
    faults: list[Fault] = []
    council = _read_council(files[COUNCIL], faults) if COUNCIL in files else {}
    unreadable = unreadable or {}
    faults += [_lacking(name, unreadable) for name in (COUNCIL, INVOICES) if name not in files]
    tables = {name: _read(files, name, columns, unreadable) for name, columns in TABLES.items()}
    documents = _read_documents(files.get(INVOICES, b""), faults)
    faults += [fault for table in tables.values() for fault in table.faults]
    faults += check_tables(tables)
    faults += check_documents(documents, tables)
    if faults:
        raise UnreadableFolder(sorted(faults, key=_in_order))
    return CouncilFolder(
        code=council["code"],
        name=council["name"],
        year_start_date=council["year_starts"],
        year_end_date=council["year_ends"],
        rows={name: table.rows for name, table in tables.items()},
        documents=documents,
        digest=digest_of(files),
    )


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """Say in 32 bytes what the files of a folder say, so that the same folder is known again."""
    whole = sha256()
    for name in FILES:
        if name in files:
            whole.update(f"{name}:{len(files[name])}:".encode())
            whole.update(files[name])
    return whole.digest()


def _read(
    files: Mapping[str, bytes], name: str, columns: Mapping[str, Column], unreadable: Mapping[str, str]
) -> Table:
    """Read one table; where its file is missing, say so unless the folder can do without it."""
    if name in files:
        return read_table(files[name], file=name, columns=columns)
    can_do_without = name in MAY_BE_MISSING and name not in unreadable
    return Table([], [], [] if can_do_without else [_lacking(name, unreadable)])


def _lacking(name: str, unreadable: Mapping[str, str]) -> Fault:
    return Fault(name, None, unreadable.get(name, "is missing from the folder."))


def _in_order(fault: Fault) -> tuple[int, int]:
    return FILES.index(fault.file), fault.line or 0


def _read_council(data: bytes, faults: list[Fault]) -> dict[str, Any]:
    """Read council.json: the council's code and name, and its financial year."""
    try:
        said = read_json(data.removeprefix(b"\xef\xbb\xbf"))
    except UnreadableDocument as trouble:
        faults.append(Fault(COUNCIL, None, trouble.problems[0].detail))
        return {}
    if not isinstance(said, dict):
        faults.append(Fault(COUNCIL, None, "must be an object with code, name, year_starts and year_ends."))
        return {}
    found: dict[str, Any] = {}
    for name, read in COUNCIL_FIELDS.items():
        value = said.get(name)
        if not isinstance(value, str) or not value.strip():
            faults.append(Fault(COUNCIL, None, f"{name} is missing, or is not text."))
            continue
        try:
            found[name] = read(value.strip())
        except ValueError as trouble:
            faults.append(Fault(COUNCIL, None, f"{name} {trouble}."))
    if {"year_starts", "year_ends"} <= found.keys() and found["year_ends"] <= found["year_starts"]:
        faults.append(Fault(COUNCIL, None, "year_ends must be after year_starts."))
    return found


def _read_documents(data: bytes, faults: list[Fault]) -> list[Placed]:
    """Read invoices.jsonl, a document a line, as strictly as one that comes by REST."""
    documents = []
    for line, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            documents.append((line, parse_document(read_json(raw))))
        except UnreadableDocument as trouble:
            faults += [
                Fault(INVOICES, line, f"{problem.pointer or 'the document'}: {problem.detail}")
                for problem in trouble.problems
            ]
    return documents
