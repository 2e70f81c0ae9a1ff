"""What a council's finance system gets: other programs come to the same balances from it, to the penny."""

from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from beancount.core.data import Transaction
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from invoices.models import Invoice, InvoiceVat
from ledger.models import Entry
from people.models import Council
from reports.queries.hand_over import entries_in
from reports.rules.forecast import Span
from reports.rules.hand_over import Format, account_name
from reports.rules.hand_over.as_journal import on_one_line
from tests.invoices.paying import bill
from tests.invoices.test_fairholme import fairholme, load
from tests.people.makers import make_council, make_person
from tests.reports.handing_over import (
    YEAR,
    added_up,
    balances,
    close_may,
    handed,
    make_busy_desk,
    make_entry,
    pence,
    read_beancount,
    read_csv,
    read_journal,
)
from tests.reports.makers import MAY

pytestmark = pytest.mark.django_db

__all__ = ["fairholme"]
JUNE = Span(start=date(2026, 6, 1), end=date(2026, 7, 1))
# 500 characters with everything that means something to one of the readers.
NASTY = (
    '=SUM(1) "said" \\n; he, [2026-01-01] (x) | %41 :tag: a:: 1\n\r\n\tthen  two\u2028£ é 你好 \u202eRTL '
    + "x" * 500
)[:499] + "ẞ"


def beancount_sums(council: Council) -> dict[str, int]:
    """What beancount comes to."""
    entries = read_beancount(handed(council, Format.BEANCOUNT))
    return added_up(
        (posting.account, pence(posting.units.number))
        for entry in entries
        for posting in entry.postings
        if posting.units is not None and posting.units.number is not None
    )


def csv_sums(council: Council) -> dict[str, int]:
    """What the CSV adds up to, by its pence; its pounds say the same."""
    rows = read_csv(handed(council, Format.CSV))
    for row in rows:
        assert [pence(row[side] or "0") for side in ("debit", "credit")] == [
            int(row[f"{side}_pence"] or 0) for side in ("debit", "credit")
        ]
    return added_up(
        (row["account"], int(row["debit_pence"] or 0) - int(row["credit_pence"] or 0)) for row in rows
    )


def journal_sums(council: Council) -> dict[str, int]:
    """What a reader of hledger's format comes to."""
    entries = read_journal(handed(council, Format.JOURNAL))
    return added_up(posting for _, _, postings in entries for posting in postings)


def test_lets_other_programs_come_to_the_same_balances() -> None:
    council = make_busy_desk().council
    stands = balances(council)
    assert len(stands) > 8
    assert beancount_sums(council) == csv_sums(council) == journal_sums(council) == stands


def test_comes_to_the_same_balances_for_a_whole_made_up_council(fairholme: Path) -> None:
    load(fairholme)
    council = Council.objects.get(code="FAI")
    stands = balances(council)
    assert len(stands) > 50
    assert beancount_sums(council) == csv_sums(council) == journal_sums(council) == stands


def test_debits_what_it_credits_in_every_entry() -> None:
    council = make_busy_desk().council
    rows = read_csv(handed(council, Format.CSV))
    keys = {row["entry_key"] for row in rows}
    assert len(keys) == Entry.objects.filter(book=council.book_id).count()
    for key in keys:
        lines = [row for row in rows if row["entry_key"] == key]
        assert sum(int(row["debit_pence"] or 0) for row in lines) == sum(
            int(row["credit_pence"] or 0) for row in lines
        )
        assert [row["line"] for row in lines] == [str(number) for number in range(1, len(lines) + 1)]


def test_says_of_a_line_what_finance_asks() -> None:
    desk = make_busy_desk()
    rows = read_csv(handed(desk.council, Format.CSV))
    spent, *_ = [row for row in rows if row["kind"] == "invoice" and row["debit"] and not row["reverses"]]
    assert spent["effective_date"] == "2026-05-04"
    assert spent["service_code"] == "SESSION"
    assert spent["account"].startswith("Equity:Pool-share:")
    assert (spent["cost_centre"], spent["subjective_code"], spent["vat_code"]) == (
        "ADULT-CARE",
        "POOLED-CARE",
        "EXEMPT",
    )
    owed, *_ = [row for row in rows if row["entry_key"] == spent["entry_key"] and row["credit"]]
    assert owed["account"] == f"Liabilities:Owed:{desk.provider.ref}:Stream-council"
    assert (owed["subjective_code"], owed["service_code"], owed["vat_code"]) == ("CREDITORS", "", "")


def test_says_which_vat_the_providers_invoice_named() -> None:
    desk = make_busy_desk()
    invoice = Invoice.objects.filter(contract=desk.contract, total_pence=80_00).get()
    InvoiceVat.objects.create(invoice=invoice, category="E", percent=0, net_pence=80_00, vat_pence=0)
    rows = [
        row for row in read_csv(handed(desk.council, Format.CSV)) if f":{invoice.number}:" in row["entry_key"]
    ]
    assert {row["vat_category"] for row in rows if row["debit"]} == {"E"}
    assert {row["vat_category"] for row in rows if row["credit"]} == {""}
    assert [
        entry.narration
        for entry in read_beancount(handed(desk.council, Format.BEANCOUNT))
        if named_vat(entry)
    ]


