"""That the figures of a document add up: prices, lines, allowances, totals."""

from decimal import Decimal
from typing import Any

from lxml import etree

from invoices.rules.ubl.names import LINES, QUANTITIES, SPACES, Findings, every, figure, first, kind_of, said
from invoices.rules.ubl.needed import TOTALS
from invoices.rules.ubl.vat import signed, to_penny

SLACK = Decimal("0.02")  # what Peppol lets a reckoned amount differ by
FINE_AMOUNTS = etree.XPath(
    "//*[@currencyID][string-length(substring-after(., '.')) > 2][not(ancestor::cac:Price)]",
    namespaces=SPACES,
)
CHARGES = etree.XPath("//cac:AllowanceCharge", namespaces=SPACES)


def check_pence(root: Any, findings: Findings) -> None:
    """Hold that amounts are whole pence; prices may be finer."""
    for amount in FINE_AMOUNTS(root):
        findings.say(amount, "UBL-DT-01", "Write amounts in whole pence: at most two decimals.")


def check_sums(root: Any, findings: Findings) -> None:
    """Hold that lines and totals follow from what they are made of."""
    for charge in CHARGES(root):
        _check_charge(charge, findings)
    lines = every(root, LINES[kind_of(root)])
    for line in lines:
        _check_line(line, QUANTITIES[kind_of(root)], findings)
    _check_periods(root, lines, findings)
    _check_totals(root, lines, findings)


def _check_charge(charge: Any, findings: Findings) -> None:
    """Hold that a percentage gives the amount it says."""
    factor, base = first(charge, "cbc:MultiplierFactorNumeric"), first(charge, "cbc:BaseAmount")
    if factor is None or base is None:
        return
    reckoned = figure(base) * figure(factor) / 100
    if abs(reckoned - figure(charge, "cbc:Amount")) > SLACK:
        words = f"{said(factor)}% of {said(base)} is {to_penny(reckoned)}, not {said(charge, 'cbc:Amount')}."
        findings.say(charge, "PEPPOL-EN16931-R040", words)


def _check_line(line: Any, quantity_path: str, findings: Findings) -> None:
    """Hold that a line costs its quantity times its price, and its own charges less its own allowances."""
    base = first(line, "cac:Price/cbc:BaseQuantity")
    quantity, price = figure(line, quantity_path), figure(line, "cac:Price/cbc:PriceAmount")
    if price < 0:
        findings.say(first(line, "cac:Price/cbc:PriceAmount"), "BR-27", "A price is not below zero.")
    if base is not None and figure(base) <= 0:
        findings.say(base, "PEPPOL-EN16931-R121", "The quantity that a price is for must be above zero.")
        return
    unit = first(line, quantity_path).get("unitCode")
    if base is not None and base.get("unitCode", unit) != unit:
        findings.say(base, "PEPPOL-EN16931-R130", f"The price must be for the unit that is billed, {unit}.")
    charges = sum((signed(charge) for charge in every(line, "cac:AllowanceCharge")), Decimal(0))
    for_one = price / (figure(base) if base is not None else 1)
    reckoned, net = quantity * for_one + charges, figure(line, "cbc:LineExtensionAmount")
    if abs(reckoned - net) > SLACK:
        words = f"Quantity times price, with the line's charges, is {to_penny(reckoned)}, not {net}."
        findings.say(first(line, "cbc:LineExtensionAmount"), "PEPPOL-EN16931-R120", words)


def _check_periods(root: Any, lines: list[Any], findings: Findings) -> None:
    """Hold that a line's period lies in the document's."""
    starts, ends = said(root, "cac:InvoicePeriod/cbc:StartDate"), said(root, "cac:InvoicePeriod/cbc:EndDate")
    for line in lines:
        start, end = (
            first(line, "cac:InvoicePeriod/cbc:StartDate"),
            first(line, "cac:InvoicePeriod/cbc:EndDate"),
        )
        if start is not None and starts and said(start) < starts:  # dates like 2026-04-30 sort as they follow
            findings.say(start, "PEPPOL-EN16931-R110", f"The period of the invoice begins on {starts}.")
        if end is not None and ends and said(end) > ends:
            findings.say(end, "PEPPOL-EN16931-R111", f"The period of the invoice ends on {ends}.")


def _check_totals(root: Any, lines: list[Any], findings: Findings) -> None:
    """Hold each total against what it is the sum of."""
    totals = first(root, TOTALS)
    charges = every(root, "cac:AllowanceCharge")
    taken_off = sum((-amount for each in charges if (amount := signed(each)) <= 0), Decimal(0))
    added = sum((amount for each in charges if (amount := signed(each)) > 0), Decimal(0))
    vat = _vat_total(root)
    net, gross = figure(totals, "cbc:TaxExclusiveAmount"), figure(totals, "cbc:TaxInclusiveAmount")
    subtotals = every(root, "cac:TaxTotal/cac:TaxSubtotal")
    billed = sum((figure(line, "cbc:LineExtensionAmount") for line in lines), Decimal(0))
    line_total = figure(totals, "cbc:LineExtensionAmount")
    left = gross - figure(totals, "cbc:PrepaidAmount") + figure(totals, "cbc:PayableRoundingAmount")
    sums = (
        ("BR-CO-10", "cbc:LineExtensionAmount", billed, "The lines"),
        ("BR-CO-11", "cbc:AllowanceTotalAmount", taken_off, "The allowances"),
        ("BR-CO-12", "cbc:ChargeTotalAmount", added, "The charges"),
        (
            "BR-CO-13",
            "cbc:TaxExclusiveAmount",
            line_total - taken_off + added,
            "Lines, allowances and charges",
        ),
        ("BR-CO-15", "cbc:TaxInclusiveAmount", net + vat, "The total without VAT and the VAT"),
        ("BR-CO-16", "cbc:PayableAmount", left, "The total with VAT, less what was paid"),
    )
    for rule, path, reckoned, what in sums:
        if figure(totals, path) != reckoned:
            words = f"{what} make {reckoned}, not {figure(totals, path)}."
            findings.say(first(totals, path) if first(totals, path) is not None else totals, rule, words)
    if left > 0 and not _says_when(root):
        findings.say(
            root, "BR-CO-25", "Say when it is due, or how it is paid.", missing="cac:PaymentTerms/cbc:Note"
        )
    in_categories = sum((figure(each, "cbc:TaxAmount") for each in subtotals), Decimal(0))
    if vat != in_categories:
        words = f"The VAT of the categories adds up to {in_categories}, not {vat}."
        findings.say(first(root, "cac:TaxTotal"), "BR-CO-14", words)


def _vat_total(root: Any) -> Decimal:
    """Read the VAT total in the currency of the document: the one with the categories below it."""
    with_categories = [
        each for each in every(root, "cac:TaxTotal") if first(each, "cac:TaxSubtotal") is not None
    ]
    return figure(with_categories[0], "cbc:TaxAmount") if with_categories else Decimal(0)


def _says_when(root: Any) -> bool:
    """Find a due date or terms of payment."""
    places = ("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate", "cac:PaymentTerms/cbc:Note")
    return any(said(root, place) for place in places)
