"""Writing an invoice or credit note by hand."""

import re

import pytest
from django.urls import reverse

from invoices.models import Invoice, InvoiceLine
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.sheets import Office, make_office
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db

HEAD = {
    "number": "H-1",
    "issue_date": "2026-05-31",
    "period_start": "2026-05-01",
    "period_end": "2026-05-31",
    "lines": "5",
}
LINE = {"line2_service": "SESSION", "line2_day": "2026-05-04", "line2_units": "1.5"}


@pytest.fixture
def office() -> Office:
    """Where Nora bills."""
    return make_office()


def page_of(office: Office, kind: str = "invoice") -> str:
    """Where she writes."""
    return reverse("invoices:write", args=[office.contract.pk, kind])


def look_and_send(office: Office, kind: str = "invoice", **said: str) -> str:
    """The page that a document leads to once it was looked at and sent as it is."""
    looked = answered(office.nora, page_of(office, kind), **said, step="look")
    found = re.search(r'name="seen" value="([0-9a-f]+)"', looked)
    return answered(office.nora, page_of(office, kind), **said, step="send", seen=found[1] if found else "")


def test_sends_nothing_that_was_not_looked_at(office: Office) -> None:
    words = answered(office.nora, page_of(office), **HEAD, **LINE, step="send", seen="00")
    assert "You have changed something since you looked. Nothing is sent yet." in words
    assert not Invoice.objects.exists()


def test_shows_what_would_become_of_it_and_keeps_nothing(office: Office) -> None:
    words = answered(office.nora, page_of(office), **HEAD, **LINE, step="look")
    assert "What would become of it: £30.00" in words
    assert not Invoice.objects.exists()


def test_sends_it_at_the_price_of_the_contract(office: Office) -> None:
    words = look_and_send(office, **HEAD, **LINE)
    assert "H-1 is sent" in words
    line = InvoiceLine.objects.get()
    assert (line.state, line.line_number, line.unit_rate_pence, line.amount_pence) == (
        "accepted",
        2,
        20_00,
        30_00,
    )
    assert line.invoice.received_by == office.nora.label


def test_holds_a_line_at_another_price_and_says_why(office: Office) -> None:
    looked = answered(office.nora, page_of(office), **HEAD, **LINE, line2_rate="21", step="look")
    assert "Check the price against your contract." in looked
    words = look_and_send(office, **HEAD, **LINE, line2_rate="21")
    assert "The rate is not the contract&#x27;s" in words


def test_writes_a_credit_note(office: Office) -> None:
    document = make_document(contract=office.contract, lines=[make_line(service_code="SESSION", units="2")])
    send(document, contract=office.contract)
    credit = {**HEAD, "corrects": document.number, **LINE, "line2_corrects_line": "1"}
    assert "What would become of it: -£30.00" in answered(
        office.nora, page_of(office, "credit-note"), **credit, step="look"
    )
    look_and_send(office, "credit-note", **credit)
    line = InvoiceLine.objects.get(invoice__number="H-1")
    assert (line.state, line.amount_pence) == ("accepted", -30_00)


def test_says_line_by_line_what_is_missing(office: Office) -> None:
    words = answered(
        office.nora, page_of(office), **HEAD, line1_day="2026-05-04", line3_units="x", step="look"
    )
    assert "Line 1: Choose the service." in words
    assert "Line 1: Write the units." in words
    assert "Line 3: Write the units as a number, like 1.5." in words
    assert (
        "Line 2"
        not in words.partition("</form>")[0].partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    )
    assert "What would become of it" not in words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"number": "Nº 1"}, "This may hold only plain letters"),
        ({"number": ""}, "Give it a number of your own"),
        ({"period_end": "2026-04-01"}, "The period ends before it starts."),
        ({"line2_units": "-1"}, "Line 2: Write units above nothing."),
        ({"line2_units": "NaN"}, "Line 2: Write the units as a number"),
        ({"line2_rate": "£1,5o"}, "Line 2: Write the price in pounds"),
        ({"line2_member": "M-OF-OTHERS"}, "Select a valid choice"),
        ({"line2_units": "999999999", "line2_rate": "999999999"}, "Line 2:"),
    ],
)
def test_says_what_cannot_be_read(office: Office, said: dict[str, str], words: str) -> None:
    page = look_and_send(office, **{**HEAD, **LINE, **said})
    assert words in page
    assert not Invoice.objects.exists()


def test_asks_for_at_least_one_line(office: Office) -> None:
    assert "Write at least one line." in answered(office.nora, page_of(office), **HEAD, step="look")


def test_refuses_a_number_that_said_something_else(office: Office) -> None:
    look_and_send(office, **HEAD, **LINE)
    again = {**HEAD, **LINE, "line2_units": "2"}
    assert "came in before with different contents" in answered(
        office.nora, page_of(office), **again, step="look"
    )
    look_and_send(office, **HEAD, **LINE)
    assert Invoice.objects.count() == 1


def test_gives_more_lines_and_keeps_what_was_written(office: Office) -> None:
    words = answered(office.nora, page_of(office), **HEAD, **LINE, step="more")
    assert 'name="line10_units"' in words
    assert 'name="line11_units"' not in words
    assert 'value="1.5"' in words
    assert 'value="2026-05-04"' in words
    assert "Something needs another look" not in words


@pytest.mark.parametrize("lines", ["-1", "0", "100000", "x", "²"])
def test_never_gives_more_lines_than_it_can_bear(office: Office, lines: str) -> None:
    words = answered(office.nora, page_of(office), lines=lines, step="more")
    assert 'name="line61_units"' not in words
    assert 'name="line1_units"' in words


def test_is_there_for_contracts_that_run(office: Office) -> None:
    assert seen(office.nora, page_of(office, "letter")) == "404"
    office.contract.state = "ended"
    office.contract.save(update_fields=["state"])
    assert seen(office.nora, page_of(office)) == "404"
    assert as_user(make_office().nora).get(page_of(office)).status_code == 404
