"""Payment runs: what a council pays its providers, which lines each payment is for, and who agreed to it."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from invoices.models.invoice import InvoiceLine
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import MONEY_WIDE, Council, Role, User
from providers.models import PayeeAccount, Provider, ProviderStaff, SystemKey


class PayingAccount(models.Model):
    """
    A council's own bank account that providers are paid from: one that counts at a time.

    `service_user_number`: the six digits a bank knows the council by in Bacs.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="paying_accounts")
    account_name = models.CharField(max_length=70)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    service_user_number = models.CharField(max_length=6, blank=True)
    since = models.DateTimeField(db_default=Now())
    set_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(ended_at__isnull=True),
                name="invoices_council_pays_from_one_account",
            ),
            models.CheckConstraint(
                condition=Q(sort_code__regex=r"^[0-9]{6}$", account_number__regex=r"^[0-9]{8}$")
                & Q(service_user_number__regex=r"^([0-9]{6})?$"),
                name="invoices_paying_account_is_a_uk_one",
            ),
        ]

    def __str__(self) -> str:
        return self.account_name


class RunState(models.TextChoices):
    """How far a payment run is."""

    DRAFT = "draft", "Draft"
    REVIEWED = "reviewed", "Reviewed"
    APPROVED = "approved", "Approved"
    SENT = "sent", "Sent to the bank"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


class PaymentRunQuerySet(models.QuerySet["PaymentRun"]):
    """Ways to ask for payment runs."""

    def visible_to(self, user: User | AnonymousUser) -> "PaymentRunQuerySet":
        """Give those of the councils one answers for money or contracts of."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(council__in=Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council"))


class PaymentRun(models.Model):
    """
    Payments that go to the bank together: drafted, reviewed, approved by somebody else, sent, and paid.

    `number` counts a council's runs. `pay_date` is the day the bank is to pay. PostgreSQL holds the order of the
    states, and that whoever approves neither made nor reviewed it (`payments_are_held.sql`).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="payment_runs")
    number = models.PositiveIntegerField()
    pay_date = models.DateField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    paid_from = models.ForeignKey(PayingAccount, on_delete=models.PROTECT, null=True, related_name="runs")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)

    objects = PaymentRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="invoices_run_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="invoices_run_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RunState.DRAFT, RunState.CANCELLED])
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="invoices_run_says_who_reviewed_it",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RunState.DRAFT, RunState.REVIEWED, RunState.CANCELLED])
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="invoices_run_says_who_approved_it",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("reviewed_by"))),
                name="invoices_run_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.SENT, RunState.PAID])
                | Q(sent_at__isnull=False, sent_by__isnull=False, paid_from__isnull=False),
                name="invoices_run_says_who_sent_it",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.CANCELLED) | ~Q(note=""),
                name="invoices_run_says_why_it_was_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"payment run {self.number}"


class RunStep(models.TextChoices):
    """Something somebody did with a payment run."""

    DRAFTED = "drafted", "Drafted"
    LEFT_OUT = "left_out", "Left a payment out"
    REVIEWED = "reviewed", "Reviewed"
    SENT_BACK = "sent_back", "Sent back"
    APPROVED = "approved", "Approved"
    FETCHED = "fetched", "Fetched the file for the bank"
    SENT = "sent", "Sent to the bank"
    CANCELLED = "cancelled", "Cancelled"
    GIVEN_UP = "given_up", "The bank did not make a payment"


class RunEvent(models.Model):
    """A step of a payment run: who did what, when, and in their words why. Never changed."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=RunStep.choices)
    detail = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    acted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=RunStep.values), name="invoices_run_event_step_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_step_display()


class PaymentState(models.TextChoices):
    """What became of a payment."""

    PLANNED = "planned", "On its way"
    PAID = "paid", "Paid"
    RETURNED = "returned", "Came back"
    LEFT_OUT = "left_out", "Left out"


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Ways to ask for payments."""

    def visible_to(self, user: User | SystemKey | AnonymousUser) -> "PaymentQuerySet":
        """Give those of a council one answers for money of; to a provider, its own once they are on their way."""
        on_their_way = Q(run__state__in=[RunState.SENT, RunState.PAID]) & ~Q(state=PaymentState.LEFT_OUT)
        if isinstance(user, SystemKey):
            return self.filter(on_their_way, provider=user.provider_id)
        if not isinstance(user, User):
            return self.none()
        employers = ProviderStaff.objects.filter(user=user).values("provider")
        councils = Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council")
        return self.filter(Q(run__council__in=councils) | (on_their_way & Q(provider__in=employers)))


class Payment(models.Model):
    """
    What one provider gets in a run, in one sum, pence above zero. Its items say what it is for.

    `reference` stands on both bank statements: at most 18 letters and figures. `entry` moved what is owed out of the
    books, once the bank said it was paid; `back_entry` moved it back, on the day the bank sent it back.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="payments")
    payee = models.ForeignKey(PayeeAccount, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=18, unique=True)
    amount_pence = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.PLANNED)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="payment")
    paid_date = models.DateField(null=True)
    back_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="payment_back")
    back_date = models.DateField(null=True)
    note = models.TextField(blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "provider"], name="invoices_provider_is_paid_once_a_run"),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="invoices_payment_pays_something"),
            models.CheckConstraint(
                condition=Q(state__in=PaymentState.values), name="invoices_payment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9]{6,18}$"), name="invoices_payment_reference_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PaymentState.PLANNED, PaymentState.LEFT_OUT], entry__isnull=True)
                | Q(
                    state__in=[PaymentState.PAID, PaymentState.RETURNED],
                    entry__isnull=False,
                    paid_date__isnull=False,
                ),
                name="invoices_payment_is_posted_once_paid",
            ),
            models.CheckConstraint(
                condition=Q(state=PaymentState.RETURNED, back_entry__isnull=False, back_date__isnull=False)
                | (~Q(state=PaymentState.RETURNED) & Q(back_entry__isnull=True, back_date__isnull=True)),
                name="invoices_payment_is_posted_back_once_returned",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentItem(models.Model):
    """
    One accepted line that a payment pays, in full; a credit line takes off, below zero. `is_live`: it counts still.

    It stops counting when its payment is left out, cancelled, or comes back: then the line can be paid again.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="items")
    line = models.ForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="payment_items")
    amount_pence = models.BigIntegerField()
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(is_live=True), name="invoices_line_is_paid_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.amount_pence}"
