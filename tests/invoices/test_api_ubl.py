"""E-invoices by the API: the same answers as JSON, and refusals that point into the XML."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from invoices.models import IdempotentRequest, Invoice, InvoiceVat
from invoices.rules import Document
from invoices.rules.xml import write_xml
from ledger.models import Entry
from tests.commissioning.makers import make_contract
from tests.invoices.e_invoices import make_bill, make_root_with_vat, pounds, written
from tests.invoices.makers import make_line
from tests.invoices.systems import PROBLEM_JSON, System, make_system, said
from tests.providers.makers import make_staff
from tests.visiting import as_user

pytestmark = pytest.mark.django_db

XML = "application/xml"
SECRET = "kept from strangers"


@pytest.fixture
def system() -> System:
    """A system with a contract of one member."""
    return make_system()


def bill_of(system: System, **changes: Any) -> Document:
    """Two hours of M-1 under the contract of a system: one right, one at a wrong rate."""
    lines = (
        make_line(member_ref="M-1"),
        make_line(line_number=2, member_ref="M-1", service_date=date(2026, 5, 5), unit_rate_pence=20_01),
    )
    refs = {"provider_ref": system.contract.provider.ref, "contract_ref": system.contract.ref}
    return make_bill(lines=lines, **refs | changes)


def post(system: System, raw: bytes, **headers: Any) -> Any:
    """Send XML."""
    return system.send(raw, **{"Content-Type": XML} | headers)


def refused(system: System, raw: bytes, **headers: Any) -> Any:
    """Send what should be refused; gives the problem, and sees that nothing was stored."""
    answer = post(system, raw, **headers)
    problem = said(answer)
    assert answer["Content-Type"] == PROBLEM_JSON
    assert problem["status"] == answer.status_code
    assert (Invoice.objects.count(), IdempotentRequest.objects.count()) == (0, 0)
    assert not Entry.objects.filter(kind="invoice").exists()
    return problem


def doctyped(raw: bytes, doctype: bytes) -> bytes:
    """A document with a DOCTYPE before its root."""
    return raw.replace(b"<Invoice ", b"<!DOCTYPE a " + doctype + b"><Invoice ", 1)


@pytest.mark.parametrize("kind", [XML, "text/xml", "application/ubl+xml", "application/xml; charset=UTF-8"])
def test_takes_an_e_invoice_in_and_answers_like_json(system: System, kind: str) -> None:
    answer = post(system, written(bill_of(system)), **{"Content-Type": kind})
    assert answer.status_code == 201
    assert answer["E-Invoice-Rules"] == "en16931"
    body = said(answer)
    assert (body["total_pence"], body["accepted_pence"], body["held_pence"]) == (40_01, 20_00, 20_01)
    assert [(line["line_number"], line["state"]) for line in body["lines"]] == [(1, "accepted"), (2, "held")]
    assert answer["Location"] == f"/api/v1/invoices/{Invoice.objects.get().pk}"
    assert InvoiceVat.objects.get().net_pence == 40_01


def test_answers_the_same_again_under_the_same_key(system: System) -> None:
    raw = written(bill_of(system))
    first, again = post(system, raw, key="k-1"), post(system, raw, key="k-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again["Idempotent-Replayed"] == "true"
    assert again.content == first.content
    assert Invoice.objects.count() == 1


def test_another_e_invoice_under_the_same_key_is_refused(system: System) -> None:
    post(system, written(bill_of(system)), key="k-1")
    answer = post(system, written(bill_of(system, number="NG-2")), key="k-1")
    assert (answer.status_code, said(answer)["code"]) == (422, "idempotency_key_used_otherwise")


def test_a_number_that_is_used_points_to_it(system: System) -> None:
    bill = bill_of(system)
    post(system, written(bill))
    other = replace(bill, lines=bill.lines[:1], total_pence=20_00)
    answer = post(system, written(other))
    assert answer.status_code == 409
    assert said(answer)["errors"][0]["pointer"] == "/Invoice/cbc:ID"


def test_takes_a_credit_note_for_an_invoice_it_has(system: System) -> None:
    bill = bill_of(system)
    post(system, written(bill))
    back = make_line(member_ref="M-1", amount_pence=-20_00, corrects_line=1)
    credit = replace(bill, kind="credit_note", number="NG-C", corrects=bill.number, lines=(back,))
    answer = post(system, written(replace(credit, total_pence=-20_00)))
    assert answer.status_code == 201
    assert (said(answer)["corrects"], said(answer)["accepted_pence"]) == (bill.number, -20_00)


def test_points_to_the_total_of_a_credit_note_that_is_larger_than_its_invoice(system: System) -> None:
    bill = bill_of(system)
    post(system, written(bill))
    back = make_line(member_ref="M-1", units="50", amount_pence=-1_000_00, corrects_line=1)
    credit = replace(bill, kind="credit_note", number="NG-C", corrects=bill.number, lines=(back,))
    answer = post(system, written(replace(credit, total_pence=-1_000_00)))
    assert (answer.status_code, said(answer)["code"]) == (422, "credit_too_large")
    [fault] = said(answer)["errors"]
    assert fault["pointer"] == "/CreditNote/cac:LegalMonetaryTotal/cbc:PayableAmount"


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"contract_ref": "K-999"}, 404, "/Invoice/cac:ContractDocumentReference/cbc:ID"),
        (
            {"provider_ref": "PR-999"},
            404,
            "/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID",
        ),
    ],
)
def test_anothers_references_are_unknown(system: System, changes: Any, status: int, pointer: str) -> None:
    problem = refused(system, written(bill_of(system, **changes)))
    assert (problem["status"], problem["errors"][0]["pointer"]) == (status, pointer)


def test_vat_is_part_of_what_is_paid(system: System) -> None:
    raw = write_xml(make_root_with_vat(nets=(16_67,), vat_pence=3_33))
    for old, new in {
        b">K-001<": system.contract.ref,
        b">PR-001<": system.contract.provider.ref,
    }.items():
        raw = raw.replace(old, f">{new}<".encode())
    raw = raw.replace(b"SESSION", b"HC-HOUR").replace(
        b"<cac:InvoicePeriod><cbc:StartDate>2026-05-04",
        b"<cbc:AccountingCost>M-1</cbc:AccountingCost><cac:InvoicePeriod><cbc:StartDate>2026-05-04",
    )
    answer = post(system, raw)
    assert said(answer)["accepted_pence"] == 20_00
    vat = InvoiceVat.objects.get()
    assert (vat.category, pounds(vat.net_pence), pounds(vat.vat_pence)) == ("S", "16.67", "3.33")


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [
        (
            lambda raw: raw.replace(b"<Invoice ", b'<!DOCTYPE a [<!ENTITY x SYSTEM "{file}">]><Invoice ', 1),
            400,
            "doctype",
        ),
        (lambda raw: raw.replace(b"<Invoice ", b'<!DOCTYPE a SYSTEM "{file}"><Invoice ', 1), 400, "doctype"),
        (
            lambda raw: raw.replace(
                b"<Invoice ", b'<!DOCTYPE a [<!ENTITY % p SYSTEM "{file}"> %p;]><Invoice ', 1
            ),
            400,
            "doctype",
        ),
        (
            lambda raw: raw.replace(
                b"</Invoice>",
                b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" parse="text" href="{file}"/></Invoice>',
            ),
            400,
            "includes",
        ),
        (lambda raw: raw.replace(b"UTF-8", b"UTF-7"), 400, "wrong_encoding"),
        (lambda raw: raw.decode().replace("UTF-8", "UTF-16").encode("utf-16-le"), 400, "wrong_encoding"),
        (lambda raw: raw + b"\x00", 400, "wrong_encoding"),
        (lambda raw: raw[:-20], 400, "not_well_formed"),
        (lambda raw: b"\x89PNG\r\n\x1a\n" + raw, 400, "wrong_encoding"),
        (lambda raw: b"PK\x03\x04" + b"\x00" * 100, 400, "wrong_encoding"),
        (lambda raw: b'{"type": "invoice"}', 400, "not_well_formed"),
        (lambda raw: b" ", 400, "not_well_formed"),
        (lambda raw: b"<a>" * 9_000 + b"</a>" * 9_000, 400, "not_well_formed"),
        (lambda raw: b"<a>" + b"<b/>" * 150_000 + b"</a>", 413, "too_many_elements"),
        (lambda raw: b"<Order/>", 422, "UBL-ROOT"),
        (lambda raw: raw.replace(b"<cbc:ID>NG", b"<cbc:ID>\xe2\x80\xaeNG"), 422, "invalid"),
        (lambda raw: raw.replace(b">40.01<", b">40.02<"), 422, "BR-E-08"),
        (lambda raw: raw.replace(b">EM<", b">").replace(b'"EM"', b'"ZZ"'), 422, "BR-CL-25"),
    ],
)
def test_refuses_a_hostile_or_wrong_document_whole(
    system: System, tmp_path: Path, spoil: Callable[[bytes], bytes], status: int, code: str
) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    raw = spoil(written(bill_of(system))).replace(b"{file}", file.as_uri().encode())
    problem = refused(system, raw)
    assert (problem["status"], problem["errors"][0]["code"]) == (status, code)
    assert problem["errors"][0]["pointer"].startswith("/")
    assert SECRET not in str(problem)


def test_refuses_xml_that_is_compressed(system: System) -> None:
    problem = refused(system, written(bill_of(system)), Content_Encoding="gzip")
    assert problem["code"] == "unsupported_media_type"


def test_tells_everything_that_is_wrong_with_its_place(system: System) -> None:
    raw = written(bill_of(system)).replace(
        b'<cbc:InvoicedQuantity unitCode="HUR">1<', b'<cbc:InvoicedQuantity unitCode="HUR">3<'
    )
    problem = refused(system, raw)
    assert [(fault["code"], fault["pointer"]) for fault in problem["errors"]] == [
        ("PEPPOL-EN16931-R120", "/Invoice/cac:InvoiceLine[1]/cbc:LineExtensionAmount"),
        ("PEPPOL-EN16931-R120", "/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount"),
    ]
    assert problem["errors"][0]["detail"] == (
        "Quantity times price, with the line's charges, is 60.00, not 20.00. (line 2)"
    )


def test_says_that_only_key_rules_were_checked_where_the_rest_is_not_installed(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "saxonche", None)  # as Python has it for what cannot be imported
    raw = written(bill_of(system)).replace(b'"EM"', b'"ZZ"')  # no key rule knows the list of schemes
    answer = post(system, raw)
    assert (answer.status_code, answer["E-Invoice-Rules"]) == (201, "key")
    assert refused_number(system, raw.replace(b">20.00<", b">20.01<")) == "BR-E-08"


def refused_number(system: System, raw: bytes) -> str:
    """The first rule that a document breaks."""
    code: str = said(post(system, raw))["errors"][0]["code"]
    return code


@pytest.mark.parametrize(
    ("is_installed", "words"), [(True, "all rules of EN 16931"), (False, "not against all of them")]
)
def test_the_upload_page_says_which_rules_are_checked(
    monkeypatch: pytest.MonkeyPatch, is_installed: bool, words: str
) -> None:
    if not is_installed:
        monkeypatch.setitem(sys.modules, "saxonche", None)
    nora = make_staff(provider=make_contract().provider)
    page = as_user(nora).get(reverse("invoices:upload")).content.decode()
    assert words in " ".join(page.split())
