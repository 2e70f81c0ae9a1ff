"""Invitations: a code with which somebody may ask to join, before anything about anybody is shown."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clusters.models.membership import Membership
from ledger.models.fields import UuidV7


class Invitation(models.Model):
    """
    A code (and so a link) that a member hands to somebody. It opens the cluster's public page and the way to ask.

    It can be used up to `ends_at` (exclusive) as often as it is handed on, until it is withdrawn. It says nothing
    about anyone.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="invitations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="clusters_invitation_lasts_a_while"
            )
        ]

    def __str__(self) -> str:
        return self.code
