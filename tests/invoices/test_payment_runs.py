"""A payment run: drafted from what is owed, reviewed, approved by somebody else, sent, settled by the bank."""

from datetime import date

import pytest

from invoices.actions.pay import (
    UnableToAgree,
    UnableToDraftRun,
    UnableToSend,
    UnableToSettle,
    approve_run,
    cancel_run,
    draft_run,
    give_up,
    leave_out,
    return_payment,
    review_run,
    send_back,
    send_run,
    settle,
)
from invoices.models import (
    Hold,
    HoldReason,
    InvoiceLine,
    Payment,
    PaymentRun,
    PaymentState,
    RunEvent,
    RunState,
)
from invoices.queries.payable import differences, owed_to_providers, payable_lines, total_pence
from ledger.models import Account, AccountKind, Entry
from ledger.queries import balances_pence
from tests.clusters.makers import make_cluster, make_member, make_pledge
from tests.invoices.makers import MAY_4, make_document, make_line, send
from tests.invoices.paying import (
    AT,
    ON,
    PAY_DATE,
    Desk,
    bill,
    make_desk,
    make_draft,
    make_officer,
    make_payee,
    make_sent,
    make_shared_contract,
)
from tests.people.makers import make_commissioner

pytestmark = pytest.mark.django_db
PAID = date(2026, 6, 4)


def owed(desk: Desk) -> int:
    """Pence that the books say the provider is owed."""
    accounts = Account.objects.filter(kind=AccountKind.PAYABLE, owner_id=desk.provider.pk)
    return sum(balances_pence(account_ids=list(accounts.values_list("pk", flat=True))).values())


def test_puts_everything_that_is_owed_into_one_payment_a_provider() -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    run = make_draft(desk)
    [payment] = run.payments.all()
    assert (run.number, run.state, payment.amount_pence) == (1, RunState.DRAFT, 100_00)
    assert sorted(item.amount_pence for item in payment.items.all()) == [40_00, 60_00]
    assert payment.reference.startswith("CP00001")
    assert not payable_lines(council=desk.council).exists()


def test_takes_credits_off_and_leaves_who_is_owed_nothing_for_later() -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    number = InvoiceLine.objects.get(amount_pence=60_00).invoice.number
    credit = make_line(
        service_code="SESSION",
        service_date=date(2026, 5, 4),
        units="-1",
        amount_pence=-20_00,
        corrects_line=1,
    )
    send(make_document(contract=desk.contract, lines=[credit], corrects=number), contract=desk.contract)
    [payment] = make_draft(desk).payments.all()
    assert payment.amount_pence == 80_00
    assert payment.items.count() == 3


def test_pays_nobody_whose_account_is_not_checked() -> None:
    desk = make_desk()
    other = make_shared_contract(make_cluster(council=desk.council))
    make_member(cluster=other.cluster, ref="N-1", pledged={"council": 100_00})
    bill(other, 20_00)
    waiting = {one.provider: one.why_not for one in owed_to_providers(council=desk.council)}
    assert "No bank account" in waiting[other.provider]
    assert [payment.provider for payment in make_draft(desk).payments.all()] == [desk.provider]


def test_leaves_held_lines_out() -> None:
    desk = make_desk()
    make_member(cluster=desk.contract.cluster, ref="M-2", pledged={"council": 1_00})
    wrong = make_line(unit_rate_pence=21_00)
    send(make_document(contract=desk.contract, lines=[wrong]), contract=desk.contract)
    [payment] = make_draft(desk).payments.all()
    assert payment.amount_pence == 100_00


@pytest.mark.parametrize("pay_date", [date(2026, 5, 31)])
def test_drafts_for_today_or_later_only(pay_date: date) -> None:
    desk = make_desk()
    with pytest.raises(UnableToDraftRun, match="today or later"):
        draft_run(council=desk.council, pay_date=pay_date, by=desk.farah, on=ON, at=AT)


@pytest.mark.parametrize("pay_date", [date(2026, 6, 6), date(2026, 8, 31)], ids=["Saturday", "bank holiday"])
def test_drafts_for_days_on_which_banks_pay(pay_date: date) -> None:
    desk = make_desk()
    with pytest.raises(UnableToDraftRun, match=r"working days.*(8 June|1 September) 2026"):
        draft_run(council=desk.council, pay_date=pay_date, by=desk.farah, on=ON, at=AT)
    assert not PaymentRun.objects.exists()


