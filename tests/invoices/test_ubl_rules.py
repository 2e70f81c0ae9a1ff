"""Key rules of UBL, EN 16931 and Peppol: a good document passes; with one thing changed, that very rule says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.rules.ubl import check_ubl, write_ubl
from invoices.rules.ubl.names import SPACES, first
from invoices.rules.xml import parse_xml
from tests.invoices.e_invoices import (
    BUYER,
    LINE,
    SELLER,
    SUBTOTAL,
    add,
    change,
    drop,
    is_there,
    make_bill,
    make_root,
    make_root_with_vat,
    mark,
    problems_of,
    written,
)

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ubl"
SELLERS = "cac:AccountingSupplierParty/cac:Party"
BUYERS = "cac:AccountingCustomerParty/cac:Party"
TOTALS = "cac:LegalMonetaryTotal"
Change = Callable[[Any], Any]


def charged(root: Any, *, amount: str = "5.00", factor: str = "", base: str = "", parent: str = LINE) -> Any:
    """The invoice with a charge on a line; the figures of the line follow it or not."""
    line = first(root, parent)
    add(line, "cac:Item", "cac:AllowanceCharge")
    charge = first(line, "cac:AllowanceCharge")
    rows = {"ChargeIndicator": "true", "AllowanceChargeReason": "Travel", "MultiplierFactorNumeric": factor}
    for name, text in (rows | {"Amount": amount, "BaseAmount": base}).items():
        if text:
            currency = {"currencyID": "GBP"} if name.endswith("Amount") else {}
            add_last(charge, f"cbc:{name}", text, **currency)
    return root


def add_last(parent: Any, name: str, text: str, **attributes: str) -> None:
    """Put a new element at the end of another."""
    element = parent.makeelement(f"{{{SPACES['cbc']}}}{name.partition(':')[2]}", attributes)
    element.text = text
    parent.append(element)


def based(root: Any, quantity: str, unit: str = "HUR") -> Any:
    """The invoice with a price that is for so many."""
    add_last(first(root, f"{LINE}/cac:Price"), "cbc:BaseQuantity", quantity, unitCode=unit)
    return root


def test_a_good_document_has_nothing_wrong_with_it() -> None:
    for kind in ("invoice", "credit_note"):
        for category in ("E", "Z", "O"):
            assert check_ubl(make_root(kind=kind, category=category)) == []
    assert problems_of(make_root_with_vat()) == []
    assert problems_of(based(change(make_root(), f"{LINE}/cac:Price/cbc:PriceAmount", "45.02"), "2")) == []


MUTATIONS: list[tuple[str, Change]] = [
    ("UBL-XSD", lambda root: drop(root, "cbc:IssueDate")),
    ("UBL-XSD", lambda root: change(root, "cbc:IssueDate", "31/05/26")),
    ("UBL-XSD", lambda root: change(root, f"{TOTALS}/cbc:PayableAmount", "83,77")),
    ("UBL-XSD", lambda root: mark(root, f"{TOTALS}/cbc:PayableAmount", currencyID=None)),
    ("UBL-XSD", lambda root: mark(root, "cbc:ID", colour="red")),
    ("UBL-XSD", lambda root: add(root, "cbc:ID", "cbc:Surprise", "1")),
    ("PEPPOL-EN16931-F001", lambda root: change(root, "cbc:IssueDate", "2026-05-31Z")),
    ("figure", lambda root: change(root, f"{TOTALS}/cbc:PayableAmount", "+83.77")),
    ("figure", lambda root: change(root, f"{TOTALS}/cbc:PayableAmount", "9" * 40)),
    ("PEPPOL-EN16931-R008", lambda root: change(root, "cbc:ID", " ")),
    ("PEPPOL-EN16931-R001", lambda root: drop(root, "cbc:ProfileID")),
    ("BR-01", lambda root: drop(root, "cbc:CustomizationID")),
    ("BR-04", lambda root: drop(root, "cbc:InvoiceTypeCode")),
    ("BR-05", lambda root: drop(root, "cbc:DocumentCurrencyCode")),
    ("BR-06", lambda root: drop(root, f"{SELLERS}/cac:PartyLegalEntity")),
    ("BR-07", lambda root: drop(root, f"{BUYERS}/cac:PartyLegalEntity")),
    ("BR-09", lambda root: drop(root, f"{SELLERS}/cac:PostalAddress")),
    ("BR-11", lambda root: drop(root, f"{BUYERS}/cac:PostalAddress")),
    ("BR-12", lambda root: drop(root, f"{TOTALS}/cbc:LineExtensionAmount")),
    ("BR-13", lambda root: drop(root, f"{TOTALS}/cbc:TaxExclusiveAmount")),
    ("BR-14", lambda root: drop(root, f"{TOTALS}/cbc:TaxInclusiveAmount")),
    ("BR-CO-18", lambda root: drop(root, SUBTOTAL)),
    ("PEPPOL-EN16931-R003", lambda root: drop(root, "cbc:BuyerReference")),
    ("PEPPOL-EN16931-R010", lambda root: drop(root, f"{BUYERS}/cbc:EndpointID")),
    ("PEPPOL-EN16931-R020", lambda root: drop(root, f"{SELLERS}/cbc:EndpointID")),
    ("BR-62", lambda root: mark(root, f"{SELLERS}/cbc:EndpointID", schemeID=None)),
    ("BR-63", lambda root: mark(root, f"{BUYERS}/cbc:EndpointID", schemeID=None)),
    ("PEPPOL-EN16931-R004", lambda root: change(root, "cbc:CustomizationID", "urn:cen.eu:en16931:2017")),
    ("PEPPOL-EN16931-R007", lambda root: change(root, "cbc:ProfileID", "billing")),
    ("PEPPOL-EN16931-P0100", lambda root: change(root, "cbc:InvoiceTypeCode", "381")),
    ("PEPPOL-EN16931-R051", lambda root: mark(root, f"{TOTALS}/cbc:PayableAmount", currencyID="EUR")),
    ("PEPPOL-EN16931-R005", lambda root: add(root, "cbc:BuyerReference", "cbc:TaxCurrencyCode", "GBP")),
    ("BR-22", lambda root: drop(root, f"{LINE}/cbc:InvoicedQuantity")),
    ("BR-23", lambda root: mark(root, f"{LINE}/cbc:InvoicedQuantity", unitCode=None)),
    ("BR-25", lambda root: drop(root, f"{LINE}/cac:Item/cbc:Name")),
    ("BR-26", lambda root: drop(root, f"{LINE}/cac:Price")),
    ("BR-CO-04", lambda root: drop(root, f"{LINE}/cac:Item/cac:ClassifiedTaxCategory")),
    ("BR-27", lambda root: change(root, f"{LINE}/cac:Price/cbc:PriceAmount", "-22.51")),
    ("UBL-DT-01", lambda root: change(root, f"{LINE}/cbc:LineExtensionAmount", "33.765")),
    ("PEPPOL-EN16931-R040", lambda root: charged(root, amount="5.00", factor="10", base="40.00")),
    (
        "PEPPOL-EN16931-R110",
        lambda root: change(root, f"{LINE}/cac:InvoicePeriod/cbc:StartDate", "2026-04-30"),
    ),
    ("PEPPOL-EN16931-R111", lambda root: change(root, f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-06-01")),
    ("PEPPOL-EN16931-R120", lambda root: change(root, f"{LINE}/cbc:InvoicedQuantity", "1.6")),
    ("PEPPOL-EN16931-R120", lambda root: change(root, f"{LINE}/cac:Price/cbc:PriceAmount", "22.53")),
    ("PEPPOL-EN16931-R120", charged),
    ("PEPPOL-EN16931-R120", lambda root: based(root, "2")),
    ("PEPPOL-EN16931-R121", lambda root: based(root, "0")),
    ("PEPPOL-EN16931-R121", lambda root: based(root, "-1")),
    ("PEPPOL-EN16931-R130", lambda root: based(root, "1", "DAY")),
    ("BR-CO-10", lambda root: change(root, f"{TOTALS}/cbc:LineExtensionAmount", "83.78")),
    ("BR-CO-13", lambda root: change(root, f"{TOTALS}/cbc:TaxExclusiveAmount", "83.78")),
    ("BR-CO-15", lambda root: change(root, f"{TOTALS}/cbc:TaxInclusiveAmount", "83.78")),
    ("BR-CO-16", lambda root: change(root, f"{TOTALS}/cbc:PayableAmount", "83.78")),
    ("BR-CO-14", lambda root: change(root, "cac:TaxTotal/cbc:TaxAmount", "0.01")),
    ("BR-CO-25", lambda root: drop(root, "cac:PaymentTerms")),
    ("BR-E-05", lambda root: change(root, f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", "5")),
    ("BR-E-08", lambda root: change(root, f"{SUBTOTAL}/cbc:TaxableAmount", "83.78")),
    ("BR-E-09", lambda root: change(root, f"{SUBTOTAL}/cbc:TaxAmount", "0.01")),
    ("BR-E-10", lambda root: drop(root, f"{SUBTOTAL}/cac:TaxCategory/cbc:TaxExemptionReason")),
    ("BR-E-02", lambda root: drop(root, f"{SELLERS}/cac:PartyTaxScheme")),
    ("vat_category", lambda root: change(root, f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:ID", "AE")),
]


@pytest.mark.parametrize(
    ("rule", "spoil"), MUTATIONS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(MUTATIONS)]
)
def test_says_which_rule_is_broken_and_where(rule: str, spoil: Change) -> None:
    root = spoil(make_root())
    problems = problems_of(root)
    assert rule in {problem.code for problem in problems}
    assert all(is_there(root, problem.pointer) for problem in problems)
    assert all("(line " in problem.detail and not problem.detail[0].islower() for problem in problems)


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("BR-S-05", lambda root: change(root, f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", "0")),
        ("BR-S-01", lambda root: change(root, f"{SUBTOTAL}/cac:TaxCategory/cbc:Percent", "5")),
        ("BR-S-08", lambda root: change(root, f"{SUBTOTAL}/cbc:TaxableAmount", "30.00")),
        ("BR-S-09", lambda root: change(root, f"{SUBTOTAL}/cbc:TaxAmount", "6.01")),
        ("BR-S-09", lambda root: change(root, f"{SUBTOTAL}/cbc:TaxAmount", "5.99")),
        ("BR-S-02", lambda root: drop(root, f"{SELLERS}/cac:PartyTaxScheme")),
        ("BR-CO-14", lambda root: change(root, "cac:TaxTotal/cbc:TaxAmount", "6.01")),
    ],
)
def test_refuses_vat_that_does_not_add_up(rule: str, spoil: Change) -> None:
    assert rule in {problem.code for problem in problems_of(spoil(make_root_with_vat()))}


def test_lets_vat_be_rounded_once_or_on_each_line() -> None:
    nets = (10_02, 10_02, 10_02)  # 20 %: 2.004 a line, 6.012 in all
    assert problems_of(make_root_with_vat(nets=nets, vat_pence=6_01)) == []
    assert problems_of(make_root_with_vat(nets=nets, vat_pence=6_00)) == []
    assert {problem.code for problem in problems_of(make_root_with_vat(nets=nets, vat_pence=6_02))} == {
        "BR-S-09"
    }


def test_lets_nobody_outside_the_scope_of_vat_give_a_vat_number() -> None:
    raw = write_ubl(make_bill(), seller=SELLER, buyer=BUYER, category="O")
    assert [problem.code for problem in check_ubl(parse_xml(raw))] == ["BR-O-02"]


@pytest.mark.parametrize("raw", [b"<Invoice/>", b"<a:Order xmlns:a='urn:x'/>", b"<html/>"])
def test_takes_invoices_and_credit_notes_of_ubl_alone(raw: bytes) -> None:
    assert [problem.code for problem in check_ubl(parse_xml(raw))] == ["UBL-ROOT"]


def test_looks_at_no_file_that_a_document_names_as_its_schema(tmp_path: Path) -> None:
    """A document may say where its schema lies; ours is the one that counts."""
    schema = tmp_path / "schema.xsd"
    schema.write_text("<this is no schema")
    place = f"{{{'http://www.w3.org/2001/XMLSchema-instance'}}}schemaLocation"
    root = make_root()
    root.set(place, f"{SPACES['cbc']} {schema.as_uri()}")
    assert problems_of(root) == []


def test_says_at_most_a_hundred_things_of_a_document_with_thousands() -> None:
    note = b'<cbc:Note colour="red">x</cbc:Note>'
    raw = written(make_bill()).replace(
        b"<cbc:DocumentCurrencyCode>", note * 30_000 + b"<cbc:DocumentCurrencyCode>"
    )
    problems = check_ubl(parse_xml(raw))
    assert 0 < len(problems) <= 100
    assert {problem.code for problem in problems} == {"UBL-XSD"}


def examples() -> list[Path]:
    """The official examples, where they are."""
    return sorted(EXAMPLES.glob("*.xml"))


@pytest.mark.skipif(not examples(), reason="The official examples of Peppol are not in ../shared/data/ubl.")
def test_the_official_examples_pass() -> None:
    assert {example.name: check_ubl(parse_xml(example.read_bytes())) for example in examples()} == {
        example.name: [] for example in examples()
    }


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_any_figure_or_word_in_any_place_is_taken_or_refused(data: st.DataObject) -> None:
    root = make_root()
    element = data.draw(st.sampled_from([each for each in root.iter() if len(each) == 0]))
    words = st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=20
    )
    figures = st.decimals(allow_nan=False, allow_infinity=False).map(str)
    element.text = data.draw(words | figures | st.sampled_from(["-1", "1e9", "S", "Z", "E", "O", "9" * 30]))
    problems = problems_of(root)
    assert all(is_there(root, problem.pointer) for problem in problems)
