"""Bank statements: taken in whole, each line matched with what it paid, or explained."""

from invoices.actions.statement.match import UnableToMatch, explain_line, match_line
from invoices.actions.statement.take import UnableToImportStatement, import_statements, read_statements

__all__ = [
    "UnableToImportStatement",
    "UnableToMatch",
    "explain_line",
    "import_statements",
    "match_line",
    "read_statements",
]
