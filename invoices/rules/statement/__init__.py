"""Reading bank statements: camt.053 and CSV, to the penny, or refused whole. Pure: no Django."""

from invoices.rules.statement.camt import read_camt
from invoices.rules.statement.lines import (
    MOST_LINES,
    BankAccount,
    Statement,
    StatementLine,
    UnableToReadStatement,
)
from invoices.rules.statement.table import COLUMNS, read_statement_table

__all__ = [
    "COLUMNS",
    "MOST_LINES",
    "BankAccount",
    "Statement",
    "StatementLine",
    "UnableToReadStatement",
    "read_camt",
    "read_statement_table",
]
