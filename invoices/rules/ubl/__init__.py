"""E-invoices: UBL 2.1 as Peppol BIS Billing 3.0 has it. Pure: elements in, documents and problems out, and back."""

from invoices.rules.ubl.build import Party
from invoices.rules.ubl.checks import check_ubl
from invoices.rules.ubl.en16931 import rules_checked
from invoices.rules.ubl.intake import read_e_invoice
from invoices.rules.ubl.names import kind_of
from invoices.rules.ubl.read import place_in_ubl, read_ubl
from invoices.rules.ubl.remittance import PaidLine, Remittance, write_remittance
from invoices.rules.ubl.write import write_ubl

__all__ = [
    "PaidLine",
    "Party",
    "Remittance",
    "check_ubl",
    "kind_of",
    "place_in_ubl",
    "read_e_invoice",
    "read_ubl",
    "rules_checked",
    "write_remittance",
    "write_ubl",
]
