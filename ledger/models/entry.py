"""Entries and their transfers: what happened, why, and which pence went where."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import IsNull

from ledger.models.account import Account
from ledger.models.fields import CurrentTransaction, TransactionIdField, UuidV7
from ledger.rules import EARLIEST_DAY, LATEST_DAY

DAYS = (EARLIEST_DAY, LATEST_DAY)


class EntryKind(models.TextChoices):
    """The moves of money that the books know; each may only go between the accounts of `ledger_move`."""

    ALLOCATE = "allocate", "Budget allocated"
    PLEDGE = "pledge", "Pledged to a pool"
    RETURN = "return", "Returned to a budget"
    COMMIT = "commit", "Committed to a contract"
    RELEASE = "release", "Released from a contract"
    INVOICE = "invoice", "Invoice line accepted"
    CREDIT = "credit", "Credit note line accepted"
    PAY = "pay", "Provider paid"
    DIRECT_PAYMENT = "direct_payment", "Direct payment"
    SURPLUS = "surplus", "Surplus shared"
    GRANT = "grant", "Grant from the community fund"
    ADVANCE = "advance", "Start-up advance"


class ReversalReason(models.TextChoices):
    """Why an entry was reversed. Source: design section 2."""

    REFUND = "refund", "Refund"
    REJECT = "reject", "Rejected"
    EDIT = "edit", "Put right"
    DUPLICATE = "duplicate", "Duplicate"
    DISPUTE = "dispute", "Disputed"


class SaysWhyItReverses(models.Func):
    """Whether an entry that reverses another says why, and any other says nothing of it."""

    function = "ledger_reversal_is_said"
    output_field = models.BooleanField()
    arity = 2


class Entry(models.Model):
    """
    What happened and why. Written once with its transfers, never edited; a mistake is reversed once.

    `key` is natural and unique in the book: the same key with the same body is the same entry, with another
    body it is refused. `effective_date` is the day it counts for; `concerned_date` is set when that day lay
    in a closed period and the entry had to be dated later. `basis` says how an amount was shared: rule,
    amount and each member's weight. `digest` covers the whole row, so a hand edit shows.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    book = models.ForeignKey(
        "ledger.Book", on_delete=models.PROTECT, related_name="entries", db_index=False
    )  # a unique key below begins with it
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    reason = models.CharField(max_length=500)
    basis = models.JSONField(db_default=models.Value({}, models.JSONField()))
    effective_date = models.DateField()
    concerned_date = models.DateField(null=True)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", db_index=False
    )
    reversal_reason = models.CharField(
        max_length=10, choices=ReversalReason.choices, blank=True, db_default=""
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.CharField(max_length=100)
    recorded_in = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    body_hash = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "key"], name="ledger_entry_key_is_used_once"),
            models.CheckConstraint(
                condition=SaysWhyItReverses(IsNull(F("reverses"), rhs=False), F("reversal_reason")),
                name="ledger_entry_says_why_it_reverses",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_entry_says_why"),
            # PostgreSQL knows days that no calendar has, such as infinity; a month end could not read them.
            models.CheckConstraint(
                condition=Q(effective_date__range=DAYS)
                & (Q(concerned_date__isnull=True) | Q(concerned_date__range=DAYS)),
                name="ledger_entry_is_of_a_day",
            ),
            # Only over the few that reverse: one index less to keep for all the others.
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_entry_is_reversed_once"
            ),
        ]
        indexes = [models.Index(fields=["book", "effective_date"], name="ledger_entry_by_date")]

    def __str__(self) -> str:
        return self.key


class Transfer(models.Model):
    """Pence moving from one account to another. It cannot be unbalanced, and it is never edited."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    book = models.ForeignKey(
        "ledger.Book", on_delete=models.PROTECT, related_name="transfers", db_index=False
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="outgoing", db_index=False)
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="incoming", db_index=False)
    amount_pence = models.BigIntegerField()
    effective_date = models.DateField()
    checksum = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="ledger_transfer_moves_something"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ledger_transfer_goes_elsewhere"),
            models.UniqueConstraint(
                fields=["entry", "source", "target"], name="ledger_transfer_goes_once_in_an_entry"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "effective_date"], name="ledger_transfer_out_by_date"),
            models.Index(fields=["target", "effective_date"], name="ledger_transfer_in_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"
