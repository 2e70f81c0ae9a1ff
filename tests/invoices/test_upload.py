"""Files of invoices that people upload: looked at, and then taken in whole or not at all."""

from datetime import timedelta

import pytest

from commissioning.models import Contract, ContractState
from invoices.actions.upload import (
    UnableToTakeUpload,
    UnableToUpload,
    forget_uploads,
)
from invoices.models import Hold, Invoice, InvoiceLine, Upload, UploadState
from ledger.models import Entry
from tests.commissioning.makers import make_contract
from tests.guards import assert_refused, run_sql
from tests.invoices.e_invoices import written
from tests.invoices.makers import make_document, make_line
from tests.invoices.sheets import AT, Office, make_csv, make_office
from tests.providers.makers import make_provider, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Where Nora bills."""
    return make_office()


def sheet(office: Office, *rows: dict[str, str]) -> bytes:
    """A file for the contract."""
    return make_csv(*rows, contract=office.contract)


def e_invoice(office: Office) -> bytes:
    """One session of 20 pounds, as a system would write it."""
    return written(make_document(contract=office.contract, lines=[make_line(service_code="SESSION")]))


GOOD: dict[str, str] = {}
TOO_DEAR = {"service_date": "2026-05-05", "unit_rate_pence": "9900", "amount_pence": "9900"}


def test_says_what_would_be_accepted_and_held_and_keeps_nothing_of_it(office: Office) -> None:
    upload = office.look(sheet(office, GOOD, TOO_DEAR))
    assert upload.state == UploadState.READY
    [document] = upload.outcome
    assert (document["number"], document["lines"], document["total_pence"]) == ("A-1", 2, 119_00)
    assert document["held"] == [{"row": 3, "line": 2, "amount_pence": 99_00, "reason": "rate_mismatch"}]
    assert not Invoice.objects.exists()
    assert not InvoiceLine.objects.exists()
    assert not Entry.objects.filter(kind="invoice").exists()


def test_becomes_what_it_said_once_it_is_sent(office: Office) -> None:
    upload = office.send(office.look(sheet(office, GOOD, TOO_DEAR)))
    assert (upload.state, bytes(upload.content)) == (UploadState.TAKEN, b"")
    assert list(InvoiceLine.objects.order_by("pk").values_list("state", flat=True)) == ["accepted", "held"]
    assert Hold.objects.get().reason == "rate_mismatch"
    assert Entry.objects.filter(kind="invoice").count() == 1
    assert Invoice.objects.get().received_by == office.nora.label


def test_judges_a_later_line_by_what_the_earlier_ones_leave(office: Office) -> None:
    rows = [
        {
            "number": f"A-{place}",
            "service_date": f"2026-05-{place:02d}",
            "units": "5",
            "amount_pence": "10000",
        }
        for place in (1, 2, 3)
    ]
    upload = office.look(sheet(office, *rows))
    assert [document["held_pence"] for document in upload.outcome] == [0, 0, 100_00]
    assert upload.outcome[2]["held"][0]["reason"] == "insufficient_funds"


def test_takes_an_invoice_and_the_credit_note_for_it_from_one_file(office: Office) -> None:
    credit = {
        "type": "credit_note",
        "number": "C-1",
        "corrects": "A-1",
        "corrects_line": "1",
        "amount_pence": "-2000",
    }
    upload = office.send(office.look(sheet(office, GOOD, credit)))
    assert upload.state == UploadState.TAKEN
    assert InvoiceLine.objects.filter(state="accepted").count() == 2


def test_changes_nothing_when_the_same_file_is_sent_again(office: Office) -> None:
    office.send(office.look(sheet(office, GOOD)))
    again = office.look(sheet(office, GOOD))
    assert [document["is_first"] for document in again.outcome] == [False]
    assert office.send(again).state == UploadState.TAKEN
    assert office.send(again).state == UploadState.TAKEN
    assert Invoice.objects.count() == Entry.objects.filter(kind="invoice").count() == 1


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"number": "A-2", "contract_ref": "K-OF-OTHERS"}, "contract_ref", "You have no running contract"),
        ({"number": "A-1", "total_pence": "1"}, "total_pence", "is not the same as in row 2"),
        (
            {
                "type": "credit_note",
                "number": "C",
                "corrects": "X",
                "corrects_line": "1",
                "amount_pence": "-1",
            },
            "corrects",
            "We have no invoice X",
        ),
        (
            {
                "type": "credit_note",
                "number": "C",
                "corrects": "A-1",
                "corrects_line": "1",
                "amount_pence": "-2001",
            },
            "total_pence",
            "£20.00 is left of invoice A-1",
        ),
    ],
)
def test_refuses_the_whole_file_for_one_row_and_keeps_none_of_it(
    office: Office, row: dict[str, str], column: str, words: str
) -> None:
    make_contract(ref="K-OF-OTHERS", provider=make_provider())
    upload = office.look(sheet(office, GOOD, row))
    assert (upload.state, bytes(upload.content), upload.outcome) == (UploadState.REFUSED, b"", [])
    [fault] = upload.faults
    assert (fault["row"], fault["column"]) == (3, column)
    assert words in fault["words"]
    with pytest.raises(UnableToTakeUpload, match="not kept any more"):
        office.send(upload)


def test_refuses_a_number_that_said_something_else_before(office: Office) -> None:
    office.send(office.look(sheet(office, GOOD)))
    upload = office.look(sheet(office, TOO_DEAR))
    assert upload.faults == [{"row": 2, "column": "number", "words": upload.faults[0]["words"]}]
    assert "came in before with different contents" in upload.faults[0]["words"]


def test_asks_to_look_again_where_something_else_would_become_of_it_now(office: Office) -> None:
    dear = {"units": "10", "amount_pence": "20000"}
    seen = office.look(sheet(office, dear))
    other = make_staff(provider=office.contract.provider)
    meanwhile = office.look(sheet(office, {"number": "B-1", "service_date": "2026-05-06"}), by=other)
    office.send(meanwhile, by=other)
    assert seen.outcome[0]["held"] == []

    answered = office.send(seen)

    assert answered.state == UploadState.READY
    assert answered.outcome[0]["held"][0]["reason"] == "insufficient_funds"
    assert not Invoice.objects.filter(number="A-1").exists()
    assert office.send(answered).state == UploadState.TAKEN
    assert Invoice.objects.filter(number="A-1").exists()


def test_takes_nothing_once_the_contract_has_ended_meanwhile(office: Office) -> None:
    seen = office.look(sheet(office, GOOD))
    Contract.objects.filter(pk=office.contract.pk).update(state=ContractState.ENDED)
    answered = office.send(seen)
    assert (answered.state, bytes(answered.content)) == (UploadState.REFUSED, b"")
    assert "no running contract" in answered.faults[0]["words"]
    assert not Invoice.objects.exists()


def test_is_for_whoever_uploaded_it_and_works_there(office: Office) -> None:
    stranger, colleague = make_staff(provider=make_provider()), make_staff(provider=office.contract.provider)
    with pytest.raises(UnableToUpload):
        office.look(sheet(office, GOOD), by=stranger)
    upload = office.look(sheet(office, GOOD))
    for other in (stranger, colleague):
        assert not Upload.objects.visible_to(other).exists()
        with pytest.raises(UnableToTakeUpload, match="Only whoever uploaded"):
            office.send(upload, by=other)
    assert Upload.objects.visible_to(office.nora).get() == upload


def test_keeps_a_file_until_the_next_one_or_for_a_day(office: Office) -> None:
    first, second = office.look(sheet(office, GOOD)), office.look(sheet(office, GOOD))
    first.refresh_from_db()
    assert (first.state, bytes(first.content)) == (UploadState.FORGOTTEN, b"")
    assert forget_uploads(at=AT + timedelta(hours=24)) == 0
    assert forget_uploads(at=AT + timedelta(hours=24, seconds=1)) == 1
    second.refresh_from_db()
    assert (second.state, bytes(second.content)) == (UploadState.FORGOTTEN, b"")
    with pytest.raises(UnableToTakeUpload, match="Upload it again"):
        office.send(second)


def test_takes_an_e_invoice_by_the_same_way(office: Office) -> None:
    upload = office.send(office.look(e_invoice(office), name="may.xml"))
    assert (upload.state, upload.faults) == (UploadState.TAKEN, [])
    assert InvoiceLine.objects.get().state == "accepted"


def test_says_where_an_e_invoice_is_wrong(office: Office) -> None:
    upload = office.look(e_invoice(office).replace(b">GBP<", b">EUR<"))
    assert upload.state == UploadState.REFUSED
    assert all(fault["column"].startswith("/Invoice/") and fault["words"] for fault in upload.faults)


@pytest.mark.parametrize("hostile", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"<x", b"<x/>" * 3])
def test_refuses_hostile_xml_and_keeps_none_of_it(office: Office, hostile: bytes) -> None:
    upload = office.look(hostile)
    assert (upload.state, bytes(upload.content)) == (UploadState.REFUSED, b"")
    assert len(upload.faults) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoices_upload SET state = 'sold'",
        "UPDATE invoices_upload SET content = ''",
        "UPDATE invoices_upload SET state = 'taken', ended_at = now()",
        "UPDATE invoices_upload SET state = 'taken', content = ''",
        "UPDATE invoices_upload SET faults = '[1]'",
    ],
)
def test_postgresql_keeps_a_file_exactly_while_it_is_ready(office: Office, statement: str) -> None:
    office.look(sheet(office, GOOD))
    assert_refused(statement, match="invoices_upload")
    run_sql("UPDATE invoices_upload SET state = 'taken', content = '', ended_at = now()")
