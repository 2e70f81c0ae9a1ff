"""Bank statements are read to the penny, or refused with the place: camt.053 in three versions, and CSV."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoices.rules.statement import (
    Statement,
    StatementLine,
    UnableToReadStatement,
    read_camt,
    read_statement_table,
)
from invoices.rules.statement.lines import BankAccount, account_of, pence_of
from invoices.rules.xml import parse_xml
from tests.invoices.banking import JUNE_4, Entry, camt, pounds, table

CAMT = Path(__file__).resolve().parents[3] / "shared" / "data" / "camt"
needs_data = pytest.mark.skipif(
    not CAMT.exists(), reason="The bank's sample statements are not on this machine."
)


def read(data: bytes, **more: str) -> list[Statement]:
    """Read a camt.053 file."""
    return read_camt(parse_xml(data), **more)


@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_reads_every_version_alike(version: str) -> None:
    [statement] = read(
        camt(
            Entry(pence=-58_60, reference="CP00001ABCDEF01", name="Kind Hands"),
            Entry(pence=12_00, name="A refund"),
            version=version,
        )
    )
    assert (statement.opening_pence, statement.closing_pence) == (1_000_00, 953_40)
    assert statement.account == BankAccount("100000", "87654321")
    assert statement.lines == (
        StatementLine(JUNE_4, -58_60, "CP00001ABCDEF01", "Kind Hands", "B-1", is_reversal=False),
        StatementLine(JUNE_4, 12_00, "", "A refund", "B-1", is_reversal=False),
    )


def test_leaves_out_what_is_not_booked_yet() -> None:
    [statement] = read(camt(Entry(pence=-5_00, status="PDNG"), Entry(pence=-1_00)))
    assert [line.amount_pence for line in statement.lines] == [-1_00]


@pytest.mark.parametrize("on", [date(26, 6, 4), date(9999, 12, 31)])
def test_refuses_days_that_no_bank_account_saw(on: date) -> None:
    with pytest.raises(UnableToReadStatement, match="which no bank account saw"):
        read(camt(Entry(pence=-1_00, on=on)))


def test_reads_a_batch_line_by_line() -> None:
    parts = (Entry(pence=-60_00, reference="CP1", name="A"), Entry(pence=-40_00, reference="CP2", name="B"))
    [statement] = read(camt(Entry(pence=-100_00, parts=parts)))
    assert [(line.amount_pence, line.reference) for line in statement.lines] == [
        (-60_00, "CP1"),
        (-40_00, "CP2"),
    ]


def test_refuses_a_batch_whose_parts_are_not_its_sum() -> None:
    parts = (Entry(pence=-60_00), Entry(pence=-41_00))
    with pytest.raises(UnableToReadStatement, match="parts of a batch do not add up") as refusal:
        read(camt(Entry(pence=-100_00, parts=parts)))
    assert "Ntry/NtryDtls" in refusal.value.place


def test_names_the_other_side_of_a_reversal_as_it_was() -> None:
    [statement] = read(camt(Entry(pence=58_60, name="Kind Hands", is_reversal=True)))
    assert (statement.lines[0].is_reversal, statement.lines[0].counterparty) == (True, "Kind Hands")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            camt(Entry(pence=-1_00), closing=998_99),
            "does not add up: .* differ from the closing balance by -1 pence",
        ),
        (camt(Entry(pence=-1_00), currency="EUR"), "in EUR. We keep our books in GBP"),
        (camt(account="<IBAN>NL26VAYB8060476890</IBAN>"), "not a UK one"),
        (camt().replace(b"OPBD", b"ITBD"), "what was in the account before it"),
        (camt().replace(b"CLBD", b"ITBD"), "what was in the account after it"),
        (camt(Entry(pence=-1_00)).replace(b">1.00<", b">1,00<"), "must be pounds and pence, with a point"),
        (camt(Entry(pence=-1_00)).replace(b">1.00<", b">1.001<"), "must be pounds and pence, with a point"),
        (camt(Entry(pence=-1_00)).replace(b">1.00<", b">1e2<"), "must be pounds and pence, with a point"),
        (camt(Entry(pence=-1_00)).replace(b"DBIT", b"MINUS"), "must say CRDT or DBIT"),
        (camt(Entry(pence=-1_00)).replace(b"<BookgDt><Dt>2026-06-04</Dt></BookgDt>", b""), "no booking date"),
        (camt(Entry(pence=-1_00)).replace(b"<Dt>2026-06-04</Dt>", b"<Dt>04/06/2026</Dt>"), "no date"),
        (camt(version="03"), "must be camt.053, version 02, 04 or 08"),
        (b"<Document/>", "no bank statement we can read"),
    ],
)
def test_refuses_what_it_cannot_prove(data: bytes, words: str) -> None:
    with pytest.raises(UnableToReadStatement, match=words):
        read(data)


@pytest.mark.parametrize(
    ("said", "account"),
    [
        ("GB29 NWBK 6016 1331 9268 19", BankAccount("601613", "31926819")),
        ("20-00-00 12345678", BankAccount("200000", "12345678")),
        ("20000012345678", BankAccount("200000", "12345678")),
        ("NL26VAYB8060476890", None),
        ("２０００００12345678", None),
        ("2000001234567", None),
    ],
)
def test_reads_uk_accounts(said: str, account: BankAccount | None) -> None:
    assert account_of(said) == account


@given(st.integers(min_value=0, max_value=10**13))
def test_reads_back_every_amount(pence: int) -> None:
    assert pence_of(pounds(pence)) == pence


def test_reads_a_table() -> None:
    statement = read_statement_table(
        table(("2026-06-04", -58_60, 941_40, "CP1", "Kind Hands"), ("2026-06-05", 10_00, 951_40, "", "")),
        file="bank.csv",
    )
    assert (statement.opening_pence, statement.closing_pence) == (1_000_00, 951_40)
    assert (statement.from_date, statement.to_date) == (JUNE_4, date(2026, 6, 5))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            table(("2026-06-04", -1_00, 9_00, "", ""), ("2026-06-05", -1_00, 7_99, "", "")),
            "a movement is missing",
        ),
        (table(("2026-06-05", -1_00, 9_00, "", ""), ("2026-06-04", -1_00, 8_00, "", "")), "oldest first"),
        (table(), "no movement"),
        (table(("04/06/26", -1_00, 9_00, "", "")), "line 2: date must be a date like 2026-04-30"),
        (table(("46177", -1_00, 9_00, "", "")), "line 2: date must be a date like 2026-04-30"),
        (
            table(("2026-06-04", -1_00, 9_00, "", "")).replace(b"-1.00", "-£1.00".encode()),
            "without £ or commas",
        ),
        (table(("2026-06-04", -1_00, 9_00, "", "")).replace(b"-1.00", b'"-1,00"'), "without £ or commas"),
        (
            table(("2026-06-04", -1_00, 9_00, "", "")).replace(b"balance", b"saldo"),
            "column balance is missing",
        ),
        (table(("2026-06-04", -1_00, 9_00, '"open', "")), "a quote is not closed"),
        (table(("2026-06-04", -1_00, 9_00, "a\x00b", "")), "cannot be shown"),
        (b"\xff\xfe\x00", "text in UTF-16"),
    ],
)
def test_refuses_a_table_with_the_line(data: bytes, words: str) -> None:
    with pytest.raises(UnableToReadStatement, match=words):
        read_statement_table(data, file="bank.csv")


def in_pounds(name: str) -> bytes:
    """A sample of the standard, as if it were of a UK account and in pounds."""
    sample = (CAMT / name).read_bytes().replace(b"NL26VAYB8060476890", b"GB29NWBK60161331926819")
    return re.sub(rb'Ccy="[A-Z]+"', b'Ccy="GBP"', sample)


@needs_data
def test_reads_the_standard_s_sample_as_if_it_were_ours() -> None:
    first, second = read(in_pounds("camt053.v2.multi.statement.xml"))
    assert (first.opening_pence, first.closing_pence, second.closing_pence) == (18_15, 27_00, 20_00)
    assert [line.amount_pence for line in (*first.lines, *second.lines)] == [8_85, -7_00]


@needs_data
@pytest.mark.parametrize("name", ["camt053.v2.minimal.xml", "camt053.v4.xml"])
def test_refuses_samples_whose_balances_are_not_their_lines(name: str) -> None:
    with pytest.raises(UnableToReadStatement, match="does not add up"):
        read(in_pounds(name))


@needs_data
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("camt053.v2.multi.statement.xml", "not a UK one|in EUR"),
        ("camt053.v2.wrong.xml", "no statement|cannot|camt"),
    ],
)
def test_refuses_samples_as_they_are(name: str, words: str) -> None:
    with pytest.raises(UnableToReadStatement, match=words):
        read((CAMT / name).read_bytes())


@needs_data
@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_our_own_samples_are_what_the_standard_says(version: str) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(CAMT / f"camt.053.001.{version}.xsd"))
    data = camt(Entry(pence=-58_60, reference="CP1", name="Kind Hands"), version=version)
    # A bank's code for the kind of movement is asked for by the schema, and not read by us.
    code = b"<BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>"
    schema.assertValid(parse_xml(data.replace(b"<BkTxCd/>", code)))
