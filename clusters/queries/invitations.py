"""Which codes work."""

from datetime import datetime

from django.db.models import QuerySet

from clusters.models import Invitation, Membership
from clusters.queries.members import WITH_A_PART


def invitation_with(*, code: str, at: datetime) -> Invitation | None:
    """Give the invitation of a code that works at a moment, made by somebody who still has a part; else none."""
    found = Invitation.objects.filter(
        code=code,
        withdrawn_at__isnull=True,
        made_at__lte=at,
        ends_at__gt=at,
        membership__state__in=WITH_A_PART,
        cluster__state__in=["forming", "agreed", "active"],
    )
    return found.select_related("cluster").first()


def working_invitations(*, membership: Membership, at: datetime) -> QuerySet[Invitation]:
    """Give a member's codes that work at a moment, the newest first."""
    return membership.invitations.filter(withdrawn_at__isnull=True, ends_at__gt=at).order_by("-made_at")
