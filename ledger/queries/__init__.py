"""What can be asked of the books."""

from ledger.queries.balances import already_open, balance_pence, balances_pence, hold_door, open_from
from ledger.queries.faults import CHECKS, Fault, Proven, faults, find_faults, proven
from ledger.queries.since import was_posted_to
from ledger.queries.statements import sql_of

__all__ = [
    "CHECKS",
    "Fault",
    "Proven",
    "already_open",
    "balance_pence",
    "balances_pence",
    "faults",
    "find_faults",
    "hold_door",
    "open_from",
    "proven",
    "sql_of",
    "was_posted_to",
]