def named_vat(entry: Transaction) -> bool:
    """Whether an entry's postings note a VAT category."""
    return any((posting.meta or {}).get("vat-category") == "E" for posting in entry.postings)


def test_says_what_was_taken_back_and_why() -> None:
    rows = read_csv(handed(make_busy_desk().council, Format.CSV))
    [one] = {(row["reason_code"], row["reason"], row["reverses"]) for row in rows if row["reverses"]}
    assert one[:2] == ("dispute", "It did not happen")
    assert one[2] in {row["entry_key"] for row in rows}
    assert {row["service_code"] for row in rows if row["reverses"] and row["credit"]} == {"SESSION"}


def test_says_which_day_a_late_entry_concerns() -> None:
    desk = make_busy_desk()
    close_may(desk.council)
    bill(desk.contract, 20_00, number="LATE")
    [late] = {
        (row["effective_date"], row["concerned_date"])
        for row in read_csv(handed(desk.council, Format.CSV))
        if ":LATE:" in row["entry_key"]
    }
    assert late == ("2026-06-01", "2026-05-04")
    [entry] = [
        one for one in read_beancount(handed(desk.council, Format.BEANCOUNT)) if "concerned" in one.meta
    ]
    assert (entry.date, entry.meta["concerned"]) == (date(2026, 6, 1), date(2026, 5, 4))


def test_brings_whatever_was_written_through_every_format() -> None:
    council = make_council()
    assert len(NASTY) == 500
    make_entry(council, reason=NASTY, key='allocate:"x", (y); é')
    [row, _] = read_csv(handed(council, Format.CSV))
    assert (row["reason"], row["entry_key"]) == (f"'{NASTY}", 'allocate:"x", (y); é')
    [entry] = read_beancount(handed(council, Format.BEANCOUNT))
    assert (entry.narration, entry.meta["key"]) == (NASTY, 'allocate:"x", (y); é')
    [(reason, notes, postings)] = read_journal(handed(council, Format.JOURNAL))
    assert (reason, notes["key"]) == (NASTY, 'allocate:"x", (y); é')
    assert [amount for _, amount in postings] == [1_00, -1_00]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_writes_any_text_on_one_line_and_loses_nothing(words: str) -> None:
    written = on_one_line(words)
    assert unquote(written) == words
    assert written.splitlines() == [written]
    assert not set(";,[]\t\n") & set(written)
    assert written == written.strip()


REFS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=6) | st.text(
    "aA1-_:X", min_size=1, max_size=6
)


@given(st.tuples(REFS, REFS), st.tuples(REFS, REFS))
def test_never_gives_two_accounts_one_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    names = [account_name("pool_share", refs, "council") for refs in (one, other)]
    assert (names[0] == names[1]) == (one == other)


@pytest.mark.parametrize(
    ("ref", "part"),
    [("M-1", "M-1"), ("m_1", "X--m--5F1"), ("PR/1", "PR--2F1"), ("4-", "4--2D"), ("X--m", "X--2D-m")],
)
def test_keeps_references_as_they_are_where_all_readers_take_them(ref: str, part: str) -> None:
    assert account_name("payable", [ref], "council") == f"Liabilities:Owed:{part}:Stream-council"


def test_names_nobody() -> None:
    council = make_busy_desk().council
    make_person(council=council, name="Amina Yusuf")
    for form in Format:
        said = handed(council, form)
        for person in council.people.all():
            assert person.name not in said


def test_gives_the_same_bytes_of_a_closed_month_whatever_comes_after() -> None:
    desk = make_busy_desk()
    close_may(desk.council)
    first = {form: handed(desk.council, form, MAY) for form in Format}
    make_entry(desk.council, reason="Later")
    assert {form: handed(desk.council, form, MAY) for form in Format} == first
    assert all("pledge" in said for said in (handed(desk.council, form) for form in Format))


def test_gives_spans_that_put_together_are_the_whole() -> None:
    council = make_busy_desk().council
    parts = [Span(start=YEAR.start, end=MAY.start), MAY, JUNE, Span(start=JUNE.end, end=YEAR.end)]
    _, *whole = handed(council, Format.CSV).splitlines()
    lines = [line for span in parts for line in handed(council, Format.CSV, span).splitlines()[1:]]
    assert lines == whole
    together = "".join(handed(council, Format.BEANCOUNT, span) for span in parts)
    assert len(read_beancount(together)) == Entry.objects.filter(book=council.book_id).count()


def test_gives_a_heading_and_nothing_else_where_nothing_happened() -> None:
    council = make_council()
    assert read_csv(handed(council, Format.CSV)) == []
    assert handed(council, Format.CSV).count("\r\n") == 1
    assert read_beancount(handed(council, Format.BEANCOUNT)) == []


def test_keeps_councils_apart() -> None:
    council = make_busy_desk().council
    make_entry(make_council(), reason="Somebody else’s")
    assert "Somebody else’s" not in handed(council, Format.CSV)


def test_leaves_in_the_database_what_is_not_asked_for_yet() -> None:
    council = make_busy_desk().council
    entries = entries_in(council=council, span=YEAR)
    next(entries)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%ledger_transfer%'")
        assert cursor.fetchone() == (1,)
    assert len(list(entries)) == Entry.objects.filter(book=council.book_id).count() - 1