def test_drafts_one_run_at_a_time_and_never_for_nothing() -> None:
    desk = make_desk()
    with pytest.raises(UnableToDraftRun, match="finance officer"):
        draft_run(
            council=desk.council, pay_date=PAY_DATE, by=make_commissioner(council=desk.council), on=ON, at=AT
        )
    run = make_draft(desk)
    with pytest.raises(UnableToDraftRun, match="open already"):
        make_draft(desk)
    approve_run(run=review_run(run=run, by=desk.farah, at=AT), by=desk.frank, at=AT)
    with pytest.raises(UnableToDraftRun, match="Nothing can be paid"):
        make_draft(desk)


def test_is_approved_by_somebody_who_neither_made_nor_reviewed_it() -> None:
    desk = make_desk()
    run = make_draft(desk)
    with pytest.raises(UnableToAgree, match="at “Draft”"):
        approve_run(run=run, by=desk.frank, at=AT)
    run = review_run(run=run, by=desk.frank, at=AT)
    for one in (desk.farah, desk.frank):
        with pytest.raises(UnableToAgree, match="Somebody else"):
            approve_run(run=run, by=one, at=AT)
    approved = approve_run(run=run, by=make_officer(council=desk.council), at=AT)
    assert PaymentRun.objects.get(pk=approved.pk).state == RunState.APPROVED


def test_is_approved_within_a_limit() -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    with pytest.raises(UnableToAgree, match=r"pays £100.00, and you may approve up to £99.99"):
        approve_run(run=run, by=make_officer(council=desk.council, limit_pence=99_99), at=AT)
    assert approve_run(run=run, by=make_officer(council=desk.council, limit_pence=100_00), at=AT)


def test_pays_nothing_that_was_held_after_the_draft() -> None:
    desk = make_desk()
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    line = InvoiceLine.objects.earliest("line_number")
    Hold.objects.create(line=line, reason=HoldReason.DUPLICATE_LINE, owner="finance_officer", due_date=ON)
    with pytest.raises(UnableToAgree, match="was held, or taken back"):
        approve_run(run=run, by=desk.frank, at=AT)
    assert PaymentRun.objects.get(pk=run.pk).state == RunState.REVIEWED


def test_leaves_one_provider_out_and_pays_it_in_the_next_run() -> None:
    desk = make_desk()
    run = make_draft(desk)
    with pytest.raises(UnableToAgree, match="Say why"):
        leave_out(payment=run.payments.get(), reason=" ", by=desk.farah, at=AT)
    leave_out(payment=run.payments.get(), reason="They changed their bank", by=desk.farah, at=AT)
    assert total_pence(run) == 0
    with pytest.raises(UnableToAgree, match="Every payment of this run was left out"):
        review_run(run=run, by=desk.farah, at=AT)
    cancel_run(run=run, reason="Nothing left in it", by=desk.farah, at=AT)
    assert make_draft(desk).payments.get().amount_pence == 100_00


def test_goes_back_to_a_draft_with_a_reason() -> None:
    desk = make_desk()
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    run = send_back(run=run, reason="Look at Kind Hands again", by=desk.frank, at=AT)
    assert (run.state, run.reviewed_by, run.note) == (RunState.DRAFT, None, "Look at Kind Hands again")


def test_is_cancelled_up_to_the_bank_and_frees_its_lines() -> None:
    desk = make_desk()
    run = make_sent(desk)
    with pytest.raises(UnableToAgree, match="at “Sent to the bank”"):
        cancel_run(run=run, reason="Too late", by=desk.farah, at=AT)


def test_is_sent_once_approved_and_from_an_account() -> None:
    desk = make_desk()
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    with pytest.raises(UnableToSend, match="once it is approved"):
        send_run(run=run, by=desk.farah, at=AT)
    run = approve_run(run=run, by=desk.frank, at=AT)
    with pytest.raises(UnableToSend, match="which bank account"):
        send_run(run=run, by=desk.farah, at=AT)
    assert not Entry.objects.filter(kind="pay").exists()


def test_moves_what_is_owed_out_of_the_books_when_the_bank_paid() -> None:
    desk = make_desk(amounts=(60_00, 40_00), streams={"council": 300_00, "health": 100_00})
    assert owed(desk) == 100_00
    payment = make_sent(desk).payments.get()
    settle(payment=payment, paid_date=PAID, on=PAID, at=AT, by="system:bank")
    again = settle(payment=payment, paid_date=PAID, on=PAID, at=AT, by="system:bank")
    assert (again.state, again.paid_date, owed(desk)) == (PaymentState.PAID, PAID, 0)
    entry = Entry.objects.get(kind="pay")
    assert (entry.key, entry.effective_date) == (f"pay:{payment.pk}", PAID)
    assert sum(transfer.amount_pence for transfer in entry.transfers.all()) == 100_00
    assert entry.transfers.count() == 2  # one a stream
    assert PaymentRun.objects.get(pk=payment.run_id).state == RunState.PAID


