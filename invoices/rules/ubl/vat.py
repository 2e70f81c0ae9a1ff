"""VAT: that each category adds up. Standard (S), zero rated (Z), exempt (E) and outside the scope of VAT (O)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from invoices.rules.ubl.names import LINES, Findings, every, figure, first, kind_of, said
from invoices.rules.ubl.needed import BUYER, SELLER

CATEGORIES = ("S", "Z", "E", "O")
WITH_REASON = ("E", "O")
PENNY = Decimal("0.01")
LINE_TAX = "cac:Item/cac:ClassifiedTaxCategory"


class VatRate(NamedTuple):
    """A VAT category and its rate in percent (0 where it has none)."""

    category: str
    percent: Decimal


class Part(NamedTuple):
    """What adds to a category: a line, or an allowance (below zero) or charge on the document."""

    element: Any
    rate: VatRate
    net: Decimal


def to_penny(amount: Decimal) -> Decimal:
    """Round to the penny, half up."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def rate_of(element: Any, path: str) -> VatRate:
    """Read the category and rate at a path."""
    return VatRate(said(element, f"{path}/cbc:ID"), figure(element, f"{path}/cbc:Percent").normalize() + 0)


def signed(charge: Any) -> Decimal:
    """Read an allowance or charge: an allowance takes off."""
    amount = figure(charge, "cbc:Amount")
    return amount if said(charge, "cbc:ChargeIndicator") == "true" else -amount


def parts_of(root: Any) -> list[Part]:
    """Gather everything that adds to a VAT category."""
    lines = [
        Part(line, rate_of(line, LINE_TAX), figure(line, "cbc:LineExtensionAmount"))
        for line in every(root, LINES[kind_of(root)])
    ]
    charges = every(root, "cac:AllowanceCharge")
    return lines + [Part(each, rate_of(each, "cac:TaxCategory"), signed(each)) for each in charges]


def check_vat(root: Any, findings: Findings) -> None:
    """Hold that the VAT breakdown is that of the lines, and says of each category what it must."""
    parts = parts_of(root)
    for part in parts:
        _check_rate(part, findings)
    if findings.problems:
        return
    by_rate: dict[VatRate, list[Part]] = {}
    for part in parts:
        by_rate.setdefault(part.rate, []).append(part)
    seen: dict[VatRate, Any] = {}
    for subtotal in every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        rate = rate_of(subtotal, "cac:TaxCategory")
        if rate.category not in CATEGORIES:
            findings.say(subtotal, "vat_category", "We take VAT categories S, Z, E and O.")
        elif rate in seen:
            findings.say(subtotal, f"BR-{rate.category}-01", "Give each VAT category and rate once.")
        else:
            _check_subtotal(subtotal, rate, by_rate.get(rate, []), findings)
        seen[rate] = subtotal
    for rate in by_rate.keys() - seen.keys():
        words = f"The VAT breakdown lacks category {rate.category} at {rate.percent}%."
        findings.say(by_rate[rate][0].element, f"BR-{rate.category}-01", words)
    _check_parties(root, {rate.category for rate in by_rate}, findings)


def _check_rate(part: Part, findings: Findings) -> None:
    """Hold that a category is one we know and its rate one that it can have."""
    category, percent = part.rate
    is_line = first(part.element, LINE_TAX) is not None
    if category not in CATEGORIES:
        findings.say(part.element, "vat_category", "We take VAT categories S, Z, E and O.")
    elif category == "S" and percent <= 0:
        findings.say(part.element, "BR-S-05" if is_line else "BR-S-06", "Standard VAT needs a rate above 0.")
    elif category != "S" and percent != 0:
        words = "Only the standard category (S) has a rate above 0."
        findings.say(part.element, f"BR-{category}-05" if is_line else f"BR-{category}-06", words)


def _check_subtotal(subtotal: Any, rate: VatRate, parts: Iterable[Part], findings: Findings) -> None:
    """Hold that a category's net is that of its lines, and its VAT the rate of it."""
    category, percent = rate
    parts = list(parts)
    net, vat = figure(subtotal, "cbc:TaxableAmount"), figure(subtotal, "cbc:TaxAmount")
    billed = sum((part.net for part in parts), Decimal(0))
    if net != billed:
        words = f"Lines and charges of this category add up to {billed}, not {net}."
        findings.say(first(subtotal, "cbc:TaxableAmount"), f"BR-{category}-08", words)
    elif vat not in (whole := to_penny(net * percent / 100), _line_by_line(parts)):
        words = f"{percent}% of {net} is {whole}, not {vat}."
        findings.say(first(subtotal, "cbc:TaxAmount"), f"BR-{category}-09", words)
    tax = first(subtotal, "cac:TaxCategory")
    has_reason = said(tax, "cbc:TaxExemptionReason") or said(tax, "cbc:TaxExemptionReasonCode")
    if bool(has_reason) != (category in WITH_REASON):
        words = "Say why there is no VAT." if category in WITH_REASON else "Leave out the reason for no VAT."
        findings.say(tax, f"BR-{category}-10", words)


def _line_by_line(parts: Iterable[Part]) -> Decimal:
    """Reckon VAT rounded on each line, which HMRC allows as well as rounding it once."""
    return sum((to_penny(part.net * part.rate.percent / 100) for part in parts), Decimal(0))


def _check_parties(root: Any, categories: set[str], findings: Findings) -> None:
    """Hold that the seller gives the tax numbers its categories need, and that O stands alone."""
    schemes = {
        said(scheme, "cac:TaxScheme/cbc:ID"): scheme for scheme in every(root, f"{SELLER}/cac:PartyTaxScheme")
    }
    has_vat_number = "VAT" in schemes or first(root, "cac:TaxRepresentativeParty") is not None
    seller = first(root, SELLER)
    for category in sorted(categories & {"S", "Z", "E"}):
        if not has_vat_number and not schemes:
            words = "A seller who bills in this VAT category gives a VAT or tax number."
            findings.say(seller, f"BR-{category}-02", words, missing="cac:PartyTaxScheme/cbc:CompanyID")
    if "O" not in categories:
        return
    buyers = {said(scheme, "cac:TaxScheme/cbc:ID") for scheme in every(root, f"{BUYER}/cac:PartyTaxScheme")}
    if "VAT" in schemes or "VAT" in buyers:
        findings.say(seller, "BR-O-02", "Outside the scope of VAT nobody gives a VAT number.")
    if len(categories) > 1:
        findings.say(first(root, "cac:TaxTotal"), "BR-O-11", "Outside the scope of VAT (O) stands alone.")
