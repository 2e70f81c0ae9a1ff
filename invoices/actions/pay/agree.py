"""Agreeing to a payment run: one person reviews it, another approves it within their limit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from invoices.actions.pay.steps import locked_run, note_step
from invoices.models import Payment, PaymentItem, PaymentRun, PaymentState, RunState, RunStep
from invoices.queries.payable import total_pence
from invoices.queries.paying import approval_limit_pence
from ledger.actions import refused_by
from ledger.pennies import in_pounds
from people.models import RoleKind, User


class UnableToAgree(Exception):
    """The run is at another step, something in it is held, or somebody else has to do this."""


@transaction.atomic
def review_run(*, run: PaymentRun, by: User, at: datetime) -> PaymentRun:
    """
    Say that somebody has looked through a draft and it is right. Nothing of it can be changed afterwards.

    :raises UnableToAgree: see the class.
    """
    run = _at_step(run, RunState.DRAFT, by=by)
    run.state, run.reviewed_at, run.reviewed_by = RunState.REVIEWED, at, by
    _move_on(run, "state", "reviewed_at", "reviewed_by")
    note_step(run=run, step=RunStep.REVIEWED, by=by, at=at)
    return run


@transaction.atomic
def send_back(*, run: PaymentRun, reason: str, by: User, at: datetime) -> PaymentRun:
    """
    Make a reviewed run a draft again, saying why.

    :raises UnableToAgree: see the class; or no reason is given.
    """
    run = _at_step(run, RunState.REVIEWED, by=by)
    _needs(reason, "Say what should be looked at again.")
    run.state, run.reviewed_at, run.reviewed_by, run.note = RunState.DRAFT, None, None, reason
    _move_on(run, "state", "reviewed_at", "reviewed_by", "note")
    note_step(run=run, step=RunStep.SENT_BACK, by=by, at=at, detail=reason)
    return run


@transaction.atomic
def approve_run(*, run: PaymentRun, by: User, at: datetime) -> PaymentRun:
    """
    Agree that a reviewed run is paid. Never whoever drafted or reviewed it, and only within one's limit.

    The limit is that of the role, pence for one run.

    :raises UnableToAgree: see the class.
    """
    run = _at_step(run, RunState.REVIEWED, by=by)
    if by.pk in (run.made_by_id, run.reviewed_by_id):
        raise UnableToAgree("You drafted or reviewed this run. Somebody else has to approve it.")
    limit = approval_limit_pence(by, council_id=run.council_id)
    total = total_pence(run)
    if total > limit:
        raise UnableToAgree(
            f"This run pays {in_pounds(total)}, and you may approve up to {in_pounds(limit)}. "
            "Ask somebody with a higher limit."
        )
    run.state, run.approved_at, run.approved_by = RunState.APPROVED, at, by
    _move_on(run, "state", "approved_at", "approved_by")
    note_step(run=run, step=RunStep.APPROVED, by=by, at=at)
    return run


@transaction.atomic
def leave_out(*, payment: Payment, reason: str, by: User, at: datetime) -> Payment:
    """
    Take one provider out of a draft; its lines can be paid by another run.

    :raises UnableToAgree: see the class; or no reason is given.
    """
    run = _at_step(payment.run, RunState.DRAFT, by=by)
    _needs(reason, "Say why it is left out.")
    payment = (
        Payment.objects.select_for_update(of=["self"], no_key=True)
        .select_related("provider")
        .get(pk=payment.pk)
    )
    if payment.state != PaymentState.PLANNED:
        raise UnableToAgree("This payment is left out already.")
    _leave_out([payment], reason)
    note_step(run=run, step=RunStep.LEFT_OUT, by=by, at=at, detail=f"{payment.provider}: {reason}")
    return payment


@transaction.atomic
def cancel_run(*, run: PaymentRun, reason: str, by: User, at: datetime) -> PaymentRun:
    """
    Give a run up before it went to the bank; its lines can be paid by another run.

    :raises UnableToAgree: see the class; or no reason is given.
    """
    run = _at_step(run, RunState.DRAFT, RunState.REVIEWED, RunState.APPROVED, by=by)
    _needs(reason, "Say why the run is cancelled.")
    _leave_out(list(run.payments.filter(state=PaymentState.PLANNED)), reason)
    run.state, run.note, run.ended_at, run.ended_by = RunState.CANCELLED, reason, at, by.label
    _move_on(run, "state", "note", "ended_at", "ended_by")
    note_step(run=run, step=RunStep.CANCELLED, by=by, at=at, detail=reason)
    return run


def _at_step(run: PaymentRun, *states: RunState, by: User) -> PaymentRun:
    """Lock a run that is at one of these steps, for somebody who pays for the council."""
    run = locked_run(run.pk)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=run.council_id):
        raise UnableToAgree("Only a finance officer of this council can do this.")
    if run.state not in states:
        raise UnableToAgree(
            f"This run is at “{run.get_state_display()}” now. Open it again to see what became of it."
        )
    return run


def _move_on(run: PaymentRun, *fields: str) -> None:
    try:
        with transaction.atomic():
            run.save(update_fields=list(fields))
    except IntegrityError as refusal:
        raise UnableToAgree(WORDS.get(refused_by(refusal), str(refusal))) from refusal


WORDS = {
    "invoices_run_pays_nothing_on_hold": "Something in this run was held, or taken back, since it was drafted. "
    "Cancel the run and draft it again: what is held stays out.",
    "invoices_run_pays_somebody": "Every payment of this run was left out. Cancel it.",
}


def _needs(reason: str, words: str) -> None:
    if not reason.strip():
        raise UnableToAgree(words)


def _leave_out(payments: list[Payment], reason: str) -> None:
    for payment in payments:
        payment.state, payment.note = PaymentState.LEFT_OUT, reason
        payment.save(update_fields=["state", "note"])
    PaymentItem.objects.filter(payment__in=payments).update(is_live=False)
