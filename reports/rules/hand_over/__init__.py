"""
A council's entries as journals that other programs read: CSV for a finance system, hledger and ledger, beancount.

All are written from the same entries, in the same order, with the same names and codes. Whoever gives money is
debited and whoever gets it is credited, which is how a council's own accounts see it: an accepted invoice debits what
was set aside and credits what is owed, a payment debits what is owed and credits the bank.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from reports.rules.hand_over.as_beancount import beancount_of
from reports.rules.hand_over.as_csv import csv_of
from reports.rules.hand_over.as_journal import journal_of
from reports.rules.hand_over.entries import JournalEntry, JournalLine
from reports.rules.hand_over.names import account_name
from reports.rules.hand_over.what_for import CodeRow, Codes, CodeSort

__all__ = [
    "WRITERS",
    "CodeRow",
    "CodeSort",
    "Codes",
    "Format",
    "JournalEntry",
    "JournalLine",
    "account_name",
    "beancount_of",
    "csv_of",
    "journal_of",
]


class Format(StrEnum):
    """How a journal can be written; also how its file's name ends."""

    CSV = "csv"
    JOURNAL = "journal"
    BEANCOUNT = "beancount"


WRITERS: dict[Format, Callable[[Iterable[JournalEntry]], Iterator[str]]] = {
    Format.CSV: csv_of,
    Format.JOURNAL: journal_of,
    Format.BEANCOUNT: beancount_of,
}
