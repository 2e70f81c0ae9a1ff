"""Splitting a held line: what is right of it is paid, and the rest is rejected, or waits on."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from invoices.actions.adjust import Why, adjustment_document, tell_provider
from invoices.actions.holds import UnableToRelease, release
from invoices.actions.take_in import write_invoice
from invoices.models import Adjustment, Hold, HoldState, Invoice, InvoiceLine, LineState
from invoices.rules import Line, due_date
from ledger.actions import with_retries
from ledger.pennies import in_pounds, line_pence
from people.models import User


class UnableToSplit(Exception):
    """It is not held any more, the part cannot be paid, there is no rest, or this is not for the user to do."""


@with_retries
@transaction.atomic
def split_line(
    *, hold: Hold, units: Decimal, is_rest_held: bool, reason: str, by: User, on: date, at: datetime
) -> Invoice:
    """
    Pay so many units of a held line at the contract's rate; the rest of its amount is rejected, or held on.

    The line says from now on what is paid; what it said before is kept. The rest is a line of an adjustment that
    corrects it: both together are what was billed, to the penny. The provider reads the reason.

    :raises UnableToSplit: see the class. Nothing is changed then.
    """
    line = InvoiceLine.objects.select_related("invoice__contract__council", "invoice__provider").get(
        pk=hold.line_id
    )
    billed_pence, billed_units = line.amount_pence, line.units
    service = line.invoice.contract.services.filter(code=line.service_code).first()
    if line.corrects_line is not None or billed_pence <= 0 or service is None:
        raise UnableToSplit("Only a line of an invoice, for a service of its contract, can be split.")
    if not 0 < units <= billed_units:
        raise UnableToSplit(
            f"Write how many units are right: more than 0, at most {billed_units.normalize():f}."
        )
    paid_pence = line_pence(units, service.unit_rate_pence)
    if paid_pence >= billed_pence:
        raise UnableToSplit(
            f"That comes to {in_pounds(paid_pence)}, and {in_pounds(billed_pence)} was billed: nothing is left over. "
            "Put the line right and pay it instead."
        )
    corrections = {"units": units, "unit_rate_pence": service.unit_rate_pence, "amount_pence": paid_pence}
    try:
        line = release(hold=hold, corrections=corrections, note=reason, by=by, on=on, at=at)
    except UnableToRelease as refusal:
        raise UnableToSplit(str(refusal)) from refusal
    rest = Line(
        line_number=1,
        service_code=line.service_code,
        service_date=line.service_date,
        units=billed_units.normalize() - units.normalize() + 0,
        unit_rate_pence=service.unit_rate_pence,
        amount_pence=billed_pence - paid_pence,
        member_ref=line.member_ref,
        corrects_line=line.line_number,
    )
    return _set_aside(line, rest, hold, is_held=is_rest_held, reason=reason, by=by, on=on, at=at)


def _set_aside(
    line: InvoiceLine,
    rest: Line,
    hold: Hold,
    *,
    is_held: bool,
    reason: str,
    by: User,
    on: date,
    at: datetime,
) -> Invoice:
    """Write the rest of a line beside it, held for the reason it was held for, or rejected."""
    contract = line.invoice.contract
    document = adjustment_document(contract, line.invoice, f"ADJ-{hold.pk.hex[-12:].upper()}", [rest], on)
    invoice = write_invoice(document, contract, line.invoice, by=by.label, at=at)
    row = InvoiceLine.objects.create(
        invoice=invoice,
        line_number=rest.line_number,
        service_code=rest.service_code,
        service_date=rest.service_date,
        units=rest.units,
        unit_rate_pence=rest.unit_rate_pence,
        amount_pence=rest.amount_pence,
        member_ref=rest.member_ref,
        corrects_line=rest.corrects_line,
        state=LineState.HELD if is_held else LineState.REJECTED,
    )
    resolved = {} if is_held else {"resolved_at": at, "resolved_by": by.label, "note": reason.strip()}
    Hold.objects.create(
        line=row,
        reason=hold.reason,
        owner=hold.owner,
        due_date=due_date(on=on),
        opened_at=at,
        state=HoldState.OPEN if is_held else HoldState.REJECTED,
        **resolved,
    )
    why = Why(
        f"Part of the line is paid. {'The rest waits' if is_held else 'The rest is rejected'}: {reason.strip()}"
    )
    Adjustment.objects.create(invoice=invoice, reason=why.words, made_at=at, made_by=by.label)
    tell_provider(invoice, contract, why, at=at, by=by.label)
    return invoice
