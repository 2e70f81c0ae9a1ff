"""What is decided in the best interests of somebody who cannot decide it, and not agreeing with that."""

from django.db import models
from django.db.models import Q

from ledger.models.fields import UuidV7
from people.models import CapacityRecord, User
from plans.models.challenge import Disagreement
from sealing.models import SealedTextField, new_id


class BestInterest(models.Model):
    """
    A decision made for somebody who cannot make it, in their best interests; written once.

    Their wishes come first (`wishes`); `consulted` says who was asked, `not_consulted` who was not and why; where there
    is nobody to ask, `advocate` says what became of an independent mental capacity advocate. `options`: what was
    considered, and which of it restricts them least. Source: Mental Capacity Act 2005, sections 4 and 35 to 39.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    capacity = models.ForeignKey(CapacityRecord, on_delete=models.PROTECT, related_name="best_interests")
    wishes = SealedTextField()
    consulted = SealedTextField(blank=True)
    not_consulted = SealedTextField(blank=True)
    advocate = SealedTextField(blank=True)
    options = SealedTextField()
    decision = SealedTextField()
    reason = SealedTextField()
    decided_date = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(wishes="") & ~Q(options="") & ~Q(decision="") & ~Q(reason=""),
                name="plans_bestinterest_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(consulted="") | ~Q(advocate=""), name="plans_bestinterest_asks_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class CapacityChallengeQuerySet(models.QuerySet["CapacityChallenge"]):
    """Ways to ask for what somebody does not agree with."""

    def waiting(self) -> "CapacityChallengeQuerySet":
        """Only those nobody has answered."""
        return self.filter(answered_at__isnull=True)


class CapacityChallenge(Disagreement):
    """
    Somebody does not agree with a record of capacity, or with what was decided under it.

    Upheld, it was looked at anew (`led_to`), or a review looks at it now.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    capacity = models.ForeignKey(CapacityRecord, on_delete=models.PROTECT, related_name="challenges")
    led_to = models.ForeignKey(CapacityRecord, on_delete=models.PROTECT, null=True, related_name="came_from")

    objects = CapacityChallengeQuerySet.as_manager()

    class Meta(Disagreement.Meta):
        constraints = [
            *Disagreement.Meta.constraints,
            models.UniqueConstraint(
                fields=["capacity", "made_by"],
                condition=Q(answered_at__isnull=True),
                name="plans_capacitychallenge_waits_once",
            ),
        ]
