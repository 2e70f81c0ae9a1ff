"""E-invoices for tests: good ones, and ways to spoil one thing in them."""

from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from invoices.rules import Document, Line
from invoices.rules.document import Problem
from invoices.rules.ubl import Party, check_ubl, write_ubl
from invoices.rules.ubl.build import put
from invoices.rules.ubl.names import SPACES, every, first
from invoices.rules.xml import parse_xml, write_xml

SELLER = Party("Northgate Care CIC", address="billing@northgate.example", vat_number="GB123456789")
BUYER = Party("Fairholme Council", ref="FAI", address="invoices@fairholme.example")
LINE = "cac:InvoiceLine"
SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal"


def make_bill(*, kind: str = "invoice", lines: tuple[Line, ...] = (), **changes: Any) -> Document:
    """An invoice of 1.5 hours for one member and a meal for all, or the credit note that gives both back."""
    sign = 1 if kind == "invoice" else -1
    lines = lines or (
        Line(
            line_number=1,
            service_code="HC-HOUR",
            service_date=date(2026, 5, 4),
            units=Decimal("1.5"),
            unit_rate_pence=22_51,
            amount_pence=sign * 33_77,
            member_ref="M-1",
            corrects_line=None if kind == "invoice" else 1,
        ),
        Line(
            line_number=2,
            service_code="SESSION",
            service_date=date(2026, 5, 5),
            units=Decimal(1),
            unit_rate_pence=50_00,
            amount_pence=sign * 50_00,
            corrects_line=None if kind == "invoice" else 2,
        ),
    )
    fields: dict[str, Any] = {
        "kind": kind,
        "number": "NG-2026-0504" if kind == "invoice" else "NG-2026-0504-C",
        "provider_ref": "PR-001",
        "contract_ref": "K-001",
        "issue_date": date(2026, 5, 31),
        "period_start_date": date(2026, 5, 1),
        "period_end_date": date(2026, 5, 31),
        "total_pence": sum(line.amount_pence for line in lines),
        "lines": lines,
        "corrects": "" if kind == "invoice" else "NG-2026-0504",
    }
    return Document(**fields | changes)


def written(document: Document, *, category: str = "E") -> bytes:
    """A document as its provider's system would write it."""
    seller = SELLER._replace(vat_number="") if category == "O" else SELLER
    return write_ubl(document, seller=seller, buyer=BUYER, category=category, unit_codes={"HC-HOUR": "HUR"})


def make_root(*, kind: str = "invoice", category: str = "E") -> Any:
    """A good e-invoice as elements, to change something in."""
    return parse_xml(written(make_bill(kind=kind), category=category))


def make_root_with_vat(
    *, nets: tuple[int, ...] = (20_00, 10_01), percent: str = "20", vat_pence: int = 6_00
) -> Any:
    """An invoice with standard VAT: a line of one piece for each net amount in pence."""
    lines = tuple(
        Line(
            line_number=number,
            service_code="SESSION",
            service_date=date(2026, 5, 4),
            units=Decimal(1),
            unit_rate_pence=net,
            amount_pence=net,
        )
        for number, net in enumerate(nets, start=1)
    )
    root = parse_xml(written(make_bill(lines=lines)))
    for category in root.iter(
        *(f"{{{SPACES['cac']}}}{name}" for name in ("TaxCategory", "ClassifiedTaxCategory"))
    ):
        change(category, "cbc:ID", "S")
        change(category, "cbc:Percent", percent)
        drop(category, "cbc:TaxExemptionReason")
    gross = sum(nets) + vat_pence
    change(root, "cac:TaxTotal/cbc:TaxAmount", pounds(vat_pence))
    change(root, f"{SUBTOTAL}/cbc:TaxAmount", pounds(vat_pence))
    change(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", pounds(gross))
    change(root, "cac:LegalMonetaryTotal/cbc:PayableAmount", pounds(gross))
    return root


def pounds(pence: int) -> str:
    """Pence as UBL writes them."""
    return f"{Decimal(pence) / 100:.2f}"


def change(root: Any, path: str, text: str) -> Any:
    """Write something else into an element."""
    first(root, path).text = text
    return root


def drop(root: Any, path: str) -> Any:
    """Take elements out."""
    for element in every(root, path):
        element.getparent().remove(element)
    return root


def mark(root: Any, path: str, **attributes: str | None) -> Any:
    """Set attributes of an element, or take them away."""
    element = first(root, path)
    for name, value in attributes.items():
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)
    return root


def add(root: Any, before: str, name: str, text: str = "", **attributes: str) -> Any:
    """Put a new element before another, and give it."""
    element = put(root, name, text, **attributes)
    while element.getparent() is not root:
        element = element.getparent()
    first(root, before).addprevious(element)
    return root


def problems_of(root: Any) -> list[Problem]:
    """Send elements through bytes, as a stranger would, and see what is wrong with them."""
    return check_ubl(parse_xml(write_xml(root)))


def is_there(root: Any, place: str) -> bool:
    """See that a place of a problem is in the document, or would be in an element that is."""
    inside = "/*" + place[1:].partition("/")[1] + place[1:].partition("/")[2]
    parent = inside
    while parent != "/*":
        if root.xpath(parent, namespaces=SPACES):
            return True
        parent = parent.rpartition("/")[0]
    return bool(etree.QName(root).localname == place.strip("/").partition("/")[0])
