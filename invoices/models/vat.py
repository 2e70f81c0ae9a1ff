"""What e-invoices say of VAT."""

from django.db import models
from django.db.models import Q

from invoices.models.invoice import Invoice
from ledger.models.fields import UuidV7


class InvoiceVat(models.Model):
    """
    What an e-invoice says of one VAT category and rate, for whoever reclaims it. Kept as it came; pence.

    Together, net and VAT are the invoice's total (PostgreSQL holds that): the lines cost what is to be paid, VAT and
    all. Below zero on a credit note. `percent` is the rate.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="vat")
    category = models.CharField(max_length=1)
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    net_pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "category", "percent"], name="invoices_vat_is_said_once_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(category="S", percent__gt=0)
                | Q(category__in=["Z", "E", "O"], percent=0, vat_pence=0),
                name="invoices_vat_is_of_a_known_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.percent.normalize():f}%"
