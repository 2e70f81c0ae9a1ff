"""What changed for a provider, in an order that whoever follows it can trust."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class ChangeKind(models.TextChoices):
    """What can be followed."""

    CONTRACT = "contract", "Contract"
    INVOICE = "invoice", "Invoice or credit note"
    HOLD = "hold", "Hold"
    PAYMENT = "payment", "Payment"
    VISIT = "visit", "Visit"


class SyncEpoch(models.Model):
    """
    A database server that changes were noted on, by the identifier PostgreSQL gave it when it was set up.

    The numbers of transactions begin anew on another server, for instance after a backup was restored: an epoch puts
    what was noted there behind everything noted before.
    """

    number = models.SmallIntegerField(primary_key=True)
    server = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"epoch {self.number}"


class Change(models.Model):
    """
    Something of a provider's was made or changed in a transaction. Written by triggers, never altered.

    `txid` is the number of the transaction that wrote it: who follows is shown a change only once no transaction with
    a lower number can still commit (`changes_since`), so nothing ever appears behind them. `provider_id` and
    `object_id` come from rows whose own keys hold, so they have none.
    """

    id = models.BigAutoField(primary_key=True)
    epoch = models.SmallIntegerField()
    txid = models.BigIntegerField()
    provider_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    object_id = models.UUIDField()
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id", "kind", "epoch", "txid"],
                name="invoices_change_is_noted_once_a_transaction",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="invoices_change_kind_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["provider_id", "kind", "epoch", "txid", "id"], name="invoices_change_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
