"""Why the council put accepted lines right, and by which terms."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from commissioning.models import ContractService
from invoices.models.invoice import Invoice
from ledger.models.fields import UuidV7


class Adjustment(models.Model):
    """
    Why a document of kind `adjustment` was made. Written once.

    Its lines correct lines of one invoice by the difference, and keep their days. `service` and `terms` say what was
    changed late, where that was the reason: a rate in pence, or the first and last day.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="adjustment")
    reason = models.TextField()
    service = models.ForeignKey(
        ContractService, on_delete=models.PROTECT, null=True, related_name="adjustments"
    )
    terms = models.JSONField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="invoices_adjustment_says_why")]

    def __str__(self) -> str:
        return self.reason
