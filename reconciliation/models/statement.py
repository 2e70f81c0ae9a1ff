"""What each cluster and each member did in a month, in pence."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from clusters.models import Cluster, Membership
from commissioning.models import ContractService
from ledger.models.fields import UuidV7
from people.models import User
from reconciliation.models.month_end import MonthEnd


class ClusterMonth(models.Model):
    """
    A cluster's month: the sums of its members' statements, and the marks by which a change shows.

    `billed_pence`: its accepted lines, credits taken off. `recomputed_pence`: the shares worked out again from
    invoices and agreements; `posted_pence`: the shares in the books. `last_closing_pence`: what the last closed
    month left (the opening itself where none is closed). `money_mark`, `terms_mark`: fingerprints of its
    accounts and of its members and services; `move_count`: transfers up to the end of the month.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    month_end = models.ForeignKey(MonthEnd, on_delete=models.PROTECT, related_name="cluster_months")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="months")
    run = models.PositiveIntegerField()
    member_count = models.PositiveIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    billed_pence = models.BigIntegerField(default=0)
    recomputed_pence = models.BigIntegerField(default=0)
    posted_pence = models.BigIntegerField(default=0)
    differing_count = models.PositiveIntegerField(default=0)
    last_closing_pence = models.BigIntegerField(default=0)
    opening_pence = models.BigIntegerField(default=0)
    pledged_pence = models.BigIntegerField(default=0)
    returned_pence = models.BigIntegerField(default=0)
    other_pence = models.BigIntegerField(default=0)
    closing_pence = models.BigIntegerField(default=0)
    committed_pence = models.BigIntegerField(default=0)
    later_pence = models.BigIntegerField(default=0)
    money_mark = models.BigIntegerField()
    terms_mark = models.BigIntegerField()
    move_count = models.BigIntegerField(default=0)
    checksum = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month_end", "cluster"], name="reconciliation_cluster_month_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id}"

    @property
    def available_pence(self) -> int:
        """What is left in the pool and promised to nobody, in pence."""
        return self.closing_pence - self.committed_pence


class ServiceMonth(models.Model):
    """
    What one service delivered to a cluster in a month: accepted lines, units and pence, credits taken off.

    Units in the service's own unit. In `units` every line counts once, however many members share it; in
    `shared_units` it counts once for each member who pays a part of it.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster_month = models.ForeignKey(ClusterMonth, on_delete=models.PROTECT, related_name="services")
    service = models.ForeignKey(
        ContractService, on_delete=models.PROTECT, related_name="months", db_index=False
    )
    line_count = models.PositiveIntegerField()
    units = models.DecimalField(max_digits=18, decimal_places=4)
    shared_units = models.DecimalField(max_digits=20, decimal_places=4)
    pence = models.BigIntegerField()
    checksum = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "cluster_month"], name="reconciliation_service_month_is_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pence}p"


class Flag(models.TextChoices):
    """How a member's spend compares with what the month was allotted."""

    ON_TRACK = "on_track", "On track"
    UNDER = "under", "Less than planned"
    OVER = "over", "More than planned"


class StatementQuerySet(models.QuerySet["Statement"]):
    """Ways to ask for statements."""

    def visible_to(self, user: User | AnonymousUser) -> "StatementQuerySet":
        """Give one's own, and those of the memberships one may see."""
        return self.filter(membership__in=Membership.objects.visible_to(user))


class Statement(models.Model):
    """
    One member's month in one cluster, from one stream. Units: pence.

    opening + pledged - returned - spent - other = closing = committed + available; `other` is what left the
    pool in any further way. `allocation_pence`: the pledges spread evenly by day up to the end of their
    budget, the days of this month; `variance_pence`: allocation less spent. `forecast_pence`: what will be
    left when the budget ends if every day to come costs what a day of this month did. `spent_on`: by service
    id, pence and units (a shared line counts whole for everybody who shares it).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster_month = models.ForeignKey(ClusterMonth, on_delete=models.PROTECT, related_name="statements")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    stream = models.CharField(max_length=30)
    opening_pence = models.BigIntegerField()
    pledged_pence = models.BigIntegerField()
    returned_pence = models.BigIntegerField()
    spent_pence = models.BigIntegerField()
    other_pence = models.BigIntegerField()
    closing_pence = models.BigIntegerField()
    committed_pence = models.BigIntegerField()
    available_pence = models.BigIntegerField()
    allocation_pence = models.BigIntegerField()
    variance_pence = models.BigIntegerField()
    forecast_pence = models.BigIntegerField()
    flag = models.CharField(max_length=10, choices=Flag.choices)
    spent_on = models.JSONField()
    checksum = models.BigIntegerField(db_default=0, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "cluster_month", "stream"],
                name="reconciliation_statement_is_written_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    closing_pence=F("opening_pence")
                    + F("pledged_pence")
                    - F("returned_pence")
                    - F("spent_pence")
                    - F("other_pence")
                ),
                name="reconciliation_statement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(closing_pence=F("committed_pence") + F("available_pence")),
                name="reconciliation_statement_says_what_is_promised",
            ),
            models.CheckConstraint(
                condition=Q(variance_pence=F("allocation_pence") - F("spent_pence")),
                name="reconciliation_statement_variance_is_exact",
            ),
            models.CheckConstraint(
                condition=Q(flag__in=Flag.values), name="reconciliation_statement_flag_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.stream}"
