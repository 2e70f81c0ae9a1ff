"""Requests of providers' systems, kept with the answer they got."""

from django.db import models
from django.db.models.functions import Now

from invoices.models.invoice import Invoice
from ledger.models.fields import UuidV7
from providers.models import SystemKey


class IdempotentRequest(models.Model):
    """
    A write of a provider's system under its Idempotency-Key, with the answer it got. Kept with its effect.

    `body_hash`: what the document said. `answer`: what was answered, letter for letter, to be given again.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    system_key = models.ForeignKey(SystemKey, on_delete=models.PROTECT, related_name="requests")
    key = models.CharField(max_length=255)
    body_hash = models.BinaryField()
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField()
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system_key", "key"], name="invoices_idempotency_key_is_used_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
