"""What a bank statement says, however it came: an account, what was in it before and after, and the lines between."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MOST_LINES = 50_000
FIRST_YEAR, LAST_YEAR = 1900, 2199  # another is a slip, and there are days after these
UK_IBAN = re.compile(r"GB[0-9]{2}[A-Z]{4}([0-9]{6})([0-9]{8})")
SORT_AND_NUMBER = re.compile(r"([0-9]{6})([0-9]{8})")
POUNDS = re.compile(r"([0-9]{1,13})(?:\.([0-9]{1,2}))?")


class UnableToReadStatement(ValueError):
    """
    The statement cannot be used, and nothing of it was stored. `place`: where in the file; empty: all of it.

    The words say what is wrong and what to do.
    """

    def __init__(self, words: str, *, place: str = "") -> None:
        super().__init__(words)
        self.place = place


class BankAccount(NamedTuple):
    """A UK account: six figures and eight."""

    sort_code: str
    account_number: str

    def __str__(self) -> str:
        return f"{self.sort_code[:2]}-{self.sort_code[2:4]}-{self.sort_code[4:]} {self.account_number}"


class StatementLine(NamedTuple):
    """
    One movement: pence, above zero where money came in, below where it went out.

    `reference` is what stands on it for us, `bank_ref` the bank's own. `is_reversal`: it takes back another.
    """

    booking_date: date
    amount_pence: int
    reference: str
    counterparty: str
    bank_ref: str
    is_reversal: bool


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One account over some days, both inclusive; pence. Opening and lines are the closing, or it is refused."""

    account: BankAccount
    statement_ref: str
    from_date: date
    to_date: date
    opening_pence: int
    closing_pence: int
    lines: tuple[StatementLine, ...]

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise UnableToReadStatement(
                f"A statement may have {MOST_LINES:,} lines. Ask your bank for shorter ones."
            )
        if self.from_date.year < FIRST_YEAR or self.to_date.year > LAST_YEAR:
            raise UnableToReadStatement(
                f"Statement {self.statement_ref} tells of {self.from_date} to {self.to_date}, which no bank account "
                "saw. Ask your bank for it again."
            )
        moved = sum(line.amount_pence for line in self.lines)
        if self.opening_pence + moved != self.closing_pence:
            missing = self.closing_pence - self.opening_pence - moved
            raise UnableToReadStatement(
                f"Statement {self.statement_ref} does not add up: opening and lines differ from the closing balance by "
                f"{missing} pence. Ask your bank for it again."
            )


def account_of(words: str) -> BankAccount | None:
    """Read a UK account written as an IBAN, or as sort code and number; spaces and dashes do not matter."""
    plain = re.sub(r"[\s-]", "", words).upper()
    found = UK_IBAN.fullmatch(plain) or SORT_AND_NUMBER.fullmatch(plain)
    return BankAccount(*found.groups()) if found else None


def pence_of(pounds: str) -> int | None:
    """Read pounds written with a point into pence, exactly: "58.6" is 5860. None where it is no such amount."""
    found = POUNDS.fullmatch(pounds)
    if found is None:
        return None
    whole, part = found.groups()
    return int(whole) * 100 + int(f"{part or '0':0<2}")
