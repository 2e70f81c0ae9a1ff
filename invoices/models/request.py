"""Requests of providers' systems, kept with the answer they got."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from invoices.models.invoice import Invoice
from ledger.models.fields import UuidV7
from providers.models import SystemKey


class Operation(models.TextChoices):
    """What a system can write."""

    SEND_INVOICE = "send_invoice", "Send an invoice"
    SEND_BATCH = "send_batch", "Send invoices together"
    SEND_VISITS = "send_visits", "Send records of visits"
    WITHDRAW_VISIT = "withdraw_visit", "Withdraw the record of a visit"
    PUT_ATTACHMENT = "put_attachment", "Send a file about a held line"
    ANSWER_HOLD = "answer_hold", "Answer about a held line"


class IdempotentRequest(models.Model):
    """
    A write of a provider's system under its Idempotency-Key, with the answer it got. Kept with its effect.

    `body_hash`: what was sent, and where to. `answer`: what was answered, letter for letter, to be given again.
    `invoice`: for one that was sent by itself.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    system_key = models.ForeignKey(SystemKey, on_delete=models.PROTECT, related_name="requests")
    key = models.CharField(max_length=255)
    operation = models.CharField(max_length=20, choices=Operation.choices, default=Operation.SEND_INVOICE)
    body_hash = models.BinaryField()
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField()
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system_key", "key"], name="invoices_idempotency_key_is_used_once"
            ),
            models.CheckConstraint(
                condition=Q(operation=Operation.SEND_INVOICE, invoice__isnull=False)
                | (
                    Q(operation__in=Operation.values, invoice__isnull=True)
                    & ~Q(operation=Operation.SEND_INVOICE)
                ),
                name="invoices_request_says_what_it_wrote",
            ),
        ]

    def __str__(self) -> str:
        return self.key
