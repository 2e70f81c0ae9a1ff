"""What became of an invoice and of each of its lines."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from commonpurse.asked_often import AskedOften
from invoices.models import Hold, Invoice, InvoiceLine, LineState

HOLDS = AskedOften(
    lambda invoices: Hold.objects.filter(line__invoice__in=invoices).order_by("opened_at", "id"),
    invoices="uuid[]",
)
# Identifiers grow as rows are written, so they keep the order of the document.
LINES = AskedOften(
    lambda invoices: InvoiceLine.objects.filter(invoice__in=invoices).order_by("id"), invoices="uuid[]"
)


class Sums(NamedTuple):
    """An invoice's pence by what became of its lines; together they are its total."""

    accepted_pence: int = 0
    held_pence: int = 0
    rejected_pence: int = 0


class LineOutcome(NamedTuple):
    """A line, its place in the document as it came, and every hold it has had, the latest last."""

    line: InvoiceLine
    place: int
    holds: list[Hold]

    @property
    def pointer(self) -> str:
        """The line's JSON pointer in the document as it came."""
        return f"/lines/{self.place}"

    @property
    def deciding_hold(self) -> Hold | None:
        """The hold that says why a line is not accepted."""
        return self.holds[-1] if self.holds and self.line.state != LineState.ACCEPTED else None


class Outcome(NamedTuple):
    """An invoice with its sums and its lines in the order they came."""

    invoice: Invoice
    sums: Sums
    lines: list[LineOutcome]


def sums_of(*, invoice_ids: Collection[UUID]) -> dict[UUID, Sums]:
    """Add up, in pence, what became of the lines of these invoices."""
    states = {state: Sum("amount_pence", filter=Q(state=state), default=0) for state in LineState.values}
    added = InvoiceLine.objects.filter(invoice__in=invoice_ids).values_list("invoice").annotate(**states)
    return {invoice_id: Sums(*(int(pence) for pence in pences)) for invoice_id, *pences in added}


def outcome_of(invoice: Invoice) -> Outcome:
    """Give what became of an invoice, in a fixed number of questions however many lines it has."""
    return outcomes_of([invoice])[0]


def outcomes_of(invoices: Sequence[Invoice]) -> list[Outcome]:
    """Give what became of invoices, in the order they are given, in a fixed number of questions."""
    asked = [invoice.pk for invoice in invoices]
    holds: dict[UUID, list[Hold]] = {}
    for hold in HOLDS(invoices=asked):
        holds.setdefault(hold.line_id, []).append(hold)
    lines: dict[UUID, list[InvoiceLine]] = {}
    for line in LINES(invoices=asked):
        lines.setdefault(line.invoice_id, []).append(line)
    return [outcome_from(invoice, lines.get(invoice.pk, []), holds) for invoice in invoices]


def outcome_from(invoice: Invoice, lines: Sequence[InvoiceLine], holds: Mapping[UUID, list[Hold]]) -> Outcome:
    """Put together what became of an invoice from its lines in order, and their holds by the ids of the lines."""
    outcomes = [LineOutcome(line, place, holds.get(line.pk, [])) for place, line in enumerate(lines)]
    pence = dict.fromkeys(LineState.values, 0)
    for line in lines:
        pence[line.state] += line.amount_pence
    return Outcome(invoice, Sums(*(pence[state] for state in LineState.values)), outcomes)


def with_line_in(state: str) -> Exists:
    """Choose the invoices that have at least one line in a state."""
    return Exists(InvoiceLine.objects.filter(invoice=OuterRef("pk"), state=state))
