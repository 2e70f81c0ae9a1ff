"""Held lines: released once they are right, or rejected with a reason the provider sees."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from invoices.actions.desk import open_desk, post_lines
from invoices.models import Correction, Hold, HoldReason, HoldState, Invoice, InvoiceLine, LineState
from invoices.queries.crediting import left_to_credit_pence
from invoices.rules import Accepted, Held, Line
from ledger.actions import with_retries
from ledger.pennies import in_pounds
from people.models import RoleKind, User

CORRECTABLE = (
    "service_code",
    "service_date",
    "units",
    "unit_rate_pence",
    "amount_pence",
    "member_ref",
    "corrects_line",
)


class UnableToRelease(Exception):
    """The line is not held any more, is still not right, or this is not for the user to do."""


class UnableToReject(Exception):
    """The line is not held any more, no reason was given, or this is not for the user to do."""


@with_retries
@transaction.atomic
def release(
    *, hold: Hold, corrections: Mapping[str, Any], note: str, by: User, on: date, at: datetime
) -> InvoiceLine:
    """
    Judge a held line again, put right where it was wrong, and post it if it is good now.

    `corrections` may name service_code, service_date, units (Decimal), unit_rate_pence, amount_pence,
    member_ref and corrects_line; what the line said before is kept. Without corrections the line is judged as
    it is: money may have come in, or the contract may have changed.

    :raises UnableToRelease: see the class. Nothing is changed then.
    """
    if not note.strip():
        raise UnableToRelease("Please say in a few words why this can be paid now.")
    held = _locked(hold, by, UnableToRelease)
    invoice = held.line.invoice
    line = _corrected(held.line, corrections)
    _check_credit(held.line, line)
    desk = open_desk(
        contract=invoice.contract, number=invoice.number, corrects=invoice.corrects, lines=[line], on=on
    )
    [verdict] = desk.judge_lines([line], kind=invoice.kind)
    if isinstance(verdict, Held):
        reason = HoldReason(verdict.reason).label
        raise UnableToRelease(
            f"This line still cannot be paid: {reason[0].lower()}{reason[1:]}. Nothing was changed."
        )
    entries = post_lines(desk, [(line, verdict)], kind=invoice.kind, by=by.label)
    _write(held.line, line, verdict, entries.get(line.line_number), note=note, by=by.label)
    _resolve(held, HoldState.RELEASED, note=note, by=by.label, at=at)
    return held.line


@transaction.atomic
def reject(*, hold: Hold, reason: str, by: User, at: datetime) -> InvoiceLine:
    """
    Refuse a held line for good. The provider reads the reason and may send a new invoice.

    :raises UnableToReject: see the class.
    """
    if not reason.strip():
        raise UnableToReject("Please give the reason: the provider will read it.")
    held = _locked(hold, by, UnableToReject)
    held.line.state = LineState.REJECTED
    InvoiceLine.objects.filter(pk=held.line_id).update(state=LineState.REJECTED)
    _resolve(held, HoldState.REJECTED, note=reason, by=by.label, at=at)
    return held.line


def _locked(hold: Hold, by: User, refusal: type[Exception]) -> Hold:
    """Lock a hold that is still open, for somebody who may deal with it."""
    held = (
        Hold.objects.select_for_update(of=["self"], no_key=True)
        .select_related(
            "line__invoice__contract__council", "line__invoice__contract__provider", "line__invoice__corrects"
        )
        .get(pk=hold.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=held.line.invoice.council_id):
        raise refusal("Only a finance officer of this council may decide about held lines.")
    if held.reason == HoldReason.VISIT_DISPUTED:
        raise refusal("A member says that this did not happen. Answer them: then it is paid, or taken back.")
    if held.state != HoldState.OPEN:
        raise refusal("Somebody has dealt with this line already. Open it again to see what they decided.")
    return held


def _corrected(row: InvoiceLine, corrections: Mapping[str, Any]) -> Line:
    """Read a stored line as the rules see it, with what is to be put right."""
    line = Line(
        line_number=row.line_number,
        service_code=row.service_code,
        service_date=row.service_date,
        units=row.units.normalize() + 0,
        unit_rate_pence=row.unit_rate_pence,
        amount_pence=row.amount_pence,
        member_ref=row.member_ref,
        corrects_line=row.corrects_line,
    )
    unknown = set(corrections) - set(CORRECTABLE)
    if unknown:
        raise UnableToRelease(f"{', '.join(sorted(unknown))} cannot be put right on a line.")
    return replace(line, **corrections)


def _check_credit(row: InvoiceLine, line: Line) -> None:
    """Hold a credit line that is put right to what is left of its invoice; other credits wait until this is done."""
    credited, more = row.invoice.corrects, row.amount_pence - line.amount_pence
    if credited is None or more <= 0:
        return
    Invoice.objects.select_for_update(no_key=True).get(pk=credited.pk)
    left = left_to_credit_pence(credited) - row.amount_pence  # what this line gives back now is counted in it
    if -line.amount_pence > left:
        raise UnableToRelease(
            f"This line would give back {in_pounds(-line.amount_pence)}, and {in_pounds(left)} is left of invoice "
            f"{credited.number}. Put in that much at most."
        )


def _write(row: InvoiceLine, line: Line, verdict: Accepted, entry_id: Any, *, note: str, by: str) -> None:
    """Write what the line says now, and keep what it said before where that changed."""
    before = {name: _plain(getattr(row, name)) for name in CORRECTABLE}
    after = {name: _plain(value) for name, value in asdict(line).items() if name in CORRECTABLE}
    if before != after:
        Correction.objects.create(line=row, before=before, after=after, corrected_by=by, reason=note)
    changed = {name: getattr(line, name) for name in CORRECTABLE} | {
        "service_id": verdict.terms.id,
        "membership_id": verdict.member.id if verdict.member else None,
        "corrected_line_id": verdict.corrected_id,
        "state": LineState.ACCEPTED,
        "entry_id": entry_id,
    }
    InvoiceLine.objects.filter(pk=row.pk).update(**changed)
    row.refresh_from_db()


def _plain(value: Any) -> Any:
    """Write a value so that JSON keeps it exactly."""
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    return value.isoformat() if isinstance(value, date) else value


def _resolve(hold: Hold, state: HoldState, *, note: str, by: str, at: datetime) -> None:
    Hold.objects.filter(pk=hold.pk).update(state=state, resolved_at=at, resolved_by=by, note=note)
    hold.refresh_from_db()
