"""The columns of a CSV file of invoices in words, for the page on which it is uploaded."""

from typing import NamedTuple


class About(NamedTuple):
    """A column: its name, an example, and what stands in it. `is_needed`: it may not be empty."""

    name: str
    example: str
    words: str
    is_needed: bool = True


COLUMNS_IN_WORDS = (
    About("type", "invoice", "invoice or credit_note. Empty means invoice.", is_needed=False),
    About("number", "INV-0042", "Your number. Rows with the same number are one invoice."),
    About("contract_ref", "K-014", "Our reference of the contract."),
    About("issue_date", "2026-05-31", "The day you issue it."),
    About("period_start", "2026-05-01", "The first day billed."),
    About("period_end", "2026-05-31", "The last day billed."),
    About(
        "corrects", "INV-0041", "On a credit note: the number of the invoice it corrects.", is_needed=False
    ),
    About("line_number", "1", "Your number of the line. Empty: we count the rows.", is_needed=False),
    About("service_code", "HC-HOUR", "The contract’s code for the service."),
    About("service_date", "2026-05-04", "The day it was delivered: one day, one row."),
    About("units", "1.5", "How many hours, sessions or trips, with a point."),
    About("unit_rate_pence", "2000", "The price of one unit in whole pence: 2000 is £20.00."),
    About("amount_pence", "3000", "Units times price in whole pence. Below zero on a credit note."),
    About("member_ref", "M-7", "Whom it was for: our reference, never a name.", is_needed=False),
    About(
        "corrects_line", "1", "On a credit note: the line of the invoice that it corrects.", is_needed=False
    ),
    About(
        "total_pence",
        "3000",
        "The whole invoice, to check our sum. The same in all its rows.",
        is_needed=False,
    ),
)
