"""What somebody says to a question that is about them."""

from django.db import models
from django.db.models import Q

from clusters.models.decision import Decision
from clusters.models.membership import Membership
from ledger.models.fields import UuidV7
from sealing.models import SealedTextField, new_id


class Hearing(models.Model):
    """
    The words of a member whom the others decide about, written by them or their helper. Shown beside the question.

    Written once; saying something else is a new one, and the newest is shown.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="hearings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="hearings")
    words = SealedTextField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="clusters_hearing_says_something")]

    def __str__(self) -> str:
        return f"Said on {self.said_at:%Y-%m-%d}"
