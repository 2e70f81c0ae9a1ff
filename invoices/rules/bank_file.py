"""
What a bank is sent to make the payments of a run: a plain CSV, or a Bacs Standard 18 file.

Bacs takes three working days: a file is sent on the first, worked off on the second (the processing day, which the
file names), and the money is there on the third (the pay date). Source: Bacs Standard 18, as banks publish its
layout for direct credits; positions below count from 1. Pure: no Django, no clock.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from invoices.rules.working_days import working_day_before
from ledger.pennies import plain_pounds
from people.rules.written import write_table

LABEL, RECORD = 80, 100  # characters of a label and of a data record
NAME = 18  # characters of a name or reference in a data record
MOST_PENCE = 20_000_000_00  # the most that one Bacs payment moves
MOST_TOTAL_PENCE = 99_999_999_999  # eleven figures have room for this
KEPT_DAYS = 28  # ours: how long whoever gets the file is to keep it
CREDIT, CONTRA = "99", "17"  # codes of a payment to somebody, and of what it is all taken from
NOT_BACS = re.compile(r"[^A-Z0-9.&/ -]")
FIRST = re.compile(r"^[^A-Z0-9]+")
HEADING = ("sort_code", "account_number", "account_name", "amount", "reference", "pay_date")


class UnableToWriteFile(Exception):
    """The bank could not read such a file; says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class BankAccount:
    """A UK bank account: its holder, six figures and eight."""

    name: str
    sort_code: str
    account_number: str


@dataclass(frozen=True, kw_only=True)
class BankPayment:
    """One payment, pence above zero; `reference` stands on both statements, 18 letters and figures at most."""

    to: BankAccount
    amount_pence: int
    reference: str


@dataclass(frozen=True, kw_only=True)
class BankRun:
    """Payments that go to the bank together. `number` counts the council's runs; `made_date`: of the file."""

    number: int
    pay_date: date
    made_date: date
    paid_from: BankAccount
    service_user_number: str
    payments: Sequence[BankPayment]

    @property
    def total_pence(self) -> int:
        """All of it."""
        return sum(payment.amount_pence for payment in self.payments)


def processing_day(pay_date: date) -> date:
    """Give the day on which Bacs works off a file whose money is to be there on the pay date."""
    return working_day_before(pay_date)


def last_day_to_send(pay_date: date) -> date:
    """Give the last day on which Bacs takes a file whose money is to be there on the pay date."""
    return working_day_before(processing_day(pay_date))


def plain(words: str) -> str:
    """
    Write words as banks print them: A to Z, figures, full stop, ampersand, slash, hyphen and space.

    Accents are left off, apostrophes too; anything else becomes a space. It begins with a letter or figure, so no
    spreadsheet takes it for a formula.
    """
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", words.upper()) if not unicodedata.combining(letter)
    )
    bare = NOT_BACS.sub(" ", re.sub(r"['\u2019]", "", bare))
    return FIRST.sub("", " ".join(bare.split()))


def bank_csv(run: BankRun) -> str:
    """Write a run as CSV: a heading and a row a payment, amounts in pounds (UTF-8, comma, CRLF)."""
    return write_table(
        HEADING,
        (
            [
                payment.to.sort_code,
                payment.to.account_number,
                _printable(payment.to),
                plain_pounds(payment.amount_pence),
                payment.reference,
                run.pay_date.isoformat(),
            ]
            for payment in run.payments
        ),
    )


