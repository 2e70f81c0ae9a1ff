"""Reading e-invoices: the same document that JSON would have given, to the penny, or what is missing and where."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.rules import Document, Line, UnreadableDocument, VatSum
from invoices.rules.document import Problem
from invoices.rules.ubl import place_in_ubl, read_ubl
from invoices.rules.ubl.names import first
from invoices.rules.xml import parse_xml, write_xml
from ledger.pennies import line_pence
from tests.invoices.e_invoices import (
    LINE,
    add,
    change,
    drop,
    is_there,
    make_bill,
    make_root,
    make_root_with_vat,
    mark,
    written,
)

Change = Callable[[Any], Any]
SELLERS = "cac:AccountingSupplierParty/cac:Party"


def read(root: Any) -> Document:
    """Read elements as they would come in."""
    return read_ubl(parse_xml(write_xml(root)))


def refused(root: Any) -> list[Problem]:
    """Read what must be refused; gives the problems, each of which points into the document."""
    with pytest.raises(UnreadableDocument) as refusal:
        read(root)
    assert not refusal.value.is_syntax
    assert all(is_there(root, problem.pointer) for problem in refusal.value.problems)
    return refusal.value.problems


@pytest.mark.parametrize("kind", ["invoice", "credit_note"])
@pytest.mark.parametrize("category", ["E", "Z", "O"])
def test_reads_what_was_written(kind: str, category: str) -> None:
    document = make_bill(kind=kind)
    vat = (VatSum(category, Decimal(0), document.total_pence, 0),)
    found = read_ubl(parse_xml(written(document, category=category)))
    assert found == replace(document, vat=vat)
    assert found.body_hash == document.body_hash


def test_reads_whatever_prefixes_a_system_writes() -> None:
    raw = written(make_bill()).replace(b"cac:", b"ns1:").replace(b":cac=", b":ns1=")
    assert replace(read_ubl(parse_xml(raw)), vat=()) == make_bill()


def test_takes_the_sellers_code_where_ours_is_not_given() -> None:
    root = make_root()
    item = first(root, f"{LINE}/cac:Item")
    drop(item, "cac:BuyersItemIdentification")
    add(item, "cac:ClassifiedTaxCategory", "cac:SellersItemIdentification/cbc:ID", "HC-HOUR")
    assert read(root).lines[0].service_code == "HC-HOUR"


def test_takes_the_day_of_delivery_for_lines_without_a_day() -> None:
    root = drop(make_root(), f"{LINE}/cac:InvoicePeriod")
    add(root, "cac:PaymentTerms", "cac:Delivery/cbc:ActualDeliveryDate", "2026-05-06")
    assert {line.service_date for line in read(root).lines} == {date(2026, 5, 6)}


def test_takes_the_days_of_the_lines_for_a_period_that_is_not_given() -> None:
    document = read(drop(make_root(), "cac:InvoicePeriod"))
    assert (document.period_start_date, document.period_end_date) == (date(2026, 5, 4), date(2026, 5, 5))


def test_prices_one_unit_where_the_price_is_for_several() -> None:
    root = change(make_root(), f"{LINE}/cac:Price/cbc:PriceAmount", "45.02")
    price = first(root, f"{LINE}/cac:Price")
    price.append(price.makeelement(price[0].tag.replace("PriceAmount", "BaseQuantity"), {"unitCode": "HUR"}))
    price[-1].text = "2"
    assert read(root).lines[0].unit_rate_pence == 22_51


def test_shares_vat_among_the_lines_to_the_penny() -> None:
    document = read(make_root_with_vat(nets=(20_00, 10_01), vat_pence=6_00))
    assert [line.amount_pence for line in document.lines] == [24_00, 12_01]
    assert [line.unit_rate_pence for line in document.lines] == [24_00, 12_01]
    assert document.total_pence == 36_01
    assert document.vat == (VatSum("S", Decimal(20), 30_01, 6_00),)


def test_gives_the_odd_penny_of_vat_to_the_larger_remainder_and_then_to_the_earlier_line() -> None:
    document = read(make_root_with_vat(nets=(10_02, 10_02, 10_02), vat_pence=6_01))
    assert [line.amount_pence for line in document.lines] == [12_03, 12_02, 12_02]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=12), st.sampled_from(["5", "20", "17.5"]))
def test_lines_with_vat_add_up_to_what_is_paid(nets: list[int], percent: str) -> None:
    vat_pence = line_pence(Decimal(percent) / 100, sum(nets))
    root = make_root_with_vat(nets=tuple(nets), percent=percent, vat_pence=vat_pence)
    document = read(root)
    assert sum(line.amount_pence for line in document.lines) == document.total_pence == sum(nets) + vat_pence
    for net, line in zip(nets, document.lines, strict=True):
        own = net * (1 + Decimal(percent) / 100)
        assert line.amount_pence in {math.floor(own), math.ceil(own)}


def test_lines_whose_vat_is_whole_pence_cost_units_times_the_rate_with_vat() -> None:
    for line in read(make_root_with_vat(nets=(20_00, 35_50), vat_pence=11_10)).lines:
        assert line.amount_pence == line_pence(line.units, line.unit_rate_pence)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(1, 90_000), st.integers(1, 50_000), st.sampled_from(["", "M-1", "M-2"])),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["E", "Z", "O"]),
)
def test_reads_back_any_document_of_ours(rows: list[tuple[int, int, str]], category: str) -> None:
    lines = tuple(
        Line(
            line_number=number,
            service_code="HC-HOUR",
            service_date=date(2026, 5, 1 + number),
            units=Decimal(units) / 100,
            unit_rate_pence=rate,
            amount_pence=line_pence(Decimal(units) / 100, rate),
            member_ref=member,
        )
        for number, (units, rate, member) in enumerate(rows, start=1)
    )
    document = make_bill(lines=lines)
    assert read_ubl(parse_xml(written(document, category=category))).body_hash == document.body_hash


@pytest.mark.parametrize(
    ("code", "place", "spoil"),
    [
        (
            "missing_field",
            "cac:ContractDocumentReference/cbc:ID",
            lambda r: drop(r, "cac:ContractDocumentReference"),
        ),
        (
            "missing_field",
            "cac:PartyIdentification/cbc:ID",
            lambda r: drop(r, f"{SELLERS}/cac:PartyIdentification"),
        ),
        (
            "missing_field",
            "cac:PartyIdentification/cbc:ID",
            lambda r: mark(r, f"{SELLERS}/cac:PartyIdentification/cbc:ID", schemeID="0088"),
        ),
        (
            "missing_field",
            "cac:BuyersItemIdentification/cbc:ID",
            lambda r: drop(r, f"{LINE}/cac:Item/cac:BuyersItemIdentification"),
        ),
        ("missing_field", "cac:InvoicePeriod/cbc:StartDate", lambda r: drop(r, f"{LINE}/cac:InvoicePeriod")),
        ("invalid", "cac:InvoiceLine[1]/cbc:ID", lambda r: change(r, f"{LINE}/cbc:ID", "A-1")),
        ("used_twice", "cac:InvoiceLine[2]/cbc:ID", lambda r: change(r, f"{LINE}/cbc:ID", "2")),
        ("invalid", "/Invoice/cbc:ID", lambda r: change(r, "cbc:ID", "NG\u200b-1")),
        ("invalid", "/Invoice/cbc:ID", lambda r: change(r, "cbc:ID", "NG-\u202e1")),
        ("invalid", "cbc:AccountingCost", lambda r: change(r, f"{LINE}/cbc:AccountingCost", "M\uff0d1")),
        (
            "invalid",
            "cbc:InvoicedQuantity",
            lambda r: change(r, f"{LINE}/cbc:InvoicedQuantity", "1.50001"),
        ),
        (
            "unit_code",
            "cbc:InvoicedQuantity",
            lambda r: mark(r, f"{LINE}/cbc:InvoicedQuantity", unitCode="MIN"),
        ),
        (
            "more_than_a_day",
            "cac:InvoicePeriod",
            lambda r: change(r, f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-05-06"),
        ),
        ("document_type", "cbc:InvoiceTypeCode", lambda r: change(r, "cbc:InvoiceTypeCode", "386")),
    ],
)
def test_says_what_we_need_and_where_it_goes(code: str, place: str, spoil: Change) -> None:
    problems = refused(spoil(make_root()))
    assert problems[0].code == code
    assert problems[0].pointer.endswith(place)
    assert problems[0].detail.endswith(")")
    assert "in quotes" not in problems[0].detail


def test_takes_pounds_alone() -> None:
    root = parse_xml(written(make_bill()).replace(b"GBP", b"EUR"))
    assert [problem.code for problem in refused(root)] == ["not_in_pounds"]


def test_takes_no_line_below_zero() -> None:
    root = make_root()
    change(root, f"{LINE}/cbc:InvoicedQuantity", "-1.5")
    change(root, f"{LINE}/cbc:LineExtensionAmount", "-33.77")
    for path in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
        change(root, f"cac:LegalMonetaryTotal/cbc:{path}", "16.23")
    change(root, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount", "16.23")
    assert [problem.code for problem in refused(root)] == ["below_zero"]


def test_takes_nothing_paid_in_advance() -> None:
    root = make_root()
    add(
        first(root, "cac:LegalMonetaryTotal"),
        "cbc:PayableAmount",
        "cbc:PrepaidAmount",
        "10.00",
        currencyID="GBP",
    )
    change(root, "cac:LegalMonetaryTotal/cbc:PayableAmount", "73.77")
    assert [problem.code for problem in refused(root)] == ["paid_in_part"]


def test_a_credit_note_says_which_line_it_corrects() -> None:
    root = make_root(kind="credit_note")
    drop(root, "cac:CreditNoteLine/cac:Item/cac:AdditionalItemProperty")
    problem = refused(root)[0]
    assert problem.code == "missing_field"
    assert "CorrectsLine" in problem.detail


def test_a_credit_note_says_which_invoice_it_corrects() -> None:
    root = drop(make_root(kind="credit_note"), "cac:BillingReference")
    assert refused(root)[0].pointer.endswith("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")


def test_says_where_a_field_of_a_document_stands() -> None:
    assert place_in_ubl("invoice", "/contract_ref") == "/Invoice/cac:ContractDocumentReference/cbc:ID"
    assert place_in_ubl("credit_note", "/number") == "/CreditNote/cbc:ID"
    assert place_in_ubl("invoice", "") == "/Invoice"
