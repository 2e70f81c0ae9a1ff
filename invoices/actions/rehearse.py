"""What would become of a document: it is taken in, looked at, and all of that undone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from invoices.actions.take_in import Taken, take_in
from invoices.models import Hold, HoldState
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
    invoice = taken.invoice
    holds = Hold.objects.filter(line__invoice=invoice, state=HoldState.OPEN).select_related("line")
    held = [
        {
            "row": rows.get(hold.line.line_number),
            "line": hold.line.line_number,
            "amount_pence": hold.line.amount_pence,
            "reason": hold.reason,
        }
        for hold in (holds.order_by("line__pk") if taken.is_first else [])
    ]
    return {
        "number": invoice.number,
        "kind": invoice.kind,
        "contract": invoice.contract.ref,
        "is_first": taken.is_first,
        "lines": invoice.lines.count(),
        "total_pence": invoice.total_pence,
        "held_pence": sum(row["amount_pence"] for row in held),
        "held": held,
    }
