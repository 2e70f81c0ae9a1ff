"""The nouns of the books: a book, its accounts, its entries and their transfers, its closed periods."""

from ledger.models.account import Account, AccountKind, AccountQuerySet
from ledger.models.book import Book, ClosingBalance, Period
from ledger.models.entry import Entry, EntryKind, ReversalReason, Transfer

__all__ = [
    "Account",
    "AccountKind",
    "AccountQuerySet",
    "Book",
    "ClosingBalance",
    "Entry",
    "EntryKind",
    "Period",
    "ReversalReason",
    "Transfer",
]
