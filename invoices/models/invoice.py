"""Invoices and credit notes, and their lines."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clusters.models import Membership
from commissioning.models import Contract, ContractService
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import MONEY_WIDE, Council, Role, User
from providers.models import Provider, ProviderStaff, SystemKey


class InvoiceKind(models.TextChoices):
    """What a document is: a provider's own, or an adjustment of the council's that puts lines of an invoice right."""

    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"
    ADJUSTMENT = "adjustment", "Adjustment"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Ways to ask for invoices."""

    def visible_to(self, user: User | SystemKey | AnonymousUser) -> "InvoiceQuerySet":
        """Give those of a council one works for, of one's employer, or of the provider whose system asks."""
        if isinstance(user, SystemKey):
            return self.filter(provider=user.provider_id)
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(council__in=Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council"))
            | Q(provider__in=ProviderStaff.objects.filter(user=user).values("provider"))
        )


class Invoice(models.Model):
    """
    A provider's invoice or credit note, as it came in. `number` is one per provider; `body_hash` says what it said.

    `corrects` is the invoice that a credit note or an adjustment puts right. Dates are inclusive. Units: pence; a
    credit note's total is below zero.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="invoices")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="invoices")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=15, choices=InvoiceKind.choices)
    number = models.CharField(max_length=60)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credit_notes")
    issue_date = models.DateField()
    period_start_date = models.DateField()
    period_end_date = models.DateField()
    total_pence = models.BigIntegerField()
    body_hash = models.BinaryField()
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.CharField(max_length=100)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number"], name="invoices_invoice_number_is_used_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InvoiceKind.values), name="invoices_invoice_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[InvoiceKind.CREDIT_NOTE, InvoiceKind.ADJUSTMENT], corrects__isnull=False
                )
                | Q(kind=InvoiceKind.INVOICE, corrects__isnull=True),
                name="invoices_credit_note_says_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(period_end_date__gte=F("period_start_date")),
                name="invoices_invoice_period_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["council", "received_at"], name="invoices_invoice_by_arrival")]

    def __str__(self) -> str:
        return self.number


class LineState(models.TextChoices):
    """What became of a line."""

    ACCEPTED = "accepted", "Accepted"
    HELD = "held", "Held"
    REJECTED = "rejected", "Rejected"


class InvoiceLine(models.Model):
    """
    One line: what was delivered, when, how much of it and for how much. Taken in wholly or not at all.

    `service`, `membership` and `corrected_line` are what the words of the document were found to mean. An
    accepted line has its entry in the books (unless it costs nothing); its transfers are the members' shares.
    `units` in the service's own unit, `unit_rate_pence` for one of them, `amount_pence` for all; below zero
    on a credit note.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines", db_index=False)
    line_number = models.PositiveIntegerField()
    service_code = models.CharField(max_length=40)
    service = models.ForeignKey(
        ContractService, on_delete=models.PROTECT, null=True, related_name="lines", db_index=False
    )
    service_date = models.DateField()
    units = models.DecimalField(max_digits=14, decimal_places=4)
    unit_rate_pence = models.BigIntegerField()
    amount_pence = models.BigIntegerField()
    member_ref = models.CharField(max_length=40, blank=True)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="lines", db_index=False
    )
    corrects_line = models.PositiveIntegerField(null=True)
    corrected_line = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="credit_lines", db_index=False
    )
    state = models.CharField(max_length=10, choices=LineState.choices)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="invoice_line")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "line_number"], name="invoices_line_number_is_used_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LineState.values), name="invoices_line_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.ACCEPTED, entry__isnull=False)
                | Q(state=LineState.ACCEPTED, amount_pence=0)
                | (~Q(state=LineState.ACCEPTED) & Q(entry__isnull=True)),
                name="invoices_line_is_posted_when_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.ACCEPTED) | Q(service__isnull=False),
                name="invoices_accepted_line_has_its_service",
            ),
            models.UniqueConstraint(
                fields=["service", "service_date", "membership", "units"],
                condition=Q(state=LineState.ACCEPTED, membership__isnull=False, corrects_line__isnull=True),
                name="invoices_visit_is_billed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "service_date"], name="invoices_line_by_service"),
            models.Index(
                fields=["corrected_line"],
                condition=Q(corrected_line__isnull=False),
                name="invoices_line_by_corrected",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line_number}"
