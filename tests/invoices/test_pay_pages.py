"""The pages finance officers pay by: what is owed, a run from draft to the bank, payments, and accounts."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from invoices.actions.pay import cancel_run, draft_run, settle
from invoices.models import PayingAccount, PaymentRun, RunState
from people.models import Notice, User
from providers.models import PayeeAccount, ProviderStaff
from tests.clusters.makers import make_cluster, make_member
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import (
    AT,
    ON,
    PAY_DATE,
    bill,
    make_desk,
    make_draft,
    make_officer,
    make_payee,
    make_sent,
    make_shared_contract,
)
from tests.people.makers import make_user
from tests.sealed import one_that_says
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    """It is the first of June at nine."""
    with time_machine.travel(AT, tick=False):
        yield


def address(name: str, *args: object) -> str:
    """The address of one of these pages."""
    return reverse(f"invoices:{name}", args=args)


def press(user: User, name: str, run: PaymentRun) -> str:
    """The page that a button of a run leads to."""
    return answered(user, address(name, run.pk))


def test_says_what_is_owed_and_why_not_yet() -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    other = make_shared_contract(make_cluster(council=desk.council))
    make_member(cluster=other.cluster, ref="N-1", pledged={"council": 100_00})
    bill(other, 20_00)
    wrong = make_line(service_code="SESSION", unit_rate_pence=21_00)
    send(make_document(contract=desk.contract, lines=[wrong]), contract=desk.contract)
    page = seen(desk.farah, address("owed", desk.council.pk))
    assert 'Ready to be paid now: <strong class="big-money">£100.00</strong>' in page
    assert "No bank account of theirs is checked yet" in page
    assert reverse("invoices:payee", args=[other.provider.pk]) in page
    assert f"{desk.provider}: 1 line, £21.00" in page


def test_drafts_a_run_and_says_kindly_why_not() -> None:
    desk = make_desk()
    drafting = address("draft-run", desk.council.pk)
    assert "The next such day is Monday 8 June 2026." in answered(desk.farah, drafting, pay_date="2026-06-06")
    page = answered(desk.farah, drafting, pay_date="2026-06-04")
    assert "<h1>Payment run 1</h1>" in page
    assert "£100.00, 1 payment for 2 lines" in page
    assert "£100.00 more" in page
    assert "4 May to 5 May 2026" in page


def test_leads_a_run_from_draft_to_the_bank_with_two_people() -> None:
    desk = make_desk()
    run = make_draft(desk)
    assert "Somebody else approves it now." in press(desk.farah, "review-run", run)
    assert "somebody else approves it" in seen(desk.farah, address("run", run.pk))
    assert "Somebody else has to approve it." in press(desk.farah, "approve-run", run)
    assert "Approve £100.00" in seen(desk.frank, address("run", run.pk))
    assert "Say first which account we pay from" in press(desk.frank, "approve-run", run)
    ours = {"account_name": "Us", "sort_code": "10-00-00", "account_number": "8765 4321"}
    assert "pays from this account" in answered(
        desk.farah, address("paying-account", desk.council.pk), **ours
    )
    assert "The providers are told" in press(desk.farah, "send-run", run)
    page = seen(desk.frank, address("run", run.pk))
    assert page.index("Drafted") < page.index("Reviewed<") < page.index("Approved<")
    assert PaymentRun.objects.get().state == RunState.SENT


def test_says_who_may_approve_how_much() -> None:
    desk = make_desk()
    run = make_draft(desk)
    press(desk.farah, "review-run", run)
    small = make_officer(council=desk.council, limit_pence=99_99)
    assert "You may approve up to £99.99, and this is £100.00." in seen(small, address("run", run.pk))
    assert "Ask somebody with a higher limit." in press(small, "approve-run", run)
    assert PaymentRun.objects.get().state == RunState.REVIEWED


def test_sends_back_leaves_out_and_cancels_with_a_reason() -> None:
    desk = make_desk()
    run = make_draft(desk)
    press(desk.farah, "review-run", run)
    back = address("send-back", run.pk)
    assert "Say what should be looked at again." in answered(desk.frank, back, reason=" ")
    assert "Look at May" in answered(desk.frank, back, reason="Look at May")
    out = address("leave-out", run.payments.get().pk)
    assert "Say why it is left out." in answered(desk.farah, out, reason=" ")
    assert "New bank" in answered(desk.farah, out, reason="New bank")
    assert "Every payment of this run was left out." in press(desk.farah, "review-run", run)
    assert "Nothing in it" in answered(desk.farah, address("cancel-run", run.pk), reason="Nothing in it")
    assert "This run is at “Cancelled” now." in answered(desk.farah, back, reason="Too late")


def test_says_that_the_bank_did_not_pay_and_tells_the_provider() -> None:
    desk = make_desk()
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=desk.provider)
    payment = make_draft(desk).payments.get()
    giving_up = address("give-up", payment.pk)
    assert giving_up not in seen(desk.farah, address("payment", payment.pk))
    assert "not on its way to the bank" in answered(desk.farah, giving_up, reason="Too early")
    cancel_run(run=payment.run, reason="Again", by=desk.farah, at=AT)
    payment = make_sent(desk).payments.get()
    giving_up = address("give-up", payment.pk)
    assert giving_up in seen(desk.farah, address("payment", payment.pk))
    assert "Say why the bank did not make this payment." in answered(desk.farah, giving_up, reason=" ")
    page = answered(desk.farah, giving_up, reason="The account is closed")
    assert "can go into another run" in page
    assert giving_up not in page
    assert "The bank did not make a payment" in seen(desk.frank, address("run", payment.run_id))
    letter = Notice.objects.get(user=nora, kind="invoices_not_paid")
    assert "£100.00" in letter.words
    assert "The account is closed" in letter.words


@pytest.mark.parametrize(("kind", "media"), [("csv", "text/csv"), ("bacs", "text/plain")])
def test_gives_the_file_and_writes_down_who_fetched_it(kind: str, media: str) -> None:
    desk = make_desk()
    run = make_sent(desk)
    response = as_user(desk.farah).post(address("bank-file", run.pk, kind))
    assert response["Content-Type"].startswith(media)
    assert "no-store" in response["Cache-Control"]
    assert run.payments.get().reference in response.content.decode()
    assert "Fetched the file for the bank" in seen(desk.frank, address("run", run.pk))


def test_gives_no_file_of_a_draft_nor_of_another_kind() -> None:
    desk = make_desk()
    run = make_draft(desk)
    assert "There is a file for the bank once it is approved" in answered(
        desk.farah, address("bank-file", run.pk, "csv")
    )
    assert as_user(desk.farah).post(address("bank-file", run.pk, "exe")).status_code == 404


def test_compares_with_the_last_run_and_names_who_is_missing() -> None:
    desk = make_desk(amounts=(60_00,))
    [first] = make_sent(desk).payments.all()
    settle(payment=first, paid_date=PAY_DATE, on=PAY_DATE, at=AT, by="system:bank")
    other = make_shared_contract(make_cluster(council=desk.council))
    make_member(cluster=other.cluster, ref="N-1", pledged={"council": 100_00})
    make_payee(provider=other.provider, account_number="99998888")
    bill(other, 20_00)
    run = draft_run(council=desk.council, pay_date=PAY_DATE, by=desk.farah, on=ON, at=AT)
    page = seen(desk.farah, address("run", run.pk))
    assert "-£40.00 less" in page
    assert f"{desk.provider}: not in this run" in page


def test_leads_from_the_run_to_the_payment_the_invoice_and_the_line_and_back() -> None:
    desk = make_desk()
    run = make_sent(desk)
    payment = run.payments.get()
    line = desk.contract.invoices.get().lines.order_by("line_number")[0]
    assert address("payment", payment.pk) in seen(desk.farah, address("run", run.pk))
    page = seen(desk.farah, address("payment", payment.pk))
    assert "£100.00 to" in page
    assert address("document", line.invoice_id) in page
    assert reverse("reconciliation:line", args=[line.pk]) in page
    page = seen(desk.farah, address("document", line.invoice_id))
    assert address("payment", payment.pk) in page
    page = seen(desk.farah, reverse("reconciliation:line", args=[line.pk]))
    assert address("payment", payment.pk) in page
    assert address("document", line.invoice_id) in page


def test_tells_the_provider_what_a_payment_is_for_once_it_is_on_its_way() -> None:
    desk = make_desk()
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=desk.provider)
    payment = make_draft(desk).payments.get()
    remittance = address("remittance", payment.pk)
    assert seen(nora, remittance) == seen(desk.farah, remittance) == "404"
    press(desk.farah, "review-run", payment.run)
    press(desk.frank, "approve-run", payment.run)
    PayingAccount.objects.create(
        council=desk.council,
        account_name="Us",
        sort_code="100000",
        account_number="1" * 8,
        set_by="user:test",
    )
    press(desk.farah, "send-run", payment.run)
    page = seen(nora, remittance)
    assert "Remittance advice: £100.00" in page
    assert payment.reference in page
    assert "12345678" not in page
    assert seen(nora, address("payment", payment.pk)) == "404"


def test_has_an_account_given_by_one_and_checked_by_another() -> None:
    desk = make_desk()
    giving = address("payee", desk.provider.pk)
    new = {"account_name": "Kind Hands", "sort_code": "20 00 00", "account_number": "8888-9999"}
    assert "six digits" in answered(desk.farah, giving, **(new | {"sort_code": "12"}))
    assert "Not checked yet: nothing is paid there." in answered(desk.farah, giving, **new)
    account = one_that_says(PayeeAccount.objects.all(), account_number="88889999")
    check = address("check-payee", account.pk)
    assert check in seen(desk.frank, address("payees", desk.council.pk))
    assert "You gave this account, so somebody else checks it." in seen(desk.farah, check)
    assert "somebody else has to check it" in answered(desk.farah, check, how="Rang them")
    assert "88889999" in seen(desk.frank, check)
    page = answered(desk.frank, check, how="Rang them")
    assert "is paid into this account from now on" in page
    assert "20-00-00 ****9999" in page
    [payment] = make_draft(desk).payments.all()
    assert payment.payee == account


def test_lets_the_provider_give_its_own_account_and_no_other() -> None:
    desk = make_desk()
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=desk.provider)
    new = {"account_name": "Kind Hands", "sort_code": "200000", "account_number": "88889999"}
    assert "Somebody else checks it" in answered(nora, address("payee", desk.provider.pk), **new)
    other = make_desk()
    assert as_user(nora).post(address("payee", other.provider.pk), new).status_code == 404
    assert not PayeeAccount.objects.filter(provider=other.provider, given_by=nora).exists()
