"""Paying providers: two people, a bank file, a bank statement; then from its line to the members' shares, and back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from invoices.actions.pay import set_paying_account
from invoices.models import BankLine, Payment, PaymentState
from invoices.rules.working_days import working_day_from
from tests.browser.conftest import LooksRight, SignIn
from tests.invoices.banking import Entry, camt
from tests.invoices.paying import Desk, make_desk
from tests.reconciliation.makers import count

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    """Follow the first link of that name."""
    page.get_by_role("link", name=name).first.click()


def make_paying_desk() -> Desk:
    """A hundred pounds owed to a provider, and the account the council pays from."""
    desk = make_desk()
    set_paying_account(
        council=desk.council,
        account_name="Testshire Council",
        sort_code="10-00-00",
        account_number="87654321",
        service_user_number="123456",
        by=desk.farah,
        at=timezone.now(),
    )
    return desk


def draft_and_review(page: Page, looks_right: LooksRight) -> None:
    """Farah drafts everything that is owed, and has looked through it."""
    page.goto(reverse("invoices:payments"))
    follow(page, "Draft a payment run")
    pay_date = working_day_from(timezone.localdate())
    page.get_by_label("The day the bank is to pay").fill(pay_date.isoformat())
    press(page, "Draft it")
    expect(page.get_by_role("heading", name="Payment run 1")).to_be_visible()
    looks_right(page)
    press(page, "It is right: ask for approval")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def approve_and_send(page: Page) -> None:
    """Frank approves, takes the file to the bank, and says so."""
    page.goto(reverse("invoices:payments"))
    follow(page, "Run 1")
    press(page, "Approve £100.00")
    with page.expect_download() as told:
        press(page, "Get the file as CSV")
    assert Payment.objects.get().reference in told.value.path().read_text()
    press(page, "The bank has it: tell the providers")
    expect(page.get_by_text("The providers are told what the payment is for.")).to_be_visible()


def bring_statement(page: Page, on: date) -> None:
    """The bank's statement comes in, and its line is what was paid."""
    out = Entry(pence=-100_00, reference="BILL PAYMENT", name="Kind Hands", on=on)
    page.goto(reverse("invoices:statements"))
    press(page, "Bring in a statement")
    file = FilePayload(name="bank.xml", mimeType="application/xml", buffer=camt(out))
    page.get_by_label("The bank statement").set_input_files([file])
    press(page, "Bring it in")
    follow(page, "Line 1")
    page.get_by_role("radio").first.check()
    press(page, "This is it")
    expect(page.get_by_text("The line is settled")).to_be_visible()


def follow_the_pounds(page: Page, looks_right: LooksRight) -> None:
    """From the line of the statement to the run, the payment, the invoice, the line and its shares; and back."""
    payment = Payment.objects.get()
    number = payment.items.get(amount_pence=60_00).line.invoice.number
    follow(page, "Line 1")
    looks_right(page)
    if page.get_by_role("link", name="run 1").count():
        follow(page, "run 1")
    else:
        follow(page, payment.reference)
        follow(page, "Payment run")
    expect(page.get_by_role("heading", name="Payment run 1")).to_be_visible()
    follow(page, str(payment.provider))
    looks_right(page)
    follow(page, number)
    expect(page.get_by_role("heading", name=number)).to_be_visible()
    page.locator(
        f'a[href="{reverse("reconciliation:line", args=[payment.items.get(amount_pence=60_00).line_id])}"]'
    ).click()
    expect(page.get_by_text("Everybody who was a member that day pays the same.")).to_be_visible()
    expect(page.get_by_text("£30.00").first).to_be_visible()
    looks_right(page)
    follow(page, payment.reference)
    follow(page, "Line 1 of S-1")
    expect(page.get_by_role("heading", name="Money out: £100.00")).to_be_visible()


def test_pays_a_provider_and_follows_every_pound_back(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    desk, today = make_paying_desk(), timezone.localdate()
    sign_in(page, desk.farah.email)
    draft_and_review(page, looks_right)
    press(page, "Sign out")
    sign_in(page, desk.frank.email)
    approve_and_send(page)
    bring_statement(page, today)
    assert Payment.objects.get().state == PaymentState.PAID
    assert BankLine.objects.get().state != "open"
    month = today.replace(day=1)
    after = (month + timedelta(days=32)).replace(day=1)
    month_end = count(desk.council, start_date=month, on=after)
    page.goto(reverse("reconciliation:month", args=[month_end.pk]))
    expect(page.get_by_text("What providers were paid is what the bank says")).to_be_visible()
    assert month_end.certificate.get(code="bank").holds
    assert month_end.certificate.get(code="bank").found == 100_00
    page.goto(reverse("invoices:statement", args=[BankLine.objects.get().statement_id]))
    follow_the_pounds(page, looks_right)
