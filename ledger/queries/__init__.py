"""What can be asked of the books."""

from ledger.queries.balances import balance_pence, balances_pence, open_from
from ledger.queries.statements import sql_of

__all__ = ["balance_pence", "balances_pence", "open_from", "sql_of"]
