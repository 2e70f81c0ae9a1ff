"""The files a bank is sent: read back by position, as a bank would, and added up."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.rules.bank_file import (
    BankAccount,
    BankPayment,
    BankRun,
    UnableToWriteFile,
    bacs_file,
    bank_csv,
    last_day_to_send,
    plain,
    processing_day,
)
from invoices.rules.working_days import is_working_day, working_day_before, working_day_from

COUNCIL = BankAccount(name="Testshire Council", sort_code="100000", account_number="87654321")


def make_payment(
    *, pence: int = 100_00, name: str = "Kind Hands Ltd", reference: str = "CP00001ABCDEF12"
) -> BankPayment:
    """A payment to a provider's account."""
    account = BankAccount(name=name, sort_code="040004", account_number="01234567")
    return BankPayment(to=account, amount_pence=pence, reference=reference)


def make_run(*payments: BankPayment, number: int = 7, service_user_number: str = "123456") -> BankRun:
    """A run to be paid on Tuesday 26 May 2026, the day after a bank holiday; its file is made on 20 May."""
    return BankRun(
        number=number,
        pay_date=date(2026, 5, 26),
        made_date=date(2026, 5, 20),
        paid_from=COUNCIL,
        service_user_number=service_user_number,
        payments=payments or (make_payment(),),
    )


def part(line: str, first: int, last: int) -> str:
    """The characters of a line from one position to another, both counted from 1 and both included."""
    return line[first - 1 : last]


def test_writes_the_labels_in_their_order_and_lengths() -> None:
    lines = bacs_file(make_run(make_payment(), make_payment(pence=1))).split("\r\n")
    assert lines.pop() == ""
    starts = [line[:4] for line in lines]
    assert starts == ["VOL1", "HDR1", "HDR2", "UHL1", "0400", "0400", "1000", "EOF1", "EOF2", "UTL1"]
    assert [len(line) for line in lines] == [80] * 4 + [100] * 3 + [80] * 3


def test_says_in_its_labels_whose_file_it_is_and_when_it_is_worked_off() -> None:
    volume, header, form, user, *_records, end, end_form, _totals, _ = bacs_file(make_run()).split("\r\n")
    assert (part(volume, 5, 10), part(volume, 42, 47), part(volume, 80, 80)) == ("000007", "123456", "1")
    assert part(volume, 11, 41) == " " * 31
    assert (part(header, 5, 12), part(header, 16, 21), part(header, 22, 27)) == (
        "A123456S",
        "123456",
        "000007",
    )
    assert (part(header, 28, 35), part(header, 42, 47)) == ("00010001", " 26140")
    assert (part(header, 48, 53), part(header, 55, 60)) == (" 26174", "000000")
    assert (part(form, 5, 15), part(form, 51, 52)) == ("F0200000100", "00")
    assert part(user, 5, 10) == " 26142", (
        "26 May follows a bank holiday, so it is worked off on Friday 22 May."
    )
    assert (part(user, 11, 20), part(user, 21, 28)) == ("999999    ", "00000000")
    assert (part(user, 29, 37), part(user, 38, 40)) == ("1 DAILY  ", "001")
    assert (end[4:], end_form[4:]) == (header[4:], form[4:])


def test_pays_each_and_takes_all_of_it_from_the_council() -> None:
    _1, _2, _3, _4, first, contra, *_rest = bacs_file(make_run(make_payment(pence=123_45))).split("\r\n")
    assert (part(first, 1, 14), part(first, 15, 17)) == ("04000401234567", "099")
    assert (part(first, 18, 31), part(first, 32, 35)) == ("10000087654321", "    ")
    assert part(first, 36, 46) == "00000012345"
    assert (part(first, 47, 64), part(first, 65, 82)) == ("TESTSHIRE COUNCIL ", "CP00001ABCDEF12   ")
    assert part(first, 83, 100) == "KIND HANDS LTD    "
    assert (part(contra, 1, 14), part(contra, 15, 17)) == ("10000087654321", "017")
    assert (part(contra, 18, 31), part(contra, 36, 46)) == ("10000087654321", "00000012345")
    assert part(contra, 65, 82).strip() == "CONTRA"


