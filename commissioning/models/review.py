"""Reviews: what members say of those who deliver what they buy."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clusters.models import Membership
from commissioning.models.contract import Contract
from ledger.models.fields import UuidV7


class ProviderReview(models.Model):
    """
    What a member thinks of a provider after having had something from it: one to five, and words.

    Once a contract and member, of the contract's own cluster. Others see it only among at least three, without a name.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reviews")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviews")
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "membership"], name="commissioning_review_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="commissioning_review_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of 5"
