"""Reading an e-invoice as the document that JSON would have given. docs/e-invoices.md has the same table in words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from invoices.rules.document import Document, Problem, UnreadableDocument, VatSum, parse_document
from invoices.rules.ubl.build import CURRENCY
from invoices.rules.ubl.checks import DIGITS, check_ubl
from invoices.rules.ubl.names import (
    LINES,
    QUANTITIES,
    TYPE_CODES,
    Findings,
    every,
    figure,
    first,
    kind_of,
    place_of,
    said,
)
from invoices.rules.ubl.needed import SELLER, TOTALS
from invoices.rules.ubl.vat import LINE_TAX, VatRate, rate_of

TYPES = {"invoice": "380", "credit_note": "381"}
UNIT_CODES = {"HUR", "DAY", "C62", "EA", "E48", "XPP", "H87"}
CORRECTS_LINE = "CorrectsLine"
# Where each field of a document stands in UBL, and what it is called in a sentence.
DOCUMENT_PLACES = {
    "number": ("cbc:ID", "the number of the document"),
    "provider_ref": (f"{SELLER}/cac:PartyIdentification/cbc:ID", "your reference as our provider"),
    "contract_ref": ("cac:ContractDocumentReference/cbc:ID", "the reference of the contract"),
    "issue_date": ("cbc:IssueDate", "the day of issue"),
    "period_start": ("cac:InvoicePeriod/cbc:StartDate", "the first day billed"),
    "period_end": ("cac:InvoicePeriod/cbc:EndDate", "the last day billed"),
    "corrects": (
        "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
        "the number of the invoice corrected",
    ),
}
TOTAL_PLACE = f"{TOTALS}/cbc:PayableAmount"
LINE_PLACES = {
    "line_number": ("cbc:ID", "the number of the line"),
    "service_code": ("cac:Item/cac:BuyersItemIdentification/cbc:ID", "the contract's code for the service"),
    "service_date": ("cac:InvoicePeriod/cbc:StartDate", "the day it was delivered"),
    "units": ("", "the quantity"),
    "unit_rate_pence": ("cac:Price/cbc:PriceAmount", "the price"),
    "amount_pence": ("cbc:LineExtensionAmount", "the amount"),
    "member_ref": ("cbc:AccountingCost", "the member's reference"),
    "corrects_line": (
        "cac:Item/cac:AdditionalItemProperty",
        f"the line corrected, as property {CORRECTS_LINE},",
    ),
}
WORDS = {"units": "the quantity must be above zero, with at most nine digits before the point and four after"}


def read_ubl(root: Any) -> Document:
    """
    Read a UBL 2.1 Invoice or CreditNote. Its lines cost what is to be paid, VAT and all.

    :raises UnreadableDocument: it breaks a rule of UBL, EN 16931 or Peppol, or lacks what we bill by. Each problem has
        its place as XPath, and as code the rule.
    """
    problems = check_ubl(root)
    if problems:
        raise UnreadableDocument(problems)
    with localcontext() as exact:
        exact.prec = DIGITS
        findings = Findings()
        _check_ours(root, findings)
        if findings.problems:
            raise UnreadableDocument(findings.problems)
        payload = _payload(root)
        vat = tuple(_vat_sums(root))
    try:
        return replace(parse_document(payload), vat=vat)
    except UnreadableDocument as trouble:
        raise UnreadableDocument([_in_ubl(root, problem) for problem in trouble.problems]) from None


def place_in_ubl(kind: str, pointer: str) -> str:
    """Say as XPath where a field of a document of a kind stands, of which we have the JSON pointer."""
    root = "Invoice" if kind == "invoice" else "CreditNote"
    field = pointer.lstrip("/")
    path = TOTAL_PLACE if field == "total_pence" else DOCUMENT_PLACES.get(field, ("", ""))[0]
    return f"/{root}/{path}" if path else f"/{root}"


def _check_ours(root: Any, findings: Findings) -> None:
    """Hold what we need beyond the standard: pounds, a bill as it stands, and lines that we can share."""
    kind = kind_of(root)
    if said(root, "cbc:DocumentCurrencyCode") != CURRENCY:
        findings.say(first(root, "cbc:DocumentCurrencyCode"), "not_in_pounds", "Bill in pounds (GBP).")
    if said(root, TYPE_CODES[kind]) != TYPES[kind]:
        words = f"We take type {TYPES[kind]} here: other types are not paid as they stand."
        findings.say(first(root, TYPE_CODES[kind]), "document_type", words)
    if len(every(root, "cac:BillingReference")) > 1:
        findings.say(
            root, "corrects_several", "Send a credit note for each invoice.", missing="cac:BillingReference"
        )
    _check_our_total(root, findings)
    for line in every(root, LINES[kind]):
        _check_our_line(line, QUANTITIES[kind], findings)


def _check_our_total(root: Any, findings: Findings) -> None:
    """Hold that everything is on lines, at a rate that we can keep, and is to be paid in one sum."""
    totals = first(root, TOTALS)
    for charge in every(root, "cac:AllowanceCharge"):
        words = "Put discounts and charges on the lines they are for: each line is shared among people."
        findings.say(charge, "charge_on_document", words)
    for path in ("cbc:PrepaidAmount", "cbc:PayableRoundingAmount"):
        if figure(totals, path) != 0:
            findings.say(
                first(totals, path), "paid_in_part", "Bill the whole amount: we pay nothing in advance."
            )
    for subtotal in every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        percent = rate_of(subtotal, "cac:TaxCategory").percent
        if percent > 100 or percent != round(percent, 4):
            findings.say(subtotal, "vat_rate", "A VAT rate is at most 100, with at most four decimals.")


def _check_our_line(line: Any, quantity_path: str, findings: Findings) -> None:
    quantity, net = first(line, quantity_path), first(line, "cbc:LineExtensionAmount")
    if quantity.get("unitCode") not in UNIT_CODES:
        words = "We count in hours (HUR), days (DAY) or pieces (C62, EA, H87, E48, XPP)."
        findings.say(quantity, "unit_code", words)
    if figure(net) < 0:
        findings.say(net, "below_zero", "Take nothing off by a line below zero: send a credit note.")
    start, end = said(line, "cac:InvoicePeriod/cbc:StartDate"), said(line, "cac:InvoicePeriod/cbc:EndDate")
    if end and start != end:
        words = "Bill each day on a line of its own: who pays depends on the day."
        findings.say(first(line, "cac:InvoicePeriod"), "more_than_a_day", words)


def _payload(root: Any) -> dict[str, Any]:
    """Write the document as it would have come in JSON; what is missing stays out, and is found by the same reader."""
    kind = kind_of(root)
    lines = _lines(root)
    fields: dict[str, Any] = {
        "type": kind,
        "number": said(root, "cbc:ID"),
        "provider_ref": _provider_ref(root),
        "contract_ref": said(root, "cac:ContractDocumentReference/cbc:ID"),
        "issue_date": said(root, "cbc:IssueDate"),
        "total_pence": _pence(figure(root, TOTAL_PLACE), kind),
    }
    days = sorted(line["service_date"] for line in lines if "service_date" in line)
    period = "cac:InvoicePeriod/cbc:"
    fields["period_start"] = said(root, f"{period}StartDate") or (days[0] if days else "")
    fields["period_end"] = said(root, f"{period}EndDate") or (days[-1] if days else "")
    if kind == "credit_note":
        fields["corrects"] = said(root, DOCUMENT_PLACES["corrects"][0])
    return _without_blanks(fields) | {"lines": lines}


def _lines(root: Any) -> list[dict[str, Any]]:
    """Write the lines as they would have come in JSON. Each costs its net amount and its part of the VAT."""
    kind = kind_of(root)
    delivered = said(root, "cac:Delivery/cbc:ActualDeliveryDate")
    elements = every(root, LINES[kind])
    amounts = _amounts(root, elements)
    return [
        _line(element, kind, delivered) | {"amount_pence": amount}
        for element, amount in zip(elements, amounts, strict=True)
    ]


def _line(line: Any, kind: str, delivered: str) -> dict[str, Any]:
    item = first(line, "cac:Item")
    fields: dict[str, Any] = {
        "line_number": _whole(said(line, "cbc:ID")),
        "service_code": said(item, "cac:BuyersItemIdentification/cbc:ID")
        or said(item, "cac:SellersItemIdentification/cbc:ID"),
        "service_date": said(line, "cac:InvoicePeriod/cbc:StartDate") or delivered,
        "units": f"{figure(line, QUANTITIES[kind]).normalize():f}",
        "unit_rate_pence": _rate_pence(line),
        "member_ref": said(line, "cbc:AccountingCost"),
    }
    if kind == "credit_note":
        fields["corrects_line"] = _whole(_property(item, CORRECTS_LINE))
    return _without_blanks(fields)


def _amounts(root: Any, lines: list[Any]) -> list[int]:
    """Give what each line costs with its VAT, in pence: together, to the penny, what is to be paid."""
    kind = kind_of(root)
    nets = [_pence(figure(line, "cbc:LineExtensionAmount"), kind) for line in lines]
    rates = [rate_of(line, LINE_TAX) for line in lines]
    amounts = list(nets)
    for vat in _vat_sums(root):
        places = [place for place, rate in enumerate(rates) if rate == VatRate(vat.category, vat.percent)]
        shares = share_vat(vat.vat_pence, [nets[place] for place in places], percent=vat.percent)
        for place, share in zip(places, shares, strict=True):
            amounts[place] += share
    return amounts


def share_vat(vat_pence: int, nets: Sequence[int], *, percent: Decimal) -> list[int]:
    """
    Share the VAT of a category among its lines: each its own, cut to the penny; the rest by largest remainder.

    Equal remainders are served in the order of the lines. A line whose own VAT is whole pence has exactly that, however
    the seller rounded. Units: pence, all of one sign.
    """
    own = [abs(net) * percent / 100 for net in nets]
    shares = [int(amount) for amount in own]
    left = abs(vat_pence) - sum(shares)
    for place in sorted(range(len(own)), key=lambda place: shares[place] - own[place])[:left]:
        shares[place] += 1
    return shares if vat_pence >= 0 else [-share for share in shares]


def _vat_sums(root: Any) -> Iterator[VatSum]:
    """Read the VAT breakdown."""
    kind = kind_of(root)
    for subtotal in every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        rate = rate_of(subtotal, "cac:TaxCategory")
        net, vat = figure(subtotal, "cbc:TaxableAmount"), figure(subtotal, "cbc:TaxAmount")
        yield VatSum(*rate, _pence(net, kind), _pence(vat, kind))


def _rate_pence(line: Any) -> int:
    """Give the price of one unit with its VAT in pence, rounded half up: what the contract's rate is compared with."""
    base = figure(line, "cac:Price/cbc:BaseQuantity", otherwise="1")
    with_vat = figure(line, "cac:Price/cbc:PriceAmount") / base * (100 + rate_of(line, LINE_TAX).percent)
    return int(with_vat.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _pence(pounds: Decimal, kind: str) -> int:
    """Give whole pence; what a credit note gives back is below zero."""
    pence = int(pounds * 100)
    return -pence if kind == "credit_note" else pence


def _provider_ref(root: Any) -> str:
    """Find the reference we know the provider by: the identifier that is of no scheme."""
    found = [
        each for each in every(root, f"{SELLER}/cac:PartyIdentification/cbc:ID") if not each.get("schemeID")
    ]
    return said(found[0]) if len(found) == 1 else ""


def _property(item: Any, name: str) -> str:
    values = [
        said(each, "cbc:Value")
        for each in every(item, "cac:AdditionalItemProperty")
        if said(each, "cbc:Name") == name
    ]
    return values[0] if len(values) == 1 else ""


def _whole(text: str) -> int | str:
    """Read a line number; anything else is left for the reader of documents to refuse."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value != ""}


def _in_ubl(root: Any, problem: Problem) -> Problem:
    """Say the same of the UBL that was found of the fields we read from it."""
    steps = problem.pointer.strip("/").split("/")
    is_line = len(steps) == 3
    element = every(root, LINES[kind_of(root)])[int(steps[1])] if is_line else root
    path, what = (LINE_PLACES if is_line else DOCUMENT_PLACES).get(steps[-1], ("", ""))
    if steps[-1] == "units":
        path = QUANTITIES[kind_of(root)]
    if problem.code == "missing_field":
        words = f"Give {what} in {path}."
    else:
        words = problem.detail.replace(f"{steps[-1]} ", f"{what} ", 1) if what else problem.detail
    if problem.code == "invalid":
        words = WORDS.get(steps[-1], words)
    found = first(element, path) if path else None
    place = place_of(found) if found is not None else f"{place_of(element)}/{path}".rstrip("/")
    line = (found if found is not None else element).sourceline
    return Problem(place, problem.code, f"{words[0].upper()}{words[1:].rstrip('.')}. (line {line})")
