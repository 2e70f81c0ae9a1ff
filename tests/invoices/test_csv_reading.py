"""Invoices and credit notes in one CSV file: what is read, and every fault by its row and column."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from invoices.rules.csv_invoices import COLUMNS, MOST_DOCUMENTS, MOST_ROWS, read_csv, write_template
from people.rules import Fault
from tests.invoices.sheets import make_csv

FILE = "may.csv"


def faults_of(data: bytes) -> list[Fault]:
    """What is wrong with a file."""
    sent = read_csv(data, file=FILE, provider_ref="PR-1")
    assert sent.documents == []
    return sent.faults


def only_fault(**cells: str) -> tuple[int | None, str, str]:
    """The one fault of a file whose second line has these cells: its row, its column and its words."""
    [fault] = faults_of(make_csv({}, cells))
    return fault.line, fault.column, fault.words


def test_reads_rows_of_one_number_as_one_document() -> None:
    sent = read_csv(
        make_csv({"number": "A"}, {"number": "B", "units": "1.5", "amount_pence": "3000"}, {"number": "A"}),
        file=FILE,
        provider_ref="PR-1",
    )
    assert sent.faults == []
    first, second = sent.documents
    assert (first.document.number, first.document.total_pence, len(first.document.lines)) == ("A", 40_00, 2)
    assert first.rows == {1: 2, 2: 4}
    assert (second.document.number, second.first_row) == ("B", 3)
    [line] = second.document.lines
    assert (line.units, line.service_date, line.amount_pence) == (Decimal("1.5"), date(2026, 5, 4), 30_00)
    assert second.document.provider_ref == "PR-1"


def test_reads_a_credit_note() -> None:
    credit = {
        "type": "credit_note",
        "number": "C-1",
        "corrects": "A",
        "corrects_line": "1",
        "amount_pence": "-2000",
    }
    [placed] = read_csv(make_csv(credit), file=FILE, provider_ref="PR-1").documents
    assert (placed.document.kind, placed.document.corrects) == ("credit_note", "A")
    assert placed.document.lines[0].corrects_line == 1


def test_does_not_mind_the_mark_that_spreadsheets_put_at_the_beginning_nor_their_line_ends() -> None:
    data = b"\xef\xbb\xbf" + make_csv({}).replace(b"\n", b"\r\n")
    assert len(read_csv(data, file=FILE, provider_ref="PR-1").documents) == 1


def test_has_a_template_that_names_every_column_and_is_empty() -> None:
    template = write_template()
    assert next(csv.reader(StringIO(template))) == list(COLUMNS)
    [fault] = faults_of(template.encode())
    assert "no row below" in fault.words


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("04/05/26", "has a year of two figures"),
        ("4.5.26", "has a year of two figures"),
        ("04/05/2026", "must be written year first"),
        ("46146", "is how a spreadsheet counts days"),
        ("2026-02-30", "is not a day of the calendar"),
        ("2026-5-4", "must be a date like"),
        ("=TODAY()", "begins like a formula"),
    ],
)
def test_refuses_days_that_are_not_what_they_seem(cell: str, words: str) -> None:
    row, column, said = only_fault(service_date=cell)
    assert (row, column) == (3, "service_date")
    assert words in said


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("£20.00", "has a pound sign"),
        ("20 GBP", "has a pound sign"),
        ("20,00", "has a comma"),
        ("20.00", "has a point"),
        ("2E+3", "must be whole pence"),
        ("=A1*100", "begins like a formula"),
        ("2000 ", None),
        ("99999999999999", "must be whole pence"),
        ("9999999999999", "must be between"),
        ("٢٠٠٠", "must be whole pence"),
    ],
)
def test_refuses_money_that_is_not_whole_pence(cell: str, words: str | None) -> None:
    if words is None:
        assert read_csv(make_csv({"unit_rate_pence": cell}), file=FILE, provider_ref="PR-1").faults == []
        return
    row, column, said = only_fault(unit_rate_pence=cell)
    assert (row, column) == (3, "unit_rate_pence")
    assert words in said


@pytest.mark.parametrize("cell", ["1,5", "-1", "1.00001", "½", "NaN", "1e3"])
def test_refuses_units_that_are_no_plain_number(cell: str) -> None:
    row, column, _ = only_fault(units=cell)
    assert (row, column) == (3, "units")


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("member_ref", "M-1\u202e", "nobody can see (U+202E)"),
        ("service_code", "SESS\u200bION", "nobody can see (U+200B)"),
        ("contract_ref", "\ufeffK-1", "nobody can see (U+FEFF)"),
        ("number", "=cmd|'/c calc'!A1", "begins like a formula"),
        ("member_ref", "@SUM(A1)", "begins like a formula"),
        ("member_ref", "-M1", "begins like a formula"),
        ("member_ref", "M\u0430ria", "must be at most 40 plain letters"),
        ("number", "N" * 61, "must be at most 60"),
        ("type", "bill", "must be one of credit_note, invoice"),
        ("contract_ref", "", "is empty"),
    ],
)
def test_refuses_references_that_are_not_what_they_look_like(column: str, cell: str, words: str) -> None:
    row, found, said = only_fault(**{column: cell})
    assert (row, found) == (3, column)
    assert words in said


def test_refuses_a_quote_that_is_never_closed_and_goes_on_reading() -> None:
    data = make_csv({}, {"units": "x"}) + b'invoice,"A-9,K-1\n'
    faults = faults_of(data)
    assert [(fault.line, fault.column) for fault in faults] == [(3, "units"), (4, "")]
    assert "a quote is not closed" in faults[1].words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"PK\x03\x04", "a spreadsheet workbook or a ZIP file"),
        ("type,number\n".encode("utf-16"), "text in UTF-16"),
        (b"type,number\nin\x00voice,A\n", "NUL byte in row 2"),
        (b"type;number\ninvoice;A\n", "kept apart by semicolons"),
        (b"type\tnumber\n", "kept apart by tabs"),
        (b"x\n" * (2 * MOST_ROWS + 1), "too long"),
        (b"type,number\ninvoice,\xa320\n", "is not UTF-8"),
    ],
)
def test_says_what_a_file_is_that_is_no_table(data: bytes, words: str) -> None:
    [fault] = faults_of(data)
    assert words in fault.words
    assert fault.file == FILE


def test_refuses_columns_that_are_missing_twice_or_unknown() -> None:
    data = make_csv({}).replace(b"service_date", b"visit_name", 1)
    assert {(fault.line, fault.column) for fault in faults_of(data)} == {
        (1, "service_date"),
        (1, "visit_name"),
    }
    data = make_csv({}).replace(b"member_ref", b"number", 1)
    assert [fault.words for fault in faults_of(data)] == ["The column number is there twice."]


def test_refuses_rows_of_one_number_that_contradict_each_other() -> None:
    assert only_fault(contract_ref="K-2")[:2] == (3, "contract_ref")


def test_refuses_a_total_that_the_rows_do_not_add_up_to() -> None:
    [fault] = faults_of(make_csv({"total_pence": "1999"}))
    assert (fault.line, fault.column) == (2, "total_pence")
    assert "add up to 2000 pence, not 1999" in fault.words


def test_refuses_a_credit_note_that_does_not_say_what_it_corrects() -> None:
    faults = faults_of(make_csv({"type": "credit_note", "amount_pence": "-2000"}))
    assert {fault.column for fault in faults} == {"corrects", "corrects_line"}
    faults = faults_of(make_csv({"type": "credit_note", "corrects": "A", "corrects_line": "1"}))
    assert [(fault.column, fault.line) for fault in faults] == [("amount_pence", 2)]
    faults = faults_of(make_csv({"corrects": "A"}))
    assert [fault.column for fault in faults] == ["corrects"]


def test_refuses_the_same_line_number_twice() -> None:
    row, column, _ = only_fault(line_number="1")
    assert (row, column) == (3, "line_number")


def test_refuses_more_rows_than_can_be_looked_at_in_one_go() -> None:
    [fault] = faults_of(make_csv(*({"number": f"A-{place}"} for place in range(MOST_DOCUMENTS + 1))))
    assert "2,001 invoices" in fault.words
