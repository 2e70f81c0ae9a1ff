"""Saying what a line of a bank statement is: a payment of ours, one that came back, or something else."""

from datetime import date, datetime

from django.db import transaction

from invoices.actions.pay import UnableToSettle, return_payment, settle
from invoices.models import BankLine, BankLineState, BankStatement, Payment, PaymentRun, PaymentState
from invoices.queries.proposals import proposals_for
from people.models import RoleKind, User


class UnableToMatch(Exception):
    """The line is settled already, the money or the day is another, or somebody else has to do this."""


@transaction.atomic
def match_line(
    *,
    line: BankLine,
    payment: Payment | None = None,
    run: PaymentRun | None = None,
    by: User,
    on: date,
    at: datetime,
) -> BankLine:
    """
    Say which payment, or which whole run, a line is. Money out settles it; money in brings it back.

    Only what is proposed can be said: the same money, of the same council.

    :raises UnableToMatch: see the class.
    """
    line = _open_line(line, by=by)
    chosen = next((one for one in proposals_for(line) if (one.payment, one.run) == (payment, run)), None)
    if chosen is None:
        raise UnableToMatch("This is not the same money, or it was settled meanwhile. Open the line again.")
    return _settle(line, payment=payment, run=run, on=on, at=at, by=by.label)


@transaction.atomic
def explain_line(*, line: BankLine, why: str, by: User, at: datetime) -> BankLine:
    """
    Say of a line that it is no payment of ours, and what it is. It changes nothing in our books.

    :raises UnableToMatch: see the class; or nothing is said.
    """
    line = _open_line(line, by=by)
    if not why.strip():
        raise UnableToMatch("Say what this line is, so that the next person knows.")
    line.state, line.note, line.settled_at, line.settled_by = BankLineState.EXPLAINED, why, at, by.label
    line.save(update_fields=["state", "note", "settled_at", "settled_by"])
    return line


def match_certain(*, statement: BankStatement, on: date, at: datetime, by: str) -> int:
    """Settle every line whose reference and amount both name one payment; gives how many."""
    settled = 0
    for line in (
        statement.lines.filter(state=BankLineState.OPEN).select_related("statement").order_by("place")
    ):
        certain = [one for one in proposals_for(line) if one.is_certain]
        if len(certain) == 1:
            try:
                with transaction.atomic():
                    _settle(line, payment=certain[0].payment, run=None, on=on, at=at, by=by)
            except UnableToMatch:
                continue  # it stays open, and a person looks at it
            settled += 1
    return settled


def _open_line(line: BankLine, *, by: User) -> BankLine:
    line = (
        BankLine.objects.select_for_update(of=["self"], no_key=True)
        .select_related("statement")
        .get(pk=line.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=line.statement.council_id):
        raise UnableToMatch("Only a finance officer of this council can say what a line is.")
    if line.state != BankLineState.OPEN:
        raise UnableToMatch(f"This line is settled already: {line.get_state_display().lower()}.")
    return line


def _settle(
    line: BankLine, *, payment: Payment | None, run: PaymentRun | None, on: date, at: datetime, by: str
) -> BankLine:
    """Move the money in the books as the bank moved it, and note it on the line."""
    is_back = line.amount_pence > 0
    planned = list(run.payments.filter(state=PaymentState.PLANNED)) if run else []
    try:
        if payment is not None and is_back:
            reason = line.reference or "The bank sent it back"
            return_payment(payment=payment, back_date=line.booking_date, reason=reason, on=on, by=by)
        for one in [payment] if payment is not None and not is_back else planned:
            settle(payment=one, paid_date=line.booking_date, on=on, at=at, by=by)
    except UnableToSettle as refusal:
        raise UnableToMatch(str(refusal)) from refusal
    line.state = BankLineState.RETURNED if is_back else BankLineState.PAID
    line.payment, line.run, line.settled_at, line.settled_by = payment, run, at, by
    line.save(update_fields=["state", "payment", "run", "settled_at", "settled_by"])
    return line
