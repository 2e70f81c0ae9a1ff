"""Held lines as their provider sees them: the reason, whose turn it is, and whom to ask."""

from django.db.models import QuerySet

from invoices.models import Hold
from people.models import RoleKind
from providers.models import SystemKey

PROVIDER = "provider"


def holds_of(key: SystemKey) -> QuerySet[Hold]:
    """Give the holds on lines of the provider whose system asks."""
    return Hold.objects.filter(line__invoice__provider=key.provider_id).select_related(
        "line__invoice__contract", "line__invoice__council"
    )


def whom_to_ask(hold: Hold) -> str:
    """Say in words whose turn it is, without naming anybody."""
    if hold.owner == PROVIDER:
        return "It is your turn: answer, or send a credit note and a new invoice."
    role = RoleKind(hold.owner).label
    return f"{role} at {hold.line.invoice.council}"
