"""Held lines as their provider sees them: the reason, whose turn it is, whom to ask, and what was answered."""

from hashlib import sha256

from django.db.models import Prefetch, QuerySet

from invoices.models import Hold, HoldReply, HoldState
from people.models import RoleKind
from providers.models import SystemKey

PROVIDER = "provider"


def holds_of(key: SystemKey) -> QuerySet[Hold]:
    """Give the holds on lines of the provider whose system asks, with what was answered, the newest first."""
    replies = HoldReply.objects.select_related("attachment").order_by("-written_at", "-pk")
    return (
        Hold.objects.filter(line__invoice__provider=key.provider_id)
        .select_related("line__invoice__contract", "line__invoice__council")
        .prefetch_related(Prefetch("replies", replies))
    )


def newest_reply(hold: Hold) -> HoldReply | None:
    """Give the answer that counts, of those that `holds_of` brought along or as they are now."""
    return max(hold.replies.all(), key=lambda reply: (reply.written_at, reply.pk), default=None)


def whom_to_ask(hold: Hold) -> str:
    """Say in words whose turn it is, without naming anybody."""
    council = hold.line.invoice.council
    if hold.state != HoldState.OPEN:
        return f"This is settled. Ask {council} where you disagree."
    if hold.owner != PROVIDER:
        return f"{RoleKind(hold.owner).label} at {council}"
    if newest_reply(hold):
        return f"You have answered. {RoleKind.FINANCE_OFFICER.label} at {council} looks at it next."
    return "It is your turn: answer, or send a credit note and a new invoice."


def tag_of(hold: Hold) -> str:
    """Give a tag that differs whenever a held line does (an ETag, without its quotes)."""
    reply = newest_reply(hold)
    parts = [hold.pk, hold.state, hold.owner, hold.due_date, hold.resolved_at, reply.pk if reply else ""]
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]
