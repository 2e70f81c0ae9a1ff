"""What was found when a month was counted, and the certificate that says whether everything agrees."""

from django.db import models
from django.db.models import Q

from clusters.models import Cluster, Membership
from invoices.models import InvoiceLine
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import RoleKind, User
from reconciliation.models.month_end import MonthEnd


class CertificateLine(models.Model):
    """
    One thing that must be true of a month, with its figures. `holds` says whether it is.

    `expected` and `found` are pence or, with `is_money` false, a count.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    month_end = models.ForeignKey(MonthEnd, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    expected = models.BigIntegerField()
    found = models.BigIntegerField()
    is_money = models.BooleanField()
    holds = models.BooleanField()
    checksum = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["month_end", "code"], name="reconciliation_certificate_says_it_once"
            ),
            models.CheckConstraint(
                condition=Q(holds=True, expected=models.F("found"))
                | (Q(holds=False) & ~Q(expected=models.F("found"))),
                name="reconciliation_certificate_holds_what_agrees",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def difference(self) -> int:
        """Found less expected."""
        return self.found - self.expected


class FindingKind(models.TextChoices):
    """What can be found. The first five stop the month from being signed."""

    SHARE_DIFFERS = "share_differs", "A share is not what the rules give"
    LINE_WITHOUT_POSTING = "line_without_posting", "A share that was never posted"
    POSTING_WITHOUT_LINE = "posting_without_line", "A posting that no invoice line explains"
    CREDITED_TOO_MUCH = "credited_too_much", "More was credited than billed"
    OPENING_DIFFERS = "opening_differs", "The opening is not what the last month left"
    HELD_LINE = "held_line", "A held line was open at month end"
    OVERSPEND_FORECAST = "overspend_forecast", "The money may not last"


BLOCKING_KINDS = (
    FindingKind.SHARE_DIFFERS,
    FindingKind.LINE_WITHOUT_POSTING,
    FindingKind.POSTING_WITHOUT_LINE,
    FindingKind.CREDITED_TOO_MUCH,
    FindingKind.OPENING_DIFFERS,
)


class FindingState(models.TextChoices):
    """What became of a finding."""

    OPEN = "open", "Open"
    EXPLAINED = "explained", "Explained"
    GONE = "gone", "No longer there"


class Finding(models.Model):
    """
    An exception of one month: what it is, whose turn it is, where it is, and its figures in pence.

    `owner` is a role, or "provider". `run` is the count that saw it last; one that a later count does not
    see is gone.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    month_end = models.ForeignKey(MonthEnd, on_delete=models.PROTECT, related_name="findings", db_index=False)
    kind = models.CharField(max_length=30, choices=FindingKind.choices)
    is_blocking = models.BooleanField()
    owner = models.CharField(max_length=20, choices=[*RoleKind.choices, ("provider", "Provider")])
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="findings", db_index=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="findings", db_index=False
    )
    stream = models.CharField(max_length=30, blank=True)
    line = models.ForeignKey(
        InvoiceLine, on_delete=models.PROTECT, null=True, related_name="findings", db_index=False
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="findings", db_index=False
    )
    expected_pence = models.BigIntegerField()
    found_pence = models.BigIntegerField()
    run = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)
    checksum = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month_end", "cluster", "kind", "membership", "stream", "line", "entry"],
                nulls_distinct=False,
                name="reconciliation_finding_is_written_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values), name="reconciliation_finding_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FindingState.values), name="reconciliation_finding_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BLOCKING_KINDS, is_blocking=True)
                | (~Q(kind__in=BLOCKING_KINDS) & Q(is_blocking=False)),
                name="reconciliation_finding_blocks_by_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.EXPLAINED)
                | (~Q(explanation="") & Q(explained_by__isnull=False, explained_at__isnull=False)),
                name="reconciliation_finding_says_who_explained_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["month_end", "kind"], condition=Q(state="open"), name="reconciliation_finding_open"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def difference_pence(self) -> int:
        """Found less expected, in pence."""
        return self.found_pence - self.expected_pence

    @property
    def short_pence(self) -> int:
        """How much is missing, in pence, where less was found than expected."""
        return max(0, -self.difference_pence)
