"""Which accepted lines a late change touches, and by how much; nothing is changed here."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from commissioning.models import ContractService
from invoices.models import Adjustment, InvoiceLine, LineState
from invoices.queries.adjusting import Standing, standing_of
from invoices.rules.late import Billed, LateChange, due_pence, due_units


class LateRow(NamedTuple):
    """A line that a late change touches: what it costs now, and what it comes to. Pence."""

    line: InvoiceLine
    before_pence: int
    difference_pence: int
    difference_units: Decimal

    @property
    def after_pence(self) -> int:
        """What it comes to."""
        return self.before_pence + self.difference_pence


def late_rows(*, service: ContractService, change: LateChange) -> list[LateRow]:
    """
    Give the accepted lines of a service that a late change touches, by day.

    Each is worked out anew by every change it has had and this one; a line that was taken back whole stays so, and
    none is put below nothing.
    """
    lines = list(
        InvoiceLine.objects.filter(service=service, state=LineState.ACCEPTED, corrects_line__isnull=True)
        .select_related("invoice", "service")
        .order_by("service_date", "invoice__number", "line_number")
    )
    standing, had = standing_of(lines), changes_had(service=service)
    rows = [
        _row(line, standing[line.pk], had.get((line.invoice_id, line.line_number), []), change)
        for line in lines
    ]
    return [row for row in rows if row.difference_pence or row.difference_units]


def _row(line: InvoiceLine, stands: Standing, had: list[LateChange], change: LateChange) -> LateRow:
    billed = Billed(
        day=line.service_date,
        unit=line.service.unit if line.service else "",
        units=line.units,
        rate_pence=line.unit_rate_pence,
        amount_pence=line.amount_pence,
    )
    changed, due = [*had, change], due_pence(billed, had)
    pence = due_pence(billed, changed) - due
    units = due_units(billed, changed) - due_units(billed, had)
    if stands.pence <= 0 < due:  # it was taken back: the provider credited it, or it did not happen
        return LateRow(line, stands.pence, 0, Decimal(0))
    return LateRow(line, stands.pence, max(pence, -stands.pence), units)


def changes_had(*, service: ContractService) -> dict[tuple[UUID, int], list[LateChange]]:
    """Give the late changes that lines of a service have had, by invoice and line number, the oldest first."""
    rows = (
        InvoiceLine.objects.filter(
            invoice__adjustment__service=service, invoice__adjustment__terms__isnull=False
        )
        .exclude(state=LineState.REJECTED)
        .order_by("invoice__adjustment__made_at", "invoice_id")
        .values_list("invoice__corrects", "corrects_line", "invoice__adjustment__terms")
    )
    had: dict[tuple[UUID, int], list[LateChange]] = {}
    for invoice_id, line_number, terms in rows:
        if invoice_id is not None and line_number is not None and terms is not None:
            had.setdefault((invoice_id, line_number), []).append(change_from(terms))
    return had


def late_changes_of(*, service: ContractService) -> list[Adjustment]:
    """Give the adjustments that late changes of a service made, the newest first."""
    made = Adjustment.objects.filter(service=service).select_related("invoice__corrects")
    return list(made.order_by("-made_at", "-pk"))


def terms_of(change: LateChange) -> dict[str, Any]:
    """Write a change as it is kept."""
    return {
        "first": change.first.isoformat() if change.first else None,
        "last": change.last.isoformat() if change.last else None,
        "rate_pence": change.rate_pence,
    }


def change_from(terms: dict[str, Any]) -> LateChange:
    """Read a change as it was kept."""
    first, last = (date.fromisoformat(terms[end]) if terms[end] else None for end in ("first", "last"))
    return LateChange(first=first, last=last, rate_pence=terms["rate_pence"])


def in_order(rows: Collection[LateRow]) -> dict[UUID, list[LateRow]]:
    """Put the rows of each invoice together."""
    by_invoice: dict[UUID, list[LateRow]] = {}
    for row in rows:
        by_invoice.setdefault(row.line.invoice_id, []).append(row)
    return by_invoice
