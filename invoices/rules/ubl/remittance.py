"""
Writing what a payment covers as a UBL 2.1 RemittanceAdvice, for the provider's books.

Source: OASIS UBL 2.1, Remittance Advice. A line of ours that is paid is a debit of what we owe, one that takes off a
credit.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from invoices.rules.ubl.build import CURRENCY, Party, begin, put, put_party, put_pence
from invoices.rules.xml import write_xml

CREDIT_TRANSFER = "30"
VERSION = "2.1"
REFERENCES = {"invoice": "cac:InvoiceDocumentReference", "credit_note": "cac:CreditNoteDocumentReference"}


class PaidLine(NamedTuple):
    """
    A line of a document that a payment pays in full; below zero: it is taken off. Pence.

    `document_kind`: "invoice", "credit_note", or a document of ours, like an adjustment.
    """

    document_number: str
    document_kind: str
    line_number: int
    service_date: date
    amount_pence: int


class Remittance(NamedTuple):
    """
    What one payment covers. `reference` stands on both bank statements; pence.

    `pay_date`: the day the bank is to pay or paid; `account_ending`: the last figures of the account paid into.
    """

    reference: str
    issue_date: date
    pay_date: date
    payer: Party
    payee: Party
    account_ending: str
    amount_pence: int
    lines: Sequence[PaidLine]


def write_remittance(remittance: Remittance) -> bytes:
    """
    Write a remittance advice.

    :raises ValueError: the lines do not add up to the payment.
    """
    if sum(line.amount_pence for line in remittance.lines) != remittance.amount_pence:
        raise ValueError("The lines do not add up to the payment.")
    root = begin("RemittanceAdvice")
    put(root, "cbc:UBLVersionID", VERSION)
    put(root, "cbc:ID", remittance.reference)
    put(root, "cbc:IssueDate", remittance.issue_date.isoformat())
    put(root, "cbc:DocumentCurrencyCode", CURRENCY)
    put_pence(root, "cbc:TotalDebitAmount", sum(max(line.amount_pence, 0) for line in remittance.lines))
    put_pence(root, "cbc:TotalCreditAmount", -sum(min(line.amount_pence, 0) for line in remittance.lines))
    put_pence(root, "cbc:TotalPaymentAmount", remittance.amount_pence)
    put(root, "cbc:LineCountNumeric", str(len(remittance.lines)))
    put_party(root, "cac:AccountingCustomerParty/cac:Party", remittance.payer)
    put_party(root, "cac:AccountingSupplierParty/cac:Party", remittance.payee)
    means = put(root, "cac:PaymentMeans")
    put(means, "cbc:PaymentMeansCode", CREDIT_TRANSFER)
    put(means, "cbc:PaymentDueDate", remittance.pay_date.isoformat())
    put(means, "cbc:PaymentID", remittance.reference)
    put(means, "cac:PayeeFinancialAccount/cbc:ID", remittance.account_ending)
    for number, line in enumerate(remittance.lines, start=1):
        _put_line(root, number, line)
    return write_xml(root)


def _put_line(root: Any, number: int, line: PaidLine) -> None:
    """Write one line: what it pays or takes off, for which day, of which line of which document."""
    element = put(root, "cac:RemittanceAdviceLine")
    put(element, "cbc:ID", str(number))
    name = "DebitLineAmount" if line.amount_pence >= 0 else "CreditLineAmount"
    put_pence(element, f"cbc:{name}", abs(line.amount_pence))
    period = put(element, "cac:InvoicePeriod")
    put(period, "cbc:StartDate", line.service_date.isoformat())
    put(period, "cbc:EndDate", line.service_date.isoformat())
    billing = put(element, "cac:BillingReference")
    reference = REFERENCES.get(line.document_kind, "cac:AdditionalDocumentReference")
    put(billing, f"{reference}/cbc:ID", line.document_number)
    billed = put(billing, "cac:BillingReferenceLine")
    put(billed, "cbc:ID", str(line.line_number))
    put_pence(billed, "cbc:Amount", abs(line.amount_pence))
