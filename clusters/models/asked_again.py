"""Questions that come back to a professional after they agreed to a pooling."""

from django.db import models
from django.db.models.functions import Now

from clusters.models.membership import Membership
from clusters.models.pledge import PlanAgreement
from ledger.models.fields import UuidV7


class AskedAgain(models.Model):
    """
    A member's pooling has changed, so that their professional is asked again. It waits until there is an answer.

    Several may wait for one member; the professional's next word answers them all.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="asked_again")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.CharField(max_length=100)
    answer = models.ForeignKey(PlanAgreement, on_delete=models.PROTECT, null=True, related_name="answers")

    def __str__(self) -> str:
        return self.why
