"""Long files of invoices: looked at and sent by a worker, by the same rules as short ones, all of it or nothing."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commissioning.models import Contract, ContractState
from invoices.actions import forget_uploads
from invoices.actions.long_upload import (
    ROWS_AT_ONCE,
    ask_to_look,
    ask_to_send,
    is_long,
)
from invoices.actions.upload import KEPT, UnableToTakeUpload, UnableToUpload
from invoices.models import Hold, Invoice, InvoiceLine, Upload, UploadState
from jobs.actions import work_off
from jobs.models import Job, JobState
from ledger.models import Entry
from tests.invoices.sheets import AT, Office, make_csv, make_office
from tests.providers.makers import make_provider, make_staff
from tests.visiting import as_user, seen

PAGE = "/invoices/provider/upload/"
MANY = ROWS_AT_ONCE + 1


def long_csv(office: Office, *, last: dict[str, str] | None = None) -> bytes:
    """A file of one row more than is looked at on the spot: lines of a penny, twenty invoices."""
    penny = {"units": "0.0005", "amount_pence": "1"}
    rows = [penny | {"number": f"A-{place % 20}"} for place in range(MANY - 1)]
    return make_csv(*rows, penny | {"number": "A-0"} | (last or {}), contract=office.contract)


def do_the_work() -> None:
    """Do what is asked for, as a worker would."""
    for job in Job.objects.filter(state=JobState.WAITING, part_of=None).order_by("asked_at"):
        assert work_off(job).state == JobState.DONE, job.error


def put(client: Client, content: bytes) -> str:
    """The page that a file leads to, on one line."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile("may.csv", content)}, follow=True)
    return " ".join(answer.content.decode().split())


def page_of(upload: Upload) -> str:
    return reverse("invoices:uploaded", args=[upload.pk])


def test_is_long_from_more_rows_on_than_are_judged_on_the_spot() -> None:
    assert not is_long(b"x\n" * ROWS_AT_ONCE)
    assert is_long(b"x\n" * MANY)
    assert is_long(b"x\r" * MANY)


@pytest.mark.django_db(transaction=True)
def test_is_looked_at_and_sent_while_the_page_shows_how_far_it_is() -> None:
    office = make_office()
    client = as_user(office.nora)
    words = put(client, long_csv(office, last={"unit_rate_pence": "9900"}))
    assert "We are looking at your file" in words
    assert "hx-get" in words
    assert not Invoice.objects.exists()
    do_the_work()
    upload = Upload.objects.get()
    words = seen(office.nora, page_of(upload))
    assert "What would become of your file" in words
    assert "Send 20 invoices" in words
    assert f"Row {MANY + 1}" in words
    assert not Invoice.objects.exists()

    words = client.post(f"{page_of(upload)}send/", follow=True).content.decode()
    assert "Your file is being sent" in words
    client.post(f"{page_of(upload)}send/")
    do_the_work()
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (UploadState.TAKEN, b"")
    assert "Your file is sent" in seen(office.nora, page_of(upload))
    assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (20, MANY)
    assert Hold.objects.get().reason == "rate_mismatch"
    assert Entry.objects.filter(kind="invoice").count() == MANY - 1


@pytest.mark.django_db(transaction=True)
def test_lists_what_is_wrong_and_keeps_nothing() -> None:
    office = make_office()
    put(as_user(office.nora), long_csv(office, last={"units": "1,5"}))
    do_the_work()
    upload = Upload.objects.get()
    assert (upload.state, bytes(upload.content)) == (UploadState.REFUSED, b"")
    answer = as_user(office.nora).get(f"{page_of(upload)}errors.csv").content.decode()
    assert list(csv.reader(StringIO(answer)))[1][:2] == [str(MANY + 1), "units"]


@pytest.mark.django_db(transaction=True)
def test_refuses_all_of_it_for_one_document_that_is_refused() -> None:
    office = make_office()
    put(as_user(office.nora), long_csv(office, last={"number": "B-1", "contract_ref": "K-OTHER"}))
    do_the_work()
    upload = Upload.objects.get()
    assert upload.state == UploadState.REFUSED
    assert [(fault["row"], fault["column"]) for fault in upload.faults] == [(MANY + 1, "contract_ref")]
    assert not Invoice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_takes_in_nothing_where_it_would_become_something_else_by_now() -> None:
    office = make_office()
    upload = ask_to_look(
        provider=office.contract.provider, name="may.csv", content=long_csv(office), by=office.nora, at=AT
    )
    do_the_work()
    upload.refresh_from_db()
    ask_to_send(upload=upload, by=office.nora)
    Contract.objects.filter(pk=office.contract.pk).update(state=ContractState.ENDED)
    do_the_work()
    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert "no running contract" in upload.faults[0]["words"]
    assert not Invoice.objects.exists()


@pytest.mark.django_db
def test_is_only_for_who_works_there_and_uploaded_it() -> None:
    office = make_office()
    stranger, colleague = make_staff(provider=make_provider()), make_staff(provider=office.contract.provider)
    content = long_csv(office)
    with pytest.raises(UnableToUpload, match="only of a provider you work for"):
        ask_to_look(provider=office.contract.provider, name="x", content=content, by=stranger, at=AT)
    upload = ask_to_look(provider=office.contract.provider, name="x", content=content, by=office.nora, at=AT)
    with pytest.raises(UnableToTakeUpload, match="Only whoever uploaded"):
        ask_to_send(upload=upload, by=colleague)
    with pytest.raises(UnableToTakeUpload, match="not kept any more"):
        ask_to_send(upload=upload, by=office.nora)
    assert seen(colleague, page_of(upload)) == "404"


@pytest.mark.django_db(transaction=True)
def test_is_forgotten_after_a_day_and_not_looked_at_any_more() -> None:
    office = make_office()
    upload = ask_to_look(
        provider=office.contract.provider, name="x", content=long_csv(office), by=office.nora, at=AT
    )
    assert forget_uploads(at=AT + KEPT * 2) == 1
    do_the_work()
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.content)) == (UploadState.FORGOTTEN, b"")
