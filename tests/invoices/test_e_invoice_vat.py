"""The VAT of e-invoices is kept as it came, adds up with the invoice, and changes no line; psql included."""

from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest
from django.db import connection

from commissioning.models import Contract
from invoices.actions import take_in
from invoices.actions.take_in import NumberUsed, Taken
from invoices.models import Invoice, InvoiceVat
from invoices.rules import Document, VatSum
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_kept, assert_refused
from tests.invoices.makers import make_document, make_line, send

pytestmark = pytest.mark.django_db
ROW = (
    "INSERT INTO invoices_invoicevat (invoice_id, category, percent, net_pence, vat_pence)"
    " VALUES (%s, %s, %s, %s, %s)"
)
STANDARD = VatSum("S", Decimal(20), 15_00, 3_00)
EXEMPT = VatSum("E", Decimal(0), 2_00, 0)


@pytest.fixture
def contract() -> Contract:
    """A contract with one member."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    return make_contract(cluster=cluster)


@pytest.fixture
def document(contract: Contract) -> Document:
    """An invoice of twenty pounds, three of them VAT, and two exempt."""
    bill = make_document(contract=contract, lines=[make_line(member_ref="M-1")])
    return replace(bill, vat=(STANDARD, EXEMPT))


def taken(document: Document, contract: Contract) -> Taken:
    """Take it in, and have PostgreSQL look at once."""
    found = send(document, contract=contract)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return found


def test_is_kept_by_category_and_rate(document: Document, contract: Contract) -> None:
    invoice = taken(document, contract).invoice
    kept = invoice.vat.values_list("category", "percent", "net_pence", "vat_pence")
    assert {VatSum(*row) for row in kept} == set(document.vat)


def test_is_not_there_where_the_document_says_nothing_of_it(document: Document, contract: Contract) -> None:
    assert not taken(replace(document, vat=()), contract).invoice.vat.exists()


def test_the_same_invoice_as_json_and_as_ubl_is_one(document: Document, contract: Contract) -> None:
    first = send(document, contract=contract)
    again = send(replace(document, vat=()), contract=contract)
    assert (again.invoice, again.is_first) == (first.invoice, False)


def test_the_same_number_with_other_vat_is_refused(document: Document, contract: Contract) -> None:
    send(document, contract=contract)
    other = replace(document, vat=(VatSum("E", Decimal(0), 20_00, 0),))
    with pytest.raises(NumberUsed):
        take_in(document=other, provider=contract.provider, on=document.issue_date, by="key:test")
    assert InvoiceVat.objects.count() == 2


@pytest.fixture
def invoice(document: Document, contract: Contract) -> Invoice:
    """The invoice, taken in."""
    return send(document, contract=contract).invoice


def test_adds_up_with_the_invoice(document: Document, contract: Contract) -> None:
    plain = send(replace(document, vat=()), contract=contract).invoice
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert_refused(ROW, plain.pk, "S", 20, 15_00, 3_00, match="make 1800, not its total of 2000")


@pytest.mark.parametrize("row", [("S", 0, 1, 0), ("E", 20, 1, 0), ("E", 0, 0, 1), ("A", 0, 1, 0)])
def test_is_of_a_known_category(invoice: Invoice, row: tuple[str, int, int, int]) -> None:
    assert_refused(ROW, invoice.pk, *row, match="invoices_vat_is_of_a_known_category")


def test_is_said_once_a_rate(invoice: Invoice) -> None:
    assert_refused(ROW, invoice.pk, *STANDARD, match="invoices_vat_is_said_once_a_rate")


def test_never_changes(invoice: Invoice) -> None:
    assert_refused("UPDATE invoices_invoicevat SET vat_pence = 0", match="kept as it came")


@pytest.mark.django_db(transaction=True)
def test_is_kept_from_whoever_owns_the_table(invoice: Invoice, owner_connection: psycopg.Connection) -> None:
    assert_kept(owner_connection, "invoices_invoicevat")