def test_pays_a_stream_back_whose_credits_are_more_than_its_bills() -> None:
    desk = make_desk(amounts=(40_00,), streams={"council": 20_00})
    settle(payment=make_sent(desk).payments.get(), paid_date=PAID, on=PAID, at=AT, by="system:bank")
    number = InvoiceLine.objects.get().invoice.number
    credit = make_line(
        service_code="SESSION",
        service_date=date(2026, 5, 4),
        units="-2",
        amount_pence=-40_00,
        corrects_line=1,
    )
    send(make_document(contract=desk.contract, lines=[credit], corrects=number), contract=desk.contract)
    for member in desk.contract.cluster.memberships.all():
        make_pledge(membership=member, stream="health", amount_pence=980_00, on=MAY_4)
    bill(desk.contract, 100_00)
    payment = make_sent(desk).payments.get()
    assert payment.amount_pence == 60_00
    settle(payment=payment, paid_date=PAID, on=PAID, at=AT, by="system:bank")
    moves = Entry.objects.get(key=f"pay:{payment.pk}").transfers.order_by("source__kind")
    assert [(move.source.kind, move.source.stream, move.amount_pence) for move in moves] == [
        ("bank", "council", 38_00),
        ("payable", "health", 98_00),
    ]
    assert owed(desk) == 0


def test_is_owed_again_when_the_bank_sends_it_back() -> None:
    desk = make_desk()
    payment = make_sent(desk).payments.get()
    with pytest.raises(UnableToSettle, match="was not paid"):
        return_payment(payment=payment, back_date=PAID, reason="Account closed", on=PAID, by="system:bank")
    settle(payment=payment, paid_date=PAID, on=PAID, at=AT, by="system:bank")
    returned = return_payment(
        payment=payment, back_date=PAID, reason="Account closed", on=PAID, by="system:bank"
    )
    assert (returned.state, owed(desk)) == (PaymentState.RETURNED, 100_00)
    assert make_draft(desk).payments.get().amount_pence == 100_00
    with pytest.raises(UnableToSettle, match="was not paid"):
        return_payment(payment=payment, back_date=PAID, reason="Again", on=PAID, by="system:bank")


def test_gives_up_what_the_bank_never_paid() -> None:
    desk = make_desk()
    payment = make_sent(desk).payments.get()
    with pytest.raises(UnableToSettle, match="Say why"):
        give_up(payment=payment, reason=" ", by=desk.farah, at=AT)
    with pytest.raises(UnableToSettle, match="Only a finance officer"):
        give_up(payment=payment, reason="No", by=make_commissioner(council=desk.council), at=AT)
    give_up(payment=payment, reason="The bank refused the file's line", by=desk.farah, at=AT)
    event = RunEvent.objects.get(step="given_up")
    assert (event.acted_by, event.detail) == (
        desk.farah,
        f"{desk.provider}: The bank refused the file's line",
    )
    assert PaymentRun.objects.get(pk=payment.run_id).state == RunState.PAID
    assert owed(desk) == 100_00
    with pytest.raises(UnableToSettle, match="not on its way"):
        settle(payment=payment, paid_date=PAID, on=PAID, at=AT, by="system:bank")
    assert Payment.objects.get(pk=payment.pk).state == PaymentState.LEFT_OUT
    assert make_draft(desk).payments.get().amount_pence == 100_00


def test_tells_how_it_differs_from_the_run_before() -> None:
    desk = make_desk(amounts=(60_00,))
    settle(payment=make_sent(desk).payments.get(), paid_date=PAID, on=PAID, at=AT, by="system:bank")
    other = make_shared_contract(make_cluster(council=desk.council))
    make_member(cluster=other.cluster, ref="N-1", pledged={"council": 100_00})
    make_payee(provider=other.provider)
    bill(other, 20_00)
    bill(desk.contract, 100_00)
    rows = {
        row.provider: (row.amount_pence, row.last_pence, row.change_pence)
        for row in differences(make_draft(desk))
    }
    assert rows == {desk.provider: (100_00, 60_00, 40_00), other.provider: (20_00, 0, 20_00)}
