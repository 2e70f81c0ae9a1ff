"""Putting accepted lines right: a document of the council's own that corrects them by the difference."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from commissioning.models import Contract, ContractService
from invoices.actions.desk import open_desk, post_lines
from invoices.actions.take_in import hold_lines, write_invoice, write_lines
from invoices.models import Adjustment, Invoice, InvoiceKind, InvoiceLine
from invoices.rules import Accepted, Document, Held, Line
from providers.actions import tell_staff


class Difference(NamedTuple):
    """By how much a line is put right: pence, and units where some were not delivered after all (or were)."""

    line: InvoiceLine
    pence: int
    units: Decimal


class Why(NamedTuple):
    """Why lines are put right: in words the provider reads; for a late change, of which service and to what."""

    words: str
    service: ContractService | None = None
    terms: dict[str, Any] | None = None


@transaction.atomic
def adjust(
    *,
    corrects: Invoice,
    number: str,
    differences: Sequence[Difference],
    why: Why,
    on: date,
    at: datetime,
    by: str,
) -> Invoice:
    """
    Put lines of one invoice right by the difference; each is split as the line it corrects was, and keeps its day.

    What costs more than there is money for waits, as any line does. The same `number` again is the adjustment that
    stands. The provider's people are told, without amounts.
    """
    contract = (
        Contract.objects.select_related("council", "provider")
        .prefetch_related("services")
        .get(pk=corrects.contract_id)
    )
    lines = [_line(place, one) for place, one in enumerate(differences, start=1)]
    desk = open_desk(contract=contract, number=number, corrects=corrects, lines=lines, on=on)
    stands = Invoice.objects.filter(provider=contract.provider, number=number).first()
    if stands is not None:
        return stands
    verdicts = list(zip(lines, desk.judge_lines(lines, kind=InvoiceKind.ADJUSTMENT), strict=True))
    accepted = [(line, verdict) for line, verdict in verdicts if isinstance(verdict, Accepted)]
    entries = post_lines(desk, accepted, kind=InvoiceKind.ADJUSTMENT, by=by)
    document = adjustment_document(contract, corrects, number, lines, on)
    invoice = write_invoice(document, contract, corrects, by=by, at=at)
    written = write_lines(verdicts, invoice=invoice, entry_ids=entries)
    held = {line.line_number: verdict.reason for line, verdict in verdicts if isinstance(verdict, Held)}
    hold_lines(written, held, on=on, at=at)
    Adjustment.objects.create(
        invoice=invoice, reason=why.words, service=why.service, terms=why.terms, made_at=at, made_by=by
    )
    tell_provider(invoice, contract, why, at=at, by=by)
    return invoice


def _line(place: int, one: Difference) -> Line:
    """Write a difference as a line; where it says nothing of units, it has no rate either."""
    return Line(
        line_number=place,
        service_code=one.line.service_code,
        service_date=one.line.service_date,
        units=one.units.normalize() + 0,
        unit_rate_pence=one.line.unit_rate_pence if one.units else 0,
        amount_pence=one.pence,
        member_ref=one.line.member_ref,
        corrects_line=one.line.line_number,
    )


def adjustment_document(
    contract: Contract, corrects: Invoice, number: str, lines: Sequence[Line], on: date
) -> Document:
    """Write what an adjustment says as a document, so that it can be proved as others are."""
    days = [line.service_date for line in lines]
    return Document(
        kind=InvoiceKind.ADJUSTMENT,
        number=number,
        provider_ref=contract.provider.ref,
        contract_ref=contract.ref,
        issue_date=on,
        period_start_date=min(days),
        period_end_date=max(days),
        total_pence=sum(line.amount_pence for line in lines),
        lines=tuple(lines),
        corrects=corrects.number,
    )


def tell_provider(invoice: Invoice, contract: Contract, why: Why, *, at: datetime, by: str) -> None:
    """Tell whoever works for the provider that lines of theirs were put right, and why."""
    tell_staff(
        contract.provider,
        council=contract.council,
        kind="invoices_adjusted",
        key=str(invoice.pk),
        at=at,
        by=by,
        number=invoice.number,
        corrects=invoice.corrects.number if invoice.corrects else "",
        reason=why.words,
    )
