"""
Reading a provider's document strictly.

Bytes become a `Document` or a list of problems, each with the place it is at; nothing in between. Python's own
JSON reader takes NaN, duplicate keys and endless numbers; ours refuses them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

MAX_BYTES = 5_000_000
MAX_LINES = 10_000
MAX_DIGITS = 18
MAX_PENCE = 10**12
MAX_UNITS_BEFORE_POINT = 9
UNITS = re.compile(rf"[0-9]{{1,{MAX_UNITS_BEFORE_POINT}}}(\.[0-9]{{1,4}})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WORD = re.compile(r"[!-~]+( [!-~]+)*")  # printable ASCII: references are typed on every kind of keyboard
KINDS = ("invoice", "credit_note")


class Problem(NamedTuple):
    """What is wrong with a document, and where: a JSON pointer, a code, and a sentence."""

    pointer: str
    code: str
    detail: str


class UnreadableDocument(Exception):
    """The document cannot be taken in. `is_syntax`: it is not even well-formed JSON."""

    def __init__(self, problems: list[Problem], *, is_syntax: bool = False) -> None:
        super().__init__("; ".join(f"{problem.pointer or '/'}: {problem.detail}" for problem in problems))
        self.problems = problems
        self.is_syntax = is_syntax


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as the provider wrote it. `units` in the service's unit; pence otherwise."""

    line_number: int
    service_code: str
    service_date: date
    units: Decimal
    unit_rate_pence: int
    amount_pence: int
    member_ref: str = ""
    corrects_line: int | None = None


class VatSum(NamedTuple):
    """What a document says of one VAT category (S, Z, E, O) and rate: net and VAT in pence, below zero on a credit."""

    category: str
    percent: Decimal
    net_pence: int
    vat_pence: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """
    An invoice or credit note as the provider wrote it. Period dates are inclusive; pence.

    `vat` is part of the lines' amounts, and there only where the document says anything of it (ADR 17).
    """

    kind: str
    number: str
    provider_ref: str
    contract_ref: str
    issue_date: date
    period_start_date: date
    period_end_date: date
    total_pence: int
    lines: tuple[Line, ...]
    corrects: str = ""
    vat: tuple[VatSum, ...] = ()

    @cached_property
    def body_hash(self) -> bytes:
        """
        Say what the document says, whatever its white space, so that a repeat can be told from a change.

        `check_books` works it out again from the rows (reconciliation/sql/faults/documents.sql): change both.
        """
        said = {own.name: getattr(self, own.name) for own in fields(self)}
        del said["vat"]  # in the amounts already; JSON and UBL of the same invoice are the same document
        said = {name: value for name, value in said.items() if value not in ("", None)}
        said["lines"] = [vars(line) for line in self.lines]
        return sha256(json.dumps(said, sort_keys=True, default=_plain).encode()).digest()


def _plain(value: date | Decimal) -> str:
    """Write a day, or a number of units without the noughts that say nothing."""
    return str(value.normalize() + 0 if isinstance(value, Decimal) else value)


def read_json(raw: bytes) -> Any:
    """
    Read JSON without any of Python's leniency. Numbers with a fraction or exponent come back as Decimal.

    :raises UnreadableDocument: too long, not UTF-8, not JSON, nested too deep, a name used twice in one object,
        a number of more than 18 digits, NaN or Infinity.
    """
    if len(raw) > MAX_BYTES:
        raise _unreadable("too_large", f"The document is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = raw.decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        raise _unreadable("not_utf8", "The document is not UTF-8 text.") from None
    try:
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_no_constant,
            object_pairs_hook=_each_name_once,
        )
    except (ValueError, RecursionError, ArithmeticError) as trouble:
        if isinstance(trouble, json.JSONDecodeError):
            said = f"This is not JSON: {trouble.msg} at line {trouble.lineno}, column {trouble.colno}."
        elif isinstance(trouble, RecursionError):
            said = "The document is nested too deep."
        else:
            said = str(trouble)
        raise _unreadable("not_json", said) from None


def _unreadable(code: str, detail: str) -> UnreadableDocument:
    return UnreadableDocument([Problem("", code, detail)], is_syntax=True)


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise ValueError(f"A number has more than {MAX_DIGITS} digits.")
    return int(digits)


def _fraction(text: str) -> Decimal:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"A number has more than {MAX_DIGITS} digits.")
    return Decimal(text)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number.")


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = Counter(name for name, _ in pairs)  # counted once: a large object must not cost its square
        twice = next(name for name, times in names.items() if times > 1)
        raise ValueError(f"The name {json.dumps(twice)[:60]} is used twice in one object.")
    return found


class FieldRefused(Exception):
    """One field is not what it should be."""


def read_text(most: int) -> Callable[[Any], str]:
    """Give what reads text of at most so many characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise FieldRefused("must be text, and not empty")
        if len(value) > most:
            raise FieldRefused(f"must be at most {most} characters long")
        if not WORD.fullmatch(value):
            raise FieldRefused("may hold only plain letters, digits, signs and single spaces")
        return value

    return read


def read_number(least: int, most: int) -> Callable[[Any], int]:
    """Give what reads a whole number between two others, both included."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise FieldRefused("must be a whole number")
        if not least <= value <= most:
            raise FieldRefused(f"must be between {least} and {most}")
        return value

    return read


