"""Agreements: what the members sign, and how each service is shared."""

from django.db import models
from django.db.models import Q

from clusters.models.membership import Membership
from ledger.models.fields import UuidV7


class Agreement(models.Model):
    """A version of the pooling agreement. It binds once its founders have signed; then it never changes."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True)
    signed_date = models.DateField(null=True)
    is_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "version"], name="clusters_agreement_version_is_one")
        ]

    def __str__(self) -> str:
        return f"Agreement {self.version}"


class SharingRule(models.TextChoices):
    """How the members share a line of an invoice (design section 2)."""

    BY_USE = "by_use", "Each pays for their own"
    EQUAL = "equal", "Shared equally"
    BY_PLEDGE = "by_pledge", "Shared by what each pledged"


class SharingTerm(models.Model):
    """A term of the agreement: how one service is shared; under one contract alone where `contract_ref` names it."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sharing_terms")
    service_code = models.CharField(max_length=40)
    contract_ref = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=10, choices=SharingRule.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "service_code", "contract_ref"],
                name="clusters_sharing_term_is_one_a_service",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=SharingRule.values), name="clusters_sharing_term_rule_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_code}: {self.get_rule_display()}"


class Signature(models.Model):
    """A member's own signature under one version of the agreement."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="signatures")
    signed_date = models.DateField()
    signed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "membership"], name="clusters_agreement_is_signed_once_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.signed_date}"
