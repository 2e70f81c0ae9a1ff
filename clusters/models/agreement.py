"""Agreements: what the members sign, and how each service is shared."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clusters.models.decision import Method
from clusters.models.membership import Membership
from ledger.models.fields import UuidV7

YES_OR_NO = [method for method in Method.values if method != Method.APPROVAL]


class WhenAway(models.TextChoices):
    """What happens to a member's part of a shared cost while they are away (care rules, example 13)."""

    PAYS_ANYWAY = "pays_anyway", _("They pay as usual")
    OTHERS_COVER = "others_cover", _("The others cover it")
    RESERVE_COVERS = "reserve_covers", _("The reserve covers it")


class Agreement(models.Model):
    """
    A version of the pooling agreement. It binds once its founders have signed; then it never changes.

    A later version needs the members' decision as well. `notice_days` is how long somebody who leaves is still
    a member, at most 28; `voting_days` how long a decision stays open; `quorum_votes` of `quorum_of` must vote;
    `reserve_percent` of what was put in stays free whatever is bought. `words` is all of it in their own words.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True)
    on_holiday = models.CharField(max_length=20, choices=WhenAway.choices, default=WhenAway.PAYS_ANYWAY)
    on_illness = models.CharField(max_length=20, choices=WhenAway.choices, default=WhenAway.PAYS_ANYWAY)
    leaving_words = models.TextField(blank=True)
    joining_words = models.TextField(blank=True)
    unhappy_words = models.TextField(blank=True)
    surplus_words = models.TextField(blank=True)
    admit_method = models.CharField(max_length=12, choices=Method.choices, default=Method.CONSENT)
    money_method = models.CharField(max_length=12, choices=Method.choices, default=Method.MAJORITY)
    change_method = models.CharField(max_length=12, choices=Method.choices, default=Method.TWO_THIRDS)
    is_secret = models.BooleanField(default=False)
    quorum_votes = models.PositiveSmallIntegerField(default=1)
    quorum_of = models.PositiveSmallIntegerField(default=2)
    voting_days = models.PositiveSmallIntegerField(default=7)
    notice_days = models.PositiveSmallIntegerField(default=0)
    reserve_percent = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.CharField(max_length=100, blank=True)
    signed_date = models.DateField(null=True)
    is_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "version"], name="clusters_agreement_version_is_one"),
            models.CheckConstraint(
                condition=Q(on_holiday__in=WhenAway.values, on_illness__in=WhenAway.values),
                name="clusters_agreement_says_who_pays_when_away",
            ),
            models.CheckConstraint(
                condition=Q(
                    admit_method__in=YES_OR_NO, money_method__in=YES_OR_NO, change_method__in=YES_OR_NO
                ),
                name="clusters_agreement_methods_are_known",
            ),
            models.CheckConstraint(
                condition=Q(quorum_votes__gt=0, quorum_of__gte=F("quorum_votes")),
                name="clusters_agreement_quorum_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(voting_days__gte=1, voting_days__lte=28),
                name="clusters_agreement_gives_time_to_vote",
            ),
            models.CheckConstraint(
                condition=Q(notice_days__lte=28), name="clusters_agreement_keeps_nobody_long"
            ),
            models.CheckConstraint(
                condition=Q(reserve_percent__lte=50), name="clusters_agreement_reserve_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.version}"


class SharingRule(models.TextChoices):
    """How the members share a line of an invoice (design section 2)."""

    BY_USE = "by_use", _("Each pays for their own")
    EQUAL = "equal", _("Shared equally")
    BY_PLEDGE = "by_pledge", _("Shared by what each pledged")


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
