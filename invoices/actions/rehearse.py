"""What would become of a document: it is taken in, looked at, and all of that undone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from commissioning.models import Contract
from invoices.actions.take_in import Taken, take_in
from invoices.models import Hold, HoldState, Invoice
from invoices.rules import Document
from ledger.actions import with_retries
from people.models import User
from providers.models import Provider


@with_retries
@transaction.atomic
def rehearse(*, document: Document, provider: Provider, by: User, on: date) -> dict[str, Any]:
    """
    Say what would become of a document if it were sent now. Nothing is kept.

    :raises UnableToTakeIn: it would be refused whole.
    """
    with transaction.atomic():
        taken = take_in(document=document, provider=provider, on=on, by=by.label)
        outcome = outcome_in_short(taken, rows={})
        transaction.set_rollback(True)
    return outcome


def outcome_in_short(taken: Taken, *, rows: Mapping[int, int]) -> dict[str, Any]:
    """
    Say in plain figures, pence, what became of a document. `rows`: by line number, the row it stands in of a file.

    Of one that came in before only that: it changes nothing.
    """
    [outcome] = outcomes_in_short([(taken, rows)])
    return outcome


def outcomes_in_short(taken: Sequence[tuple[Taken, Mapping[int, int]]]) -> list[dict[str, Any]]:
    """Say of several documents what `outcome_in_short` says of one; three queries however many there are."""
    ids = [one.invoice.pk for one, _ in taken]
    refs = dict(Contract.objects.filter(invoices__in=ids).values_list("pk", "ref"))
    counted = Invoice.objects.filter(pk__in=ids).annotate(count=Count("lines")).values_list("pk", "count")
    counts = dict(counted)
    waiting = Hold.objects.filter(line__invoice__in=ids, state=HoldState.OPEN).select_related("line")
    held: dict[UUID, list[Hold]] = {}
    for hold in waiting.order_by("line__pk"):
        held.setdefault(hold.line.invoice_id, []).append(hold)
    return [
        {
            "number": one.invoice.number,
            "kind": one.invoice.kind,
            "contract": refs[one.invoice.contract_id],
            "is_first": one.is_first,
            "lines": counts[one.invoice.pk],
            "total_pence": one.invoice.total_pence,
            **_held_in_short(held.get(one.invoice.pk, []) if one.is_first else [], rows),
        }
        for one, rows in taken
    ]


def _held_in_short(holds: Sequence[Hold], rows: Mapping[int, int]) -> dict[str, Any]:
    held = [
        {
            "row": rows.get(hold.line.line_number),
            "line": hold.line.line_number,
            "amount_pence": hold.line.amount_pence,
            "reason": hold.reason,
        }
        for hold in holds
    ]
    return {"held_pence": sum(hold.line.amount_pence for hold in holds), "held": held}
