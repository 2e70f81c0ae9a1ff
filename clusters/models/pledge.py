"""Pledges: what a member proposes to put in, why that is safe for them, and what they put in."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from budgets.models import Budget, FundingStream
from clusters.models.membership import Membership
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import User
from plans.models import Need, Plan


class ProposedPledge(models.Model):
    """What somebody who asks to join would put in, by stream, in pence. No money moves yet."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="proposed_pledges")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "stream"], name="clusters_proposed_pledge_is_one_a_stream"
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0), name="clusters_proposed_pledge_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"


class PlanAgreement(models.Model):
    """The professional's agreement, in the person's plan, to one pooling: which need it meets, and why it is safe."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="plan_agreements")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="pooling_agreements")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="+")
    is_agreed = models.BooleanField()
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_loaded=True) | Q(decided_by__isnull=False),
                name="clusters_plan_agreement_says_who_decided",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(note=""), name="clusters_plan_agreement_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return "Agreed" if self.is_agreed else "Not agreed"


class Pledge(models.Model):
    """Money a member put into their share of the pool, in pence, from one stream, counting from a day on."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pledges")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="pledges")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()
    effective_date = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="clusters_pledge_is_something")
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p from {self.effective_date}"


class ReturnReason(models.TextChoices):
    """Why money went back from a share of the pool to a budget."""

    REDUCED = "reduced", _("Pledged less")
    PAUSED = "paused", _("Paused")
    LEFT = "left", _("Left the cluster")
    SETTLED = "settled", _("Settled after leaving")
    CLOSED = "closed", _("The cluster closed")


class PledgeReturn(models.Model):
    """What went back from a member's share of the pool to their budget, in pence above zero, and why."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="returns")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="pledge_returns")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()
    effective_date = models.DateField()
    reason = models.CharField(max_length=10, choices=ReturnReason.choices)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="clusters_return_is_something"),
            models.CheckConstraint(
                condition=Q(reason__in=ReturnReason.values), name="clusters_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"
