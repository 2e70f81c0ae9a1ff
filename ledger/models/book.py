"""A council's book and the months of it that are closed."""

from django.db import models
from django.db.models import F, Q

from ledger.models.account import Account
from ledger.models.fields import CurrentTransaction, TransactionIdField, UuidV7
from ledger.rules import EARLIEST_DAY, LATEST_DAY


class Book(models.Model):
    """
    One council's ledger. A council points at its book; the ledger never points at a council.

    `checksum` covers the row and is written by PostgreSQL, so a hand edit shows.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    name = models.CharField(max_length=200)
    checksum = models.BigIntegerField(db_default=0, editable=False)

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """
    A closed span of a book, sealed. There is a row only once it is closed, and it never changes.

    PostgreSQL counts the entries, writes the closing balances and seals the row, whoever inserts it: a SHA-256
    over the row, the span's entries and its closing balances in order, chained to the seal before. Nothing may
    be posted before the latest `end_date`.

    Dates: `start_date` inclusive, `end_date` exclusive.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    book = models.ForeignKey(
        "ledger.Book", on_delete=models.PROTECT, related_name="periods", db_index=False
    )  # a unique key below begins with it
    start_date = models.DateField()
    end_date = models.DateField()
    entry_count = models.BigIntegerField(db_default=0, editable=False)
    previous_seal = models.BinaryField(null=True, editable=False)
    seal = models.BinaryField(db_default=b"", editable=False)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=100)
    recorded_in = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="ledger_period_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(start_date__gte=EARLIEST_DAY, end_date__lte=LATEST_DAY),
                name="ledger_period_is_of_days",
            ),
            models.UniqueConstraint(fields=["book", "start_date"], name="ledger_period_starts_once"),
            models.UniqueConstraint(fields=["book", "end_date"], name="ledger_period_ends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} to {self.end_date}"


class ClosingBalance(models.Model):
    """
    What one account held when a period closed, in pence. PostgreSQL writes it with the period; it never changes.

    The id is worked out from period and account (`ledger_closing_balance_id`), so a hand edit shows.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="closing_balances")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="closing_balances")
    balance_pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "period"], name="ledger_closing_balance_is_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.balance_pence}p"
