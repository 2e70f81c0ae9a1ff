"""The inbox: documents that came in bulk and wait to be taken in. Their rows go when they are."""

from django.db import models

from commissioning.models import Contract
from invoices.models.invoice import InvoiceKind
from ledger.models.fields import UuidV7
from people.models import Council


class InboxDocument(models.Model):
    """
    A document that can be read and has its contract, waiting for its batch to be worked off.

    `place` is its order of arrival in the batch. Its id becomes the invoice's. Units: as `Invoice`.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    batch = models.CharField(max_length=100)
    place = models.BigIntegerField()
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=InvoiceKind.choices)
    number = models.CharField(max_length=60)
    corrects = models.CharField(max_length=60, blank=True)
    issue_date = models.DateField()
    period_start_date = models.DateField()
    period_end_date = models.DateField()
    total_pence = models.BigIntegerField()
    body_hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "batch", "place"], name="invoices_inbox_document_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return self.number


class InboxLine(models.Model):
    """
    A line of a waiting document, as the provider wrote it. Its id becomes the invoice line's.

    Ids grow in the order in which the lines stand in the document, which need not be that of their numbers.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    document = models.ForeignKey(
        InboxDocument,
        on_delete=models.CASCADE,  # a document and its lines leave the inbox together
        related_name="lines",
    )
    line_number = models.PositiveIntegerField()
    service_code = models.CharField(max_length=40)
    service_date = models.DateField()
    units = models.DecimalField(max_digits=14, decimal_places=4)
    unit_rate_pence = models.BigIntegerField()
    amount_pence = models.BigIntegerField()
    member_ref = models.CharField(max_length=40, blank=True)
    corrects_line = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"line {self.line_number}"
