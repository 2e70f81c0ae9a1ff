"""What can be done with the books: open accounts, post, reverse, close a period."""

from ledger.actions.accounts import AccountName, hold_open, open_accounts, open_book
from ledger.actions.close import UnableToClose, close_period
from ledger.actions.post import Draft, Move, Posted, UnableToPost, post, post_from, post_many
from ledger.actions.refused import refused_by
from ledger.actions.retry import with_retries
from ledger.actions.reverse import UnableToReverse, reverse

__all__ = [
    "AccountName",
    "Draft",
    "Move",
    "Posted",
    "UnableToClose",
    "UnableToPost",
    "UnableToReverse",
    "close_period",
    "hold_open",
    "open_accounts",
    "open_book",
    "post",
    "post_from",
    "post_many",
    "refused_by",
    "reverse",
    "with_retries",
]
