"""Bank statements as they came, and what each line of them turned out to be."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from invoices.models.payment import Payment, PaymentRun
from ledger.models.fields import UuidV7
from people.models import MONEY_WIDE, Council, Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class StatementFormat(models.TextChoices):
    """How a statement came."""

    CAMT = "camt", "camt.053"
    CSV = "csv", "CSV"


class BankStatementQuerySet(models.QuerySet["BankStatement"]):
    """Ways to ask for bank statements."""

    def visible_to(self, user: User | AnonymousUser) -> "BankStatementQuerySet":
        """Give those of the councils one answers for money of."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(council__in=Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council"))


class BankStatement(models.Model):
    """
    One account over some days, both inclusive, pence. Opening and lines are the closing; kept as it came.

    It opens at what the one before it closed at (`place` counts an account's statements), so that no day is missing.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bank_statements")
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    place = models.PositiveIntegerField()
    statement_ref = models.CharField(max_length=140)
    from_date = models.DateField()
    to_date = models.DateField()
    opening_pence = models.BigIntegerField()
    closing_pence = models.BigIntegerField()
    format = models.CharField(max_length=4, choices=StatementFormat.choices)
    body_hash = models.BinaryField()
    imported_at = models.DateTimeField(db_default=Now())
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = BankStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "sort_code", "account_number", "place"],
                name="invoices_statement_has_its_place",
            ),
            models.UniqueConstraint(
                fields=["council", "sort_code", "account_number", "statement_ref"],
                name="invoices_statement_ref_is_used_once",
            ),
            models.CheckConstraint(
                condition=Q(to_date__gte=F("from_date")), name="invoices_statement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(format__in=StatementFormat.values), name="invoices_statement_format_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.statement_ref}"


class BankLineState(models.TextChoices):
    """What a line turned out to be."""

    OPEN = "open", "Not identified yet"
    PAID = "paid", "A payment of ours"
    RETURNED = "returned", "A payment that came back"
    EXPLAINED = "explained", "Not ours, and why"


class BankLine(models.Model):
    """
    One movement of a statement: pence, below zero where money went out. It is settled once, and kept.

    `payment` is what it paid or brought back; a line that paid a whole run names the `run`. Until then it is work of
    `owner` (a role), due by `due_date`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    booking_date = models.DateField()
    amount_pence = models.BigIntegerField()
    reference = SealedTextField(max_length=140, blank=True)
    counterparty = SealedTextField(max_length=140, blank=True)
    bank_ref = models.CharField(max_length=140, blank=True)
    is_reversal = models.BooleanField()
    state = models.CharField(max_length=10, choices=BankLineState.choices, default=BankLineState.OPEN)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="bank_lines")
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, null=True, related_name="bank_lines")
    owner = models.CharField(max_length=20, choices=RoleKind.choices, default=RoleKind.FINANCE_OFFICER)
    due_date = models.DateField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "place"], name="invoices_bank_line_has_its_place"),
            models.UniqueConstraint(
                fields=["payment", "state"],
                condition=Q(payment__isnull=False),
                name="invoices_payment_is_paid_by_one_line",
            ),
            models.UniqueConstraint(
                fields=["run"], condition=Q(run__isnull=False), name="invoices_run_is_paid_by_one_line"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BankLineState.values), name="invoices_bank_line_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=BankLineState.OPEN, payment__isnull=True, run__isnull=True, settled_at__isnull=True
                )
                | (
                    Q(state=BankLineState.PAID, settled_at__isnull=False, amount_pence__lt=0)
                    & (
                        Q(payment__isnull=False, run__isnull=True)
                        | Q(payment__isnull=True, run__isnull=False)
                    )
                )
                | Q(
                    state=BankLineState.RETURNED,
                    settled_at__isnull=False,
                    amount_pence__gt=0,
                    payment__isnull=False,
                    run__isnull=True,
                )
                | (
                    Q(
                        state=BankLineState.EXPLAINED,
                        settled_at__isnull=False,
                        payment__isnull=True,
                        run__isnull=True,
                    )
                    & ~Q(note="")
                ),
                name="invoices_bank_line_says_what_it_is",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_date"],
                condition=Q(state=BankLineState.OPEN),
                name="invoices_open_bank_line_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.place}"
