"""Writing a document of ours as Peppol BIS Billing 3.0: what `read_ubl` reads back as the same document."""

from collections.abc import Mapping
from typing import Any

from invoices.rules.document import Document, Line
from invoices.rules.ubl.build import CURRENCY, Party, begin, put, put_party, put_pence
from invoices.rules.ubl.needed import PEPPOL_BIS
from invoices.rules.ubl.read import CORRECTS_LINE, TYPES
from invoices.rules.xml import write_xml

PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
PIECES = "C62"


def write_ubl(
    document: Document,
    *,
    seller: Party,
    buyer: Party,
    category: str = "E",
    why_no_vat: str = "Welfare services, exempt",
    unit_codes: Mapping[str, str] | None = None,
) -> bytes:
    """
    Write an invoice or credit note without VAT: exempt (E), zero rated (Z) or outside its scope (O).

    `unit_codes` says by service code what is counted ("HUR", "DAY"); other services are counted in pieces.
    """
    root = begin("Invoice" if document.kind == "invoice" else "CreditNote")
    _put_head(root, document)
    put_party(root, "cac:AccountingSupplierParty/cac:Party", seller._replace(ref=document.provider_ref))
    put_party(root, "cac:AccountingCustomerParty/cac:Party", buyer)
    put(root, "cac:PaymentTerms/cbc:Note", f"As agreed in contract {document.contract_ref}")
    _put_totals(root, document, category, why_no_vat)
    for line in document.lines:
        _put_line(root, line, document.kind, category, (unit_codes or {}).get(line.service_code, PIECES))
    return write_xml(root)


def _put_head(root: Any, document: Document) -> None:
    """Write what stands before the parties, in the order of the schema."""
    is_invoice = document.kind == "invoice"
    put(root, "cbc:CustomizationID", PEPPOL_BIS)
    put(root, "cbc:ProfileID", PROCESS)
    put(root, "cbc:ID", document.number)
    put(root, "cbc:IssueDate", document.issue_date.isoformat())
    put(root, "cbc:InvoiceTypeCode" if is_invoice else "cbc:CreditNoteTypeCode", TYPES[document.kind])
    put(root, "cbc:DocumentCurrencyCode", CURRENCY)
    put(root, "cbc:BuyerReference", document.contract_ref)
    period = put(root, "cac:InvoicePeriod")
    put(period, "cbc:StartDate", document.period_start_date.isoformat())
    put(period, "cbc:EndDate", document.period_end_date.isoformat())
    if document.corrects:
        put(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", document.corrects)
    put(root, "cac:ContractDocumentReference/cbc:ID", document.contract_ref)


def _put_totals(root: Any, document: Document, category: str, why_no_vat: str) -> None:
    total = abs(document.total_pence)
    vat = put(root, "cac:TaxTotal")
    put_pence(vat, "cbc:TaxAmount", 0)
    subtotal = put(vat, "cac:TaxSubtotal")
    put_pence(subtotal, "cbc:TaxableAmount", total)
    put_pence(subtotal, "cbc:TaxAmount", 0)
    _put_category(subtotal, "cac:TaxCategory", category, why_no_vat if category in {"E", "O"} else "")
    totals = put(root, "cac:LegalMonetaryTotal")
    for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
        put_pence(totals, f"cbc:{name}", total)


def _put_category(parent: Any, path: str, category: str, reason: str = "") -> None:
    element = put(parent, path)
    put(element, "cbc:ID", category)
    if category != "O":
        put(element, "cbc:Percent", "0")
    if reason:
        put(element, "cbc:TaxExemptionReason", reason)
    put(element, "cac:TaxScheme/cbc:ID", "VAT")


def _put_line(root: Any, line: Line, kind: str, category: str, unit_code: str) -> None:
    is_invoice = kind == "invoice"
    element = put(root, "cac:InvoiceLine" if is_invoice else "cac:CreditNoteLine")
    put(element, "cbc:ID", str(line.line_number))
    quantity = "cbc:InvoicedQuantity" if is_invoice else "cbc:CreditedQuantity"
    put(element, quantity, f"{line.units.normalize():f}", unitCode=unit_code)
    put_pence(element, "cbc:LineExtensionAmount", abs(line.amount_pence))
    if line.member_ref:
        put(element, "cbc:AccountingCost", line.member_ref)
    period = put(element, "cac:InvoicePeriod")
    put(period, "cbc:StartDate", line.service_date.isoformat())
    put(period, "cbc:EndDate", line.service_date.isoformat())
    item = put(element, "cac:Item")
    put(item, "cbc:Name", line.service_code)
    put(item, "cac:BuyersItemIdentification/cbc:ID", line.service_code)
    _put_category(item, "cac:ClassifiedTaxCategory", category)
    if line.corrects_line is not None:
        corrected = put(item, "cac:AdditionalItemProperty")
        put(corrected, "cbc:Name", CORRECTS_LINE)
        put(corrected, "cbc:Value", str(line.corrects_line))
    put_pence(element, "cac:Price/cbc:PriceAmount", line.unit_rate_pence)
