"""Approvals: a request to approve a contract, and its answer."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from commissioning.models.contract import Contract
from ledger.models.fields import UuidV7
from people.models import Role, RoleKind, User


class ApprovalState(models.TextChoices):
    """What became of a request."""

    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Sent back"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Ways to ask for requests."""

    def visible_to(self, user: User | AnonymousUser) -> "ApprovalQuerySet":
        """Give those of the councils one commissions for."""
        if not isinstance(user, User):
            return self.none()
        councils = Role.objects.filter(user=user, kind=RoleKind.COMMISSIONER).values("council")
        return self.filter(contract__council__in=councils)

    def waiting(self) -> "ApprovalQuerySet":
        """Only those that nobody has decided, oldest first."""
        return self.filter(state=ApprovalState.WAITING).order_by("requested_at", "pk")


class Approval(models.Model):
    """
    A request to approve a contract, and its answer. Kept for good.

    `estimate_pence` is the yearly value (weekly x 52 + one-off), `limit_pence` what the approver might approve
    that day. `procurement_ref`: where the notice was published, for a contract over the light-touch threshold.
    PostgreSQL holds both the limit and that nobody approves their own.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="approvals")
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING)
    estimate_pence = models.BigIntegerField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    limit_pence = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    procurement_ref = models.CharField(max_length=100, blank=True, db_default="")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state=ApprovalState.WAITING),
                name="commissioning_approval_is_asked_for_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApprovalState.values), name="commissioning_approval_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ApprovalState.WAITING)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="commissioning_approval_says_who_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=ApprovalState.WAITING) | ~Q(decided_by=F("requested_by")),
                name="commissioning_nobody_approves_their_own",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.APPROVED) | Q(estimate_pence__lte=F("limit_pence")),
                name="commissioning_approval_is_within_the_limit",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.APPROVED) | Q(limit_pence__isnull=False),
                name="commissioning_approval_says_the_limit",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApprovalState.RETURNED) | ~Q(reason=""),
                name="commissioning_return_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
