"""Contracts, the services they buy, what members commit to them, and how one ends early."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from budgets.models import FundingStream
from clusters.models import Cluster, Decision, Membership, SharingRule
from commissioning.rules import yearly_estimate_pence
from ledger.models.fields import UuidV7
from people.models import Council, Person, Role, User
from providers.models import Provider, ProviderStaff
from providers.rules import unit_words


class ContractState(models.TextChoices):
    """How far a contract has come."""

    DRAFT = "draft", _("Draft")
    REQUESTED = "requested", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    ENDED = "ended", _("Ended")


class ContractQuerySet(models.QuerySet["Contract"]):
    """Ways to ask for contracts."""

    def visible_to(self, user: User | AnonymousUser) -> "ContractQuerySet":
        """Give those of a cluster one (or whom one helps) is in, of one's councils, and of one's employer."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.own_or_helped(user)
        return self.filter(
            Q(cluster__in=Membership.objects.filter(person__in=people).in_the_pool().values("cluster"))
            | Q(council__in=Role.objects.filter(user=user).values("council"))
            | Q(provider__in=ProviderStaff.objects.filter(user=user).values("provider"))
        )


class Contract(models.Model):
    """
    What a cluster buys from a provider, from `start_date` up to (not including) `end_date`.

    `weekly_pence` and `one_off_pence` are its expected value; a spot contract expects none and commits
    nothing in advance. `is_loaded`: approved elsewhere and loaded as given. It is drafted from an `offer` that a
    `decision` of the members chose; `replaces`: the contract it varies, which ends as this one begins. `notice_days`
    is how long after notice is given it still has to be paid.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="contracts")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="contracts")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    start_date = models.DateField()
    end_date = models.DateField()
    state = models.CharField(max_length=10, choices=ContractState.choices, default=ContractState.DRAFT)
    weekly_pence = models.BigIntegerField(default=0)
    one_off_pence = models.BigIntegerField(default=0)
    is_regulated = models.BooleanField(default=False)
    is_loaded = models.BooleanField(default=False)
    notice_days = models.PositiveSmallIntegerField(default=0)
    offer = models.ForeignKey(
        "commissioning.Offer", on_delete=models.PROTECT, null=True, related_name="contracts"
    )
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="contract")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replacements")

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "ref"], name="commissioning_contract_ref_is_one_in_a_council"
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="commissioning_contract_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ContractState.values), name="commissioning_contract_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(weekly_pence__gte=0, one_off_pence__gte=0),
                name="commissioning_contract_is_not_worth_less_than_nothing",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state=ContractState.APPROVED),
                name="commissioning_contract_is_replaced_once",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def last_date(self) -> date:
        """The last day it runs."""
        return self.end_date - timedelta(days=1)

    @property
    def yearly_pence(self) -> int:
        """What it is worth in a year, in pence; a spot contract nothing in advance."""
        return yearly_estimate_pence(weekly_pence=self.weekly_pence, one_off_pence=self.one_off_pence)


class ContractService(models.Model):
    """
    One service a contract buys: its unit, the rate in pence, how members share it, and its limit.

    `alone_rate_pence` is what one person alone, without a cluster, would pay for one unit (none: not known); a unit
    that several members share is compared with that price once for each of them. `max_units` is the most that may
    be delivered over the whole term (none: no limit).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    description = models.CharField(max_length=200)
    unit = models.CharField(max_length=30)
    unit_rate_pence = models.BigIntegerField()
    alone_rate_pence = models.BigIntegerField(null=True)
    sharing_rule = models.CharField(max_length=10, choices=SharingRule.choices)
    max_units = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "code"], name="commissioning_service_code_is_one_in_a_contract"
            ),
            models.CheckConstraint(
                condition=Q(unit_rate_pence__gte=0), name="commissioning_service_rate_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(sharing_rule__in=SharingRule.values), name="commissioning_service_rule_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def unit_words(self) -> str:
        """One of its unit, in words: "hour"."""
        return unit_words(self.unit)


class Commitment(models.Model):
    """What one member promises a contract from one stream, in pence; posted when it is approved."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="commitments")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="commitments")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "membership", "stream"], name="commissioning_commitment_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0), name="commissioning_commitment_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"


class ContractEnd(models.Model):
    """
    A contract ended before its time: the day it ended on from then on (exclusive), the one it had, and why.

    Written in the transaction that moves the contract's `end_date` back; what is promised beyond is released.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="early_end")
    end_date = models.DateField()
    planned_end_date = models.DateField()
    reason = models.TextField()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(db_default=Now())
    ended_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__lt=F("planned_end_date")), name="commissioning_end_comes_early"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="commissioning_end_says_why"),
        ]

    def __str__(self) -> str:
        return f"ends {self.end_date}"
