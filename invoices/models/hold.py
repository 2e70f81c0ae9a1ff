"""Lines that wait, and what was put right on them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from invoices.models.invoice import InvoiceLine
from ledger.models.fields import UuidV7
from people.models import RoleKind


class HoldReason(models.TextChoices):
    """Why a line is held; the first that applies, in this order. Source: data rules."""

    UNKNOWN_SERVICE = "unknown_service", "The contract has no such service"
    OUTSIDE_CONTRACT = "outside_contract", "The date is outside the contract"
    RATE_MISMATCH = "rate_mismatch", "The rate is not the contract's"
    AMOUNT_MISMATCH = "amount_mismatch", "Units times rate is not the amount"
    MEMBER_NOT_ACTIVE = "member_not_active", "Nobody of that reference was a member that day"
    DUPLICATE_LINE = "duplicate_line", "This visit has been billed already"
    UNITS_EXCEEDED = "units_exceeded", "The contract has no units left for this"
    INSUFFICIENT_FUNDS = "insufficient_funds", "There is not enough left to pay for this"
    CORRECTED_LINE_NOT_ACCEPTED = "corrected_line_not_accepted", "The line it corrects was not accepted"
    VISIT_DISPUTED = "visit_disputed", "A member says that this did not happen"


class HoldState(models.TextChoices):
    """What became of a hold."""

    OPEN = "open", "Open"
    RELEASED = "released", "Released"
    REJECTED = "rejected", "Rejected"
    UPHELD = "upheld", "Taken back"


class Hold(models.Model):
    """
    A line that waits: why, whose turn it is, and by when. `owner` is a role, or "provider".

    Only a line that a member disputes is held though it is accepted: it stands in the books, and is not paid meanwhile.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    line = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=30, choices=HoldReason.choices)
    owner = models.CharField(max_length=20, choices=[*RoleKind.choices, ("provider", "Provider")])
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=HoldState.choices, default=HoldState.OPEN)
    opened_at = models.DateTimeField(db_default=Now())
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state=HoldState.OPEN),
                name="invoices_line_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=HoldReason.values), name="invoices_hold_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HoldState.values), name="invoices_hold_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=HoldState.OPEN)
                | (Q(resolved_at__isnull=False) & ~Q(resolved_by="") & ~Q(note="")),
                name="invoices_hold_says_who_resolved_it_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Correction(models.Model):
    """What a held line said before an officer put it right. Written once."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    line = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    corrected_at = models.DateTimeField(db_default=Now())
    corrected_by = models.CharField(max_length=100)
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="invoices_correction_says_why")]

    def __str__(self) -> str:
        return self.reason