@settings(max_examples=50)
@given(st.lists(st.integers(1, 20_000_000_00), min_size=1, max_size=30))
def test_adds_up_by_its_own_trailer(amounts: list[int]) -> None:
    lines = bacs_file(make_run(*(make_payment(pence=pence) for pence in amounts))).split("\r\n")[:-1]
    records = [line for line in lines if len(line) == 100]
    paid = [int(part(line, 36, 46)) for line in records if part(line, 16, 17) == "99"]
    taken = [int(part(line, 36, 46)) for line in records if part(line, 16, 17) == "17"]
    trailer = lines[-1]
    assert paid == amounts
    assert sum(paid) == sum(taken) == int(part(trailer, 5, 17)) == int(part(trailer, 18, 30))
    assert (int(part(trailer, 31, 37)), int(part(trailer, 38, 44))) == (len(taken), len(paid))


@given(st.text(max_size=40))
def test_prints_nothing_but_what_banks_print(words: str) -> None:
    printed = plain(words)
    assert set(printed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.&/- ")
    assert printed == "" or printed[0].isalnum()


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Siân O’Brien & Co. Ltd", "SIAN OBRIEN & CO. LTD"),
        ("=HYPERLINK(1)", "HYPERLINK 1"),
        ("-2+3", "2 3"),
        ("Ana’s\tHelp\u202eers", "ANAS HELP ERS"),
    ],
)
def test_writes_names_as_banks_print_them(name: str, printed: str) -> None:
    assert plain(name) == printed


def test_cuts_a_long_name_to_what_has_room() -> None:
    name = "The Very Long Name of a Care Co-operative Ltd"
    assert (
        part(bacs_file(make_run(make_payment(name=name))).split("\r\n")[4], 83, 100) == "THE VERY LONG NAME"
    )


@pytest.mark.parametrize("name", ["=1+1", "+44", "-5", "@now", "\tx", "\r=1"])
def test_never_writes_a_formula(name: str) -> None:
    [_heading, row] = csv.reader(StringIO(bank_csv(make_run(make_payment(name=name)))))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def test_writes_a_csv_with_a_row_a_payment() -> None:
    rows = list(csv.reader(StringIO(bank_csv(make_run(make_payment(pence=1_234_05), make_payment(pence=7))))))
    assert rows[0] == ["sort_code", "account_number", "account_name", "amount", "reference", "pay_date"]
    assert rows[1] == ["040004", "01234567", "KIND HANDS LTD", "1234.05", "CP00001ABCDEF12", "2026-05-26"]
    assert rows[2][3] == "0.07"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (make_run(service_user_number=""), "service user number"),
        (make_run(make_payment(pence=20_000_000_01)), "£20 million"),
        (make_run(*[make_payment(pence=20_000_000_00)] * 51), "more together"),
        (make_run(make_payment(name="護理")), "A to Z"),
    ],
    ids=["no number", "one too large", "all too large", "no letter"],
)
def test_refuses_what_bacs_could_not_read(run: BankRun, words: str) -> None:
    with pytest.raises(UnableToWriteFile, match=words):
        bacs_file(run)


@pytest.mark.parametrize("number", [1, 999_999, 1_000_000])
def test_never_numbers_a_file_with_noughts_alone(number: int) -> None:
    assert part(bacs_file(make_run(number=number)), 5, 10) in {"000001", "999999"}


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 5, 22), True),
        (date(2026, 5, 23), False),
        (date(2026, 5, 25), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2026, 4, 3), False),
        (date(2026, 11, 30), True),  # St Andrew's is Scotland's
    ],
)
def test_knows_on_which_days_banks_work(day: date, is_one: bool) -> None:
    assert is_working_day(day) is is_one


def test_counts_back_over_weekends_and_bank_holidays() -> None:
    assert processing_day(date(2026, 5, 26)) == date(2026, 5, 22)
    assert last_day_to_send(date(2026, 5, 26)) == date(2026, 5, 21)
    assert working_day_before(date(2027, 1, 4)) == date(2026, 12, 31)
    assert working_day_from(date(2026, 12, 25)) == date(2026, 12, 29)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_works_off_a_file_on_a_working_day_within_a_week(pay_date: date) -> None:
    day = processing_day(pay_date)
    assert is_working_day(day)
    assert timedelta(0) < pay_date - day <= timedelta(days=7)