def bacs_file(run: BankRun) -> str:
    """
    Write a run as a Bacs Standard 18 file: labels, a record a payment, the contra record, and labels with the totals.

    :raises UnableToWriteFile: there is no service user number, an amount has no room, or a name cannot be printed.
    """
    if not run.service_user_number:
        raise UnableToWriteFile(
            "Bacs needs the council’s service user number. Your bank knows it: write it beside the paying account."
        )
    for payment in run.payments:
        if payment.amount_pence > MOST_PENCE:
            raise UnableToWriteFile(
                f"Payment {payment.reference} is more than Bacs takes at once, £20 million. Pay it another way."
            )
    if run.total_pence > MOST_TOTAL_PENCE:
        raise UnableToWriteFile("The payments of this run are more together than one Bacs file can say.")
    lines = [
        _volume(run),
        _file_label("HDR", run),
        _format_label("HDR"),
        _user_header(run),
        *(_record(run, payment) for payment in run.payments),
        _contra(run),
        _file_label("EOF", run),
        _format_label("EOF"),
        _user_trailer(run),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _volume(run: BankRun) -> str:
    """Say whose file it is: serial number 5-10, owner 42-47, standard 80."""
    return _whole(f"VOL1{_serial(run)}".ljust(41) + run.service_user_number.ljust(38) + "1", LABEL)


def _file_label(which: str, run: BankRun) -> str:
    """Name the file: identifier 5-21, set 22-27, section 28-31, sequence 32-35, made 42-47, kept until 48-53."""
    user = run.service_user_number
    name = f"A{user}S{'':3}{user}"
    until = max(run.made_date, run.pay_date) + timedelta(days=KEPT_DAYS)
    label = f"{which}1{name}{_serial(run)}00010001{'':6}{_julian(run.made_date)}{_julian(until)} 000000"
    return _whole(label.ljust(LABEL), LABEL)


def _format_label(which: str) -> str:
    """Say how records come: of fixed length, 2,000 characters a block (6-10), 100 a record (11-15)."""
    return _whole(f"{which}2F02000{RECORD:05d}{'':35}00".ljust(LABEL), LABEL)


def _user_header(run: BankRun) -> str:
    """Name the processing day 5-10, Bacs 11-20, sterling 21-22, one day's work 29-37, the file's number 38-40."""
    day = _julian(processing_day(run.pay_date))
    return _whole(f"UHL1{day}999999{'':4}000000001 DAILY  001".ljust(LABEL), LABEL)


def _record(run: BankRun, payment: BankPayment) -> str:
    """Pay somebody: to 1-14, code 16-17, from 18-31, pence 36-46, from whom 47-64, reference 65-82, to whom 83-100."""
    return _data(run, payment.to, CREDIT, payment.amount_pence, payment.reference)


def _contra(run: BankRun) -> str:
    """Take all of it from the council's own account, so that the file comes out even."""
    return _data(run, run.paid_from, CONTRA, run.total_pence, "CONTRA")


def _data(run: BankRun, to: BankAccount, code: str, pence: int, reference: str) -> str:
    own = run.paid_from
    return _whole(
        f"{to.sort_code}{to.account_number}0{code}{own.sort_code}{own.account_number}{'':4}{pence:011d}"
        f"{_cut(_printable(own))}{_cut(reference)}{_cut(_printable(to))}",
        RECORD,
    )


def _user_trailer(run: BankRun) -> str:
    """Add it up: debits 5-17 and credits 18-30 in pence, how many debits 31-37 and credits 38-44."""
    total = f"{run.total_pence:013d}"
    return _whole(f"UTL1{total}{total}{1:07d}{len(run.payments):07d}".ljust(LABEL), LABEL)


def _printable(account: BankAccount) -> str:
    name = plain(account.name)
    if not name:
        raise UnableToWriteFile(
            f"Banks cannot print the account name “{account.name}”. Give the account again with its name in A to Z."
        )
    return name


def _cut(words: str) -> str:
    return words[:NAME].ljust(NAME)


def _serial(run: BankRun) -> str:
    """Give a file its own six figures, never only noughts."""
    return f"{(run.number - 1) % 999_999 + 1:06d}"


def _julian(on: date) -> str:
    """Write a day as Bacs does: a space, the year's last two figures, and the number of the day in the year."""
    return f" {on:%y%j}"


def _whole(line: str, length: int) -> str:
    assert len(line) == length, (len(line), line)
    return line
