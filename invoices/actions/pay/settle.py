"""Settling payments: the bank says what was paid, and the books follow."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from invoices.actions.pay.steps import locked_run, note_step, tell_provider
from invoices.models import Payment, PaymentItem, PaymentRun, PaymentState, RunState, RunStep
from ledger.actions import AccountName, Draft, Move, UnableToPost, hold_open, open_accounts, post
from ledger.models import AccountKind, EntryKind
from people.models import RoleKind, User

# What each stream owes of a payment: what its lines put to the provider's credit, credits taken off.
BY_STREAM = """
SELECT a.stream, sum(CASE WHEN a.id = t.target_id THEN t.amount_pence ELSE -t.amount_pence END)::bigint
FROM invoices_paymentitem i
JOIN invoices_invoiceline l ON l.id = i.line_id
JOIN ledger_transfer t ON t.entry_id = l.entry_id
JOIN ledger_account a ON a.id IN (t.source_id, t.target_id) AND a.kind = 'payable'
WHERE i.payment_id = %s
GROUP BY a.stream ORDER BY a.stream COLLATE "C"
"""


class UnableToSettle(Exception):
    """The payment is not on its way, or the books refuse its day."""


@transaction.atomic
def settle(*, payment: Payment, paid_date: date, on: date, at: datetime, by: str) -> Payment:
    """
    Move what a payment pays out of the books, on the day the bank paid it; once.

    In a closed month it is dated `on` (today) and says which day it concerns. The last payment of a run makes the
    run paid. Settling again for the same day is the same payment.

    :raises UnableToSettle: see the class.
    """
    run = locked_run(payment.run_id)
    payment = Payment.objects.select_for_update(no_key=True).select_related("provider").get(pk=payment.pk)
    if payment.state == PaymentState.PAID and payment.paid_date == paid_date:
        return payment
    if payment.state != PaymentState.PLANNED or run.state != RunState.SENT:
        raise UnableToSettle(f"Payment {payment.reference} is not on its way to the bank.")
    words = f"Payment {payment.reference} in {run}"
    entry_id = _post(run, f"pay:{payment.pk}", _moves(payment), paid_date, words, on=on, by=by)
    payment.state, payment.entry_id, payment.paid_date = PaymentState.PAID, entry_id, paid_date
    payment.save(update_fields=["state", "entry", "paid_date"])
    _end_if_done(payment, at=at, by=by)
    return payment


@transaction.atomic
def return_payment(*, payment: Payment, back_date: date, reason: str, on: date, by: str) -> Payment:
    """
    Take a payment back that the bank sent back: it is owed again, and its lines go into another run.

    An entry of its own, dated the day it came back (`back_date`), or `on` (today) where that month is closed: the money
    was out in between. Its moves are the exact opposite.

    :raises UnableToSettle: it was not paid, came back already, or before it went out.
    """
    run = locked_run(payment.run_id)
    payment = Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
    if payment.state != PaymentState.PAID or payment.entry is None or payment.paid_date is None:
        raise UnableToSettle(f"Payment {payment.reference} was not paid, so it cannot have come back.")
    if back_date < payment.paid_date:
        raise UnableToSettle(f"Payment {payment.reference} cannot have come back before it was paid.")
    moves = [Move(t.target_id, t.source_id, t.amount_pence) for t in payment.entry.transfers.all()]
    words = f"Payment {payment.reference} came back: {reason}"[:500]
    payment.back_entry_id = _post(run, f"pay-back:{payment.pk}", moves, back_date, words, on=on, by=by)
    payment.state, payment.note, payment.back_date = PaymentState.RETURNED, reason, back_date
    payment.save(update_fields=["state", "note", "back_date", "back_entry"])
    PaymentItem.objects.filter(payment=payment).update(is_live=False)
    return payment


@transaction.atomic
def give_up(*, payment: Payment, reason: str, by: User, at: datetime) -> Payment:
    """
    Say that the bank never made a payment of a sent run: its lines go into another run. No money had moved.

    The provider is told, because it was told that the payment is on its way.

    :raises UnableToSettle: it is not on its way, no reason is given, or somebody else has to say so.
    """
    run = locked_run(payment.run_id)
    payment = (
        Payment.objects.select_for_update(of=["self"], no_key=True)
        .select_related("provider")
        .get(pk=payment.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=run.council_id):
        raise UnableToSettle("Only a finance officer of this council can say that the bank did not pay.")
    if payment.state != PaymentState.PLANNED or run.state != RunState.SENT:
        raise UnableToSettle(f"Payment {payment.reference} is not on its way to the bank.")
    if not reason.strip():
        raise UnableToSettle("Say why the bank did not make this payment.")
    payment.state, payment.note = PaymentState.LEFT_OUT, reason
    payment.save(update_fields=["state", "note"])
    PaymentItem.objects.filter(payment=payment).update(is_live=False)
    note_step(run=run, step=RunStep.GIVEN_UP, by=by, at=at, detail=f"{payment.provider}: {reason}")
    tell_provider(
        payment=payment,
        council=run.council,
        kind="invoices_not_paid",
        by=by,
        at=at,
        reference=payment.reference,
        reason=reason.strip(),
    )
    _end_if_done(payment, at=at, by=by.label)
    return payment


def _post(run: PaymentRun, key: str, moves: list[Move], day: date, words: str, *, on: date, by: str) -> UUID:
    """Post on a day, or, where its month is closed, today with the day it concerns."""
    opens = hold_open(book_id=run.council.book_id)
    is_late = opens is not None and day < opens
    draft = Draft(
        key=key,
        kind=EntryKind.PAY,
        effective_date=on if is_late else day,
        concerned_date=day if is_late else None,
        reason=words,
        moves=moves,
    )
    try:
        return post(book_id=run.council.book_id, draft=draft, by=by).entry_id
    except UnableToPost as refusal:
        raise UnableToSettle(str(refusal)) from refusal


def _moves(payment: Payment) -> list[Move]:
    """Work out what each stream pays; one whose credits are more than its bills gets back."""
    with connection.cursor() as cursor:
        cursor.execute(BY_STREAM, [payment.pk])
        owed = [(stream, pence) for stream, pence in cursor.fetchall() if pence]
    names = {
        stream: (
            AccountName(AccountKind.PAYABLE, payment.provider_id, stream),
            AccountName(AccountKind.BANK, payment.run.council_id, stream),
        )
        for stream, _ in owed
    }
    ids = open_accounts(
        book_id=payment.run.council.book_id, names=[name for pair in names.values() for name in pair]
    )
    moves = []
    for stream, pence in owed:
        payable, bank = (ids[name] for name in names[stream])
        moves.append(Move(payable, bank, pence) if pence > 0 else Move(bank, payable, -pence))
    return moves


def _end_if_done(payment: Payment, *, at: datetime, by: str) -> None:
    """Close a run whose every payment is settled."""
    run = payment.run
    if not run.payments.filter(state=PaymentState.PLANNED).exists():
        run.state, run.ended_at, run.ended_by = RunState.PAID, at, by
        run.save(update_fields=["state", "ended_at", "ended_by"])
