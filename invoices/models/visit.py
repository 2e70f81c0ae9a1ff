"""What a provider says was delivered: records of visits."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clusters.models import Membership
from commissioning.models import Contract, ContractService
from ledger.models.fields import UuidV7
from people.models import MONEY_WIDE, Council, Role, User
from providers.models import Provider, ProviderStaff, SystemKey


class VisitQuerySet(models.QuerySet["Visit"]):
    """Ways to ask for visits."""

    def visible_to(self, user: User | SystemKey | AnonymousUser) -> "VisitQuerySet":
        """Give those of a council one works for, of one's employer, or of the provider whose system asks."""
        if isinstance(user, SystemKey):
            return self.filter(provider=user.provider_id)
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(council__in=Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council"))
            | Q(provider__in=ProviderStaff.objects.filter(user=user).values("provider"))
        )


class Visit(models.Model):
    """
    One visit as its provider recorded it. Kept as it came; it costs nothing by itself. It can be withdrawn, once.

    `ref` is the provider's own id for it, used once. `service_date` is the day it began, in the council's time;
    `ended_at` is exclusive. `units` in the service's unit. `membership` is none where the service is shared.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="visits")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="visits")
    service = models.ForeignKey(ContractService, on_delete=models.PROTECT, related_name="visits")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="visits")
    ref = models.CharField(max_length=60)
    service_date = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    units = models.DecimalField(max_digits=14, decimal_places=4)
    body_hash = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True, db_default="")
    withdrawn_reason = models.CharField(max_length=500, blank=True, db_default="")

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "ref"], name="invoices_visit_ref_is_used_once"),
            models.UniqueConstraint(
                fields=["service", "membership", "started_at", "ended_at"],
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
                name="invoices_visit_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="invoices_visit_says_who_withdrew_it_and_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("started_at")), name="invoices_visit_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(units__gt=0), name="invoices_visit_is_of_something"),
        ]
        indexes = [
            models.Index(fields=["provider", "service_date"], name="invoices_visit_by_day"),
        ]

    def __str__(self) -> str:
        return self.ref