def read_day(value: Any) -> date:
    """Read a day of the calendar."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise FieldRefused("must be a date like 2026-04-30")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FieldRefused("is not a day of the calendar") from None


def read_units(value: Any) -> Decimal:
    """Read how much, in quotes so that no decimal is lost."""
    if not isinstance(value, str) or not UNITS.fullmatch(value):
        raise FieldRefused('must be a number in quotes like "1.5", with at most four decimals')
    return Decimal(value).normalize() + 0


def _kind(value: Any) -> str:
    if value not in KINDS:
        raise FieldRefused('must be "invoice" or "credit_note"')
    return str(value)


PENCE = read_number(-MAX_PENCE, MAX_PENCE)
DOCUMENT_FIELDS: dict[str, Callable[[Any], Any]] = {
    "type": _kind,
    "number": read_text(60),
    "provider_ref": read_text(40),
    "contract_ref": read_text(40),
    "issue_date": read_day,
    "period_start": read_day,
    "period_end": read_day,
    "total_pence": PENCE,
}
LINE_FIELDS: dict[str, Callable[[Any], Any]] = {
    "line_number": read_number(1, 1_000_000),
    "service_code": read_text(40),
    "service_date": read_day,
    "units": read_units,
    "unit_rate_pence": PENCE,
    "amount_pence": PENCE,
}
LINE_EXTRAS: dict[str, Callable[[Any], Any]] = {"member_ref": read_text(40)}


class Reading:
    """Reads fields out of objects and gathers every problem with its place."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, pointer: str, code: str, detail: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(pointer, code, detail))

    def fields(
        self, payload: Any, pointer: str, needed: Mapping[str, Any], extras: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Read the fields of one object; what is missing, unknown or wrong becomes a problem."""
        if not isinstance(payload, dict):
            self.say(pointer, "wrong_type", "This must be an object with named fields.")
            return {}
        for name in payload.keys() - needed.keys() - extras.keys():
            self.say(f"{pointer}/{_pointed(name)}", "unknown_field", "We do not know this field.")
        for name in needed.keys() - payload.keys():
            self.say(f"{pointer}/{name}", "missing_field", "This field is needed.")
        found: dict[str, Any] = {}
        for name, read in {**needed, **extras}.items():
            if name in payload:
                try:
                    found[name] = read(payload[name])
                except FieldRefused as refusal:
                    self.say(f"{pointer}/{name}", "invalid", f"{name} {refusal}.")
        return found


def _pointed(name: str) -> str:
    """Write a name as part of a JSON pointer (RFC 6901), without characters that cannot be written."""
    shown = name.encode("utf-8", errors="replace").decode()
    return shown[:60].replace("~", "~0").replace("/", "~1")


def parse_document(payload: Any) -> Document:
    """
    Turn what was read into a document, or say everything that is wrong with it.

    An invoice's lines are checked against the contract later, one by one; here only that the document can be
    understood: every field there and of its kind, no line number twice, the lines adding up to the total, a
    credit note naming what it corrects and giving money back.

    :raises UnreadableDocument: with one problem or more.
    """
    reading = Reading()
    is_credit = isinstance(payload, dict) and payload.get("type") == "credit_note"
    needed = (
        DOCUMENT_FIELDS | {"lines": lambda value: value} | ({"corrects": read_text(60)} if is_credit else {})
    )
    found = reading.fields(payload, "", needed, {})
    lines = _read_lines(reading, found.get("lines"), is_credit=is_credit) if "lines" in found else []
    if not reading.problems:
        _check_whole(reading, found, lines)
    if reading.problems:
        raise UnreadableDocument(reading.problems[:100])
    return Document(
        kind=found["type"],
        number=found["number"],
        provider_ref=found["provider_ref"],
        contract_ref=found["contract_ref"],
        issue_date=found["issue_date"],
        period_start_date=found["period_start"],
        period_end_date=found["period_end"],
        total_pence=found["total_pence"],
        lines=tuple(lines),
        corrects=found.get("corrects", ""),
    )


def _read_lines(reading: Reading, payload: Any, *, is_credit: bool) -> list[Line]:
    """Read the lines of a document."""
    if not isinstance(payload, list) or not payload:
        reading.say("/lines", "invalid", "lines must be a list with at least one line.")
        return []
    if len(payload) > MAX_LINES:
        reading.say("/lines", "too_many_lines", f"A document may have at most {MAX_LINES} lines.")
        return []
    needed = LINE_FIELDS | ({"corrects_line": read_number(1, 1_000_000)} if is_credit else {})
    lines = []
    for place, row in enumerate(payload):
        before = len(reading.problems)
        found = reading.fields(row, f"/lines/{place}", needed, LINE_EXTRAS)
        if len(reading.problems) == before:
            lines.append(Line(**found))
    return lines


def _check_whole(reading: Reading, found: dict[str, Any], lines: list[Line]) -> None:
    """Check what can only be seen with all fields read."""
    seen: set[int] = set()
    for place, line in enumerate(lines):
        if line.line_number in seen:
            reading.say(f"/lines/{place}/line_number", "used_twice", "Two lines have this number.")
        seen.add(line.line_number)
        if found["type"] == "credit_note" and line.amount_pence > 0:
            reading.say(
                f"/lines/{place}/amount_pence", "invalid", "A credit gives money back: write it below zero."
            )
    if found["period_end"] < found["period_start"]:
        reading.say("/period_end", "invalid", "The period ends before it starts.")
    total = sum(line.amount_pence for line in lines)
    if total != found["total_pence"]:
        reading.say(
            "/total_pence", "totals_differ", f"The lines add up to {total} pence, not {found['total_pence']}."
        )
