"""Applying a late change: lines that were accepted by the old terms are put right by adjustments."""

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from commissioning.models import Contract, ContractService
from invoices.actions.adjust import Difference, Why, adjust
from invoices.models import Invoice
from invoices.queries.late import in_order, late_rows, terms_of
from invoices.rules.late import LateChange
from ledger.actions import with_retries
from people.models import RoleKind, User


class UnableToApply(Exception):
    """Nothing is changed by it, no reason was given, its days are in the wrong order, or it is not for the user."""


@with_retries
@transaction.atomic
def apply_late_change(
    *, service: ContractService, change: LateChange, reason: str, by: User, on: date, at: datetime
) -> list[Invoice]:
    """
    Put right what accepted lines of a service cost, by a rate or by days that were told late.

    One adjustment an invoice, its lines by the difference and with the days they had; shared as the lines were, taken
    off the provider's next payment or added to it. The same change again changes nothing. What it asks for beyond
    the money there is waits as a held line. The contract itself stays as it is: what comes later is judged by it.

    :raises UnableToApply: see the class.
    """
    contract = Contract.objects.select_for_update(no_key=True).get(pk=service.contract_id)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=contract.council_id):
        raise UnableToApply("Only a finance officer of this council can apply a late change.")
    if not reason.strip():
        raise UnableToApply("Say why, and who told you: the provider reads it.")
    if change.first and change.last and change.last < change.first:
        raise UnableToApply("The last day lies before the first. Look at them again.")
    rows = late_rows(service=service, change=change)
    if not rows:
        raise UnableToApply("This changes nothing: every accepted line is right by it already.")
    why = Why(reason.strip(), service, terms_of(change))
    return [
        adjust(
            corrects=of_invoice[0].line.invoice,
            number=f"ADJ-{uuid4().hex[:12].upper()}",
            differences=[
                Difference(row.line, row.difference_pence, row.difference_units) for row in of_invoice
            ],
            why=why,
            on=on,
            at=at,
            by=by.label,
        )
        for of_invoice in in_order(rows).values()
    ]
