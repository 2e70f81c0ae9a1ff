"""What members say did not happen, and what was found out about it."""

from django.db import models
from django.db.models import Q

from clusters.models import Membership
from invoices.models.hold import Hold
from invoices.models.invoice import Invoice, InvoiceLine
from ledger.models.fields import UuidV7
from people.models import User
from sealing.models import SealedTextField, new_id


class DisputeState(models.TextChoices):
    """What became of what a member said."""

    OPEN = "open", "Being looked at"
    STANDS = "stands", "It did happen"
    UPHELD = "upheld", "It did not happen: taken back"


class Dispute(models.Model):
    """
    A member says that something they paid a share of did not happen. `words` are theirs.

    With a `hold`, it is not paid until somebody has answered; without one it was paid, or on its way, already, and
    this is a question to the council. `adjustment` took the line back, where the member was right.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    line = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="disputes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="disputes")
    words = SealedTextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=100)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, null=True, related_name="dispute")
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN)
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    adjustment = models.OneToOneField(Invoice, on_delete=models.PROTECT, null=True, related_name="dispute")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state=DisputeState.OPEN),
                name="invoices_line_is_disputed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DisputeState.values), name="invoices_dispute_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.OPEN, answered_at__isnull=True, answer="")
                | (
                    ~Q(state=DisputeState.OPEN)
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="invoices_dispute_says_who_answered_it",
            ),
            models.CheckConstraint(
                condition=Q(state=DisputeState.UPHELD, adjustment__isnull=False)
                | (~Q(state=DisputeState.UPHELD) & Q(adjustment__isnull=True)),
                name="invoices_dispute_upheld_is_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
