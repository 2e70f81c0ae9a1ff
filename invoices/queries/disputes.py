"""What members say did not happen: who paid a share of it, and what waits for an answer."""

from uuid import UUID

from django.db.models import QuerySet

from clusters.models import Membership
from invoices.models import Dispute, InvoiceLine, PaymentItem, RunState
from people.models import Person


def paid_by(*, line: InvoiceLine, person: Person) -> Membership | None:
    """Give as which member a person paid a share of an accepted line; none where they paid none."""
    if line.entry is None:
        return None
    owners = line.entry.transfers.values("source__owner_id")
    return Membership.objects.filter(person=person, pk__in=owners).select_related("person__council").first()


def is_agreed_to_be_paid(*, line: InvoiceLine) -> bool:
    """Tell whether a line is paid, or in a run that two people agreed to: then it cannot be held any more."""
    return PaymentItem.objects.filter(
        line=line, is_live=True, payment__run__state__in=[RunState.APPROVED, RunState.SENT, RunState.PAID]
    ).exists()


def dispute_of(*, line: InvoiceLine) -> Dispute | None:
    """Give the latest that was said of a line; none where nothing was."""
    return line.disputes.order_by("-said_at", "-pk").first()


def disputes_of(*, council_ids: set[UUID]) -> QuerySet[Dispute]:
    """Give what was said in some councils, the oldest first."""
    return (
        Dispute.objects.filter(line__invoice__council__in=council_ids)
        .select_related(
            "line__invoice__provider", "line__invoice__contract__cluster", "line__service", "hold"
        )
        .order_by("said_at", "pk")
    )
