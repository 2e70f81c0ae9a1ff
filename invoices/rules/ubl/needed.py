"""What a Peppol BIS Billing 3.0 document must have, and in what form. Sources: EN 16931 (BR-), Peppol (PEPPOL-)."""

import re
from typing import Any

from lxml import etree

from invoices.rules.ubl.names import (
    LINES,
    QUANTITIES,
    SPACES,
    TYPE_CODES,
    Findings,
    every,
    first,
    kind_of,
    said,
)

PEPPOL_BIS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
FIGURE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,8})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
TOTALS = "cac:LegalMonetaryTotal"
INVOICE_TYPES = (
    "71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 389 393 395 553 575 623 780 817 870 875 876 877"
)
KNOWN_TYPES = {
    "invoice": frozenset(INVOICE_TYPES.split()),
    "credit_note": frozenset({"81", "83", "381", "396", "532"}),
}
DOCUMENT_NEEDS = (
    ("PEPPOL-EN16931-R001", "cbc:ProfileID", "Name the business process."),
    ("BR-01", "cbc:CustomizationID", f"Name the specification: {PEPPOL_BIS}."),
    ("BR-05", "cbc:DocumentCurrencyCode", "Name the currency."),
    ("BR-06", f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName", "Name the seller."),
    ("BR-07", f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName", "Name the buyer."),
    ("BR-09", f"{SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", "Name the seller's country."),
    ("BR-11", f"{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", "Name the buyer's country."),
    ("PEPPOL-EN16931-R020", f"{SELLER}/cbc:EndpointID", "Give the seller's electronic address."),
    ("PEPPOL-EN16931-R010", f"{BUYER}/cbc:EndpointID", "Give the buyer's electronic address."),
    ("BR-12", f"{TOTALS}/cbc:LineExtensionAmount", "Give the sum of the lines."),
    ("BR-13", f"{TOTALS}/cbc:TaxExclusiveAmount", "Give the total without VAT."),
    ("BR-14", f"{TOTALS}/cbc:TaxInclusiveAmount", "Give the total with VAT."),
    ("BR-15", f"{TOTALS}/cbc:PayableAmount", "Give the amount to pay."),
)
LINE_NEEDS = (
    ("BR-21", "cbc:ID", "Number the line."),
    ("BR-24", "cbc:LineExtensionAmount", "Give the line's net amount."),
    ("BR-25", "cac:Item/cbc:Name", "Name what was delivered."),
    ("BR-26", "cac:Price/cbc:PriceAmount", "Give the net price."),
    ("BR-CO-04", "cac:Item/cac:ClassifiedTaxCategory/cbc:ID", "Say which VAT category the line has."),
)
EMPTY = etree.XPath("//*[not(*) and not(normalize-space())]")
AMOUNTS = etree.XPath("//*[@currencyID]")
OTHER_FIGURES = etree.XPath(
    "//cbc:InvoicedQuantity | //cbc:CreditedQuantity | //cbc:BaseQuantity | //cbc:Percent | "
    "//cbc:MultiplierFactorNumeric",
    namespaces=SPACES,
)
DATES = etree.XPath(
    "//cbc:IssueDate | //cbc:DueDate | //cbc:TaxPointDate | //cbc:StartDate | //cbc:EndDate | //cbc:ActualDeliveryDate",
    namespaces=SPACES,
)


def check_plain(root: Any, findings: Findings) -> None:
    """Hold that nothing is empty, and that figures and dates are written in one way, and not endlessly."""
    for element in EMPTY(root):
        findings.say(element, "PEPPOL-EN16931-R008", "Leave out what is empty.")
    for element in (*AMOUNTS(root), *OTHER_FIGURES(root)):
        if not FIGURE.fullmatch(said(element)):
            findings.say(
                element, "figure", "Write figures like 12.50, with at most twelve digits before the point."
            )
    for element in DATES(root):
        if not DAY.fullmatch(said(element)):
            findings.say(element, "PEPPOL-EN16931-F001", "Write dates like 2026-04-30, without a time zone.")


def check_needed(root: Any, findings: Findings) -> None:
    """Hold that what the standard needs is there, on the document and on each line."""
    for rule, path, words in DOCUMENT_NEEDS:
        if not said(root, path):
            findings.say(root, rule, words, missing=path)
    if not said(root, "cbc:BuyerReference") and not said(root, "cac:OrderReference/cbc:ID"):
        findings.say(
            root, "PEPPOL-EN16931-R003", "Give our reference or order.", missing="cbc:BuyerReference"
        )
    if not every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        words = "Give the VAT breakdown, also where no VAT is charged."
        findings.say(root, "BR-CO-18", words, missing="cac:TaxTotal/cac:TaxSubtotal")
    lines = every(root, LINES[kind_of(root)])
    if not lines:
        findings.say(root, "BR-16", "Bill at least one line.", missing=LINES[kind_of(root)])
    for line in lines:
        _check_line(line, QUANTITIES[kind_of(root)], findings)


def check_header(root: Any, findings: Findings) -> None:
    """Hold what the head of a document says: specification, process, type, addresses and currency."""
    process, type_code = first(root, "cbc:ProfileID"), first(root, TYPE_CODES[kind_of(root)])
    if said(root, "cbc:CustomizationID") != PEPPOL_BIS:
        findings.say(first(root, "cbc:CustomizationID"), "PEPPOL-EN16931-R004", f"This must be {PEPPOL_BIS}.")
    if not PROCESS.fullmatch(said(process)):
        findings.say(process, "PEPPOL-EN16931-R007", "Write urn:fdc:peppol.eu:2017:poacc:billing:01:1.0.")
    if type_code is None:
        findings.say(root, "BR-04", "Say which type it is.", missing=TYPE_CODES[kind_of(root)])
    elif said(type_code) not in KNOWN_TYPES[kind_of(root)]:
        findings.say(type_code, "PEPPOL-EN16931-P0100", "We do not know this type code.")
    for rule, party in (("BR-62", SELLER), ("BR-63", BUYER)):
        if not first(root, f"{party}/cbc:EndpointID").get("schemeID"):
            findings.say(
                first(root, f"{party}/cbc:EndpointID"), rule, "Say the scheme of the address (schemeID)."
            )
    _check_currency(root, findings)


def _check_line(line: Any, quantity_path: str, findings: Findings) -> None:
    for rule, path, words in LINE_NEEDS:
        if not said(line, path):
            findings.say(line, rule, words, missing=path)
    quantity = first(line, quantity_path)
    if quantity is None:
        findings.say(line, "BR-22", "Say how much was delivered.", missing=quantity_path)
    elif not quantity.get("unitCode"):
        findings.say(quantity, "BR-23", "Say in which unit it is counted (unitCode).")
    if len(every(line, "cac:Item/cac:ClassifiedTaxCategory")) > 1:
        findings.say(line, "UBL-SR-48", "Give a line one VAT category.", missing="cac:Item")


def _check_currency(root: Any, findings: Findings) -> None:
    """Hold that every amount is in the currency of the document; the VAT total may be told in another besides."""
    currency, vat_currency = said(root, "cbc:DocumentCurrencyCode"), said(root, "cbc:TaxCurrencyCode")
    if vat_currency == currency:
        findings.say(
            first(root, "cbc:TaxCurrencyCode"), "PEPPOL-EN16931-R005", "Leave this out: it is the same."
        )
    vat_totals = every(root, "cac:TaxTotal/cbc:TaxAmount")
    in_vat_currency = {amount for amount in vat_totals if amount.get("currencyID") == vat_currency}
    for amount in AMOUNTS(root):
        if amount.get("currencyID") != currency and amount not in in_vat_currency:
            findings.say(amount, "PEPPOL-EN16931-R051", f"Write every amount in {currency}.")
