"""Bank statements in the browser's terms: brought in, refused with the reason, a line said to be what it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from invoices.models import BankLine, BankLineState, BankStatement, Payment, PaymentState
from tests.invoices.banking import Entry, camt, table
from tests.invoices.paying import Desk, make_desk, make_sent
from tests.visiting import as_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A provider that is owed a hundred pounds."""
    return make_desk()


@pytest.fixture
def payment(desk: Desk) -> Payment:
    """The payment of a hundred pounds that is on its way."""
    return make_sent(desk).payments.get()


@pytest.fixture
def farah(desk: Desk, payment: Payment) -> Client:
    """The finance officer's browser."""
    return as_user(desk.farah)


def bring(client: Client, desk: Desk, data: bytes, *, name: str = "bank.xml") -> str:
    """Send a file as the form does; gives the page it ends on."""
    address = reverse("invoices:bring-statement", args=[desk.council.pk])
    answer = client.post(address, {"file": SimpleUploadedFile(name, data)}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_brings_a_file_in_and_settles_what_is_certain(farah: Client, desk: Desk, payment: Payment) -> None:
    words = bring(farah, desk, camt(Entry(pence=-100_00, reference=payment.reference)))
    assert "Bank statement S-1" in words
    assert "A payment of ours" in words
    page = farah.get(reverse("invoices:payment", args=[payment.pk])).content.decode()
    assert "Line 1 of S-1" in page


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (camt(closing=1), "bank.xml", "does not add up"),
        (table(("2026-06-04", -1_00, 9_00, "", "")).replace(b"-1.00", b"-1,00"), "b.csv", "line 2: "),
        (b"x" * 5_000_001, "big.csv", "larger than 5 MB"),
        (b"", "none.csv", "This file is empty"),
    ],
)
def test_says_what_is_wrong_and_takes_nothing_in(
    farah: Client, desk: Desk, data: bytes, name: str, words: str
) -> None:
    assert words in bring(farah, desk, data, name=name)
    assert not BankStatement.objects.exists()


def test_settles_a_line_somebody_recognises(farah: Client, desk: Desk, payment: Payment) -> None:
    bring(farah, desk, camt(Entry(pence=-100_00, reference="FPS")))
    line = BankLine.objects.get()
    shown = farah.get(reverse("invoices:bank-line", args=[line.pk])).content.decode()
    assert f"{payment.reference} to" in shown
    address = reverse("invoices:match-line", args=[line.pk])
    assert "Choose which payment it is" in farah.post(address, {}).content.decode()
    farah.post(address, {"proposal": f"payment:{payment.pk}"})
    assert Payment.objects.get(pk=payment.pk).state == PaymentState.PAID
    again = farah.post(address, {"proposal": f"payment:{payment.pk}"}).content.decode()
    assert "Select a valid choice" in again


def test_notes_what_a_line_is_that_is_not_ours(farah: Client, desk: Desk) -> None:
    bring(farah, desk, camt(Entry(pence=-12_00, reference="CHARGES")))
    line = BankLine.objects.get()
    address = reverse("invoices:explain-line", args=[line.pk])
    assert "Say what this line is" in farah.post(address, {}).content.decode()
    farah.post(address, {"reason": "The bank's charges"})
    assert BankLine.objects.get().state == BankLineState.EXPLAINED
    listed = farah.get(reverse("invoices:statements")).content.decode()
    assert "Every line is settled or explained" in listed
