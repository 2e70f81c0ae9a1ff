"""A council's month, from the first count to the seal."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from jobs.models import Job
from ledger.models import Period
from ledger.models.fields import UuidV7
from people.models import MONEY_WIDE, Council, Role, RoleKind, User
from reconciliation.rules import Days


class MonthEndState(models.TextChoices):
    """How far a month end has come. The order is the order of its steps."""

    BEGUN = "begun", "Not reconciled yet"
    UNCLEAR = "unclear", "Something does not agree"
    CLEAN = "clean", "Everything agrees"
    SIGNED = "signed", "Signed"
    CLOSED = "closed", "Closed and sealed"


class MonthEndQuerySet(models.QuerySet["MonthEnd"]):
    """Ways to ask for month ends."""

    def visible_to(self, user: User | AnonymousUser) -> "MonthEndQuerySet":
        """Give those of the councils one works for as an officer."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(council__in=Role.objects.filter(user=user, kind__in=MONEY_WIDE).values("council"))

    def run_by(self, user: User | AnonymousUser) -> "MonthEndQuerySet":
        """Give those one may count, sign and close: of the councils one is a finance officer of."""
        if not isinstance(user, User):
            return self.none()
        officer = Role.objects.filter(user=user, kind=RoleKind.FINANCE_OFFICER)
        return self.filter(council__in=officer.values("council"))


FINAL = (MonthEndState.SIGNED, MonthEndState.CLOSED)


class MonthEnd(models.Model):
    """
    One calendar month of one council: counted, signed, closed.

    `end_date` is exclusive. `run` is how often it has been counted, `job` the latest count. A member's spend
    within `tolerance_percent` of what the month was allotted is on track. `certified_at`: when the
    certificate was written. A signed month does not change; a closed one never does.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="month_ends")
    start_date = models.DateField()
    end_date = models.DateField()
    state = models.CharField(max_length=10, choices=MonthEndState.choices, default=MonthEndState.BEGUN)
    run = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    tolerance_percent = models.PositiveSmallIntegerField(default=10)
    certified_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    period = models.OneToOneField(Period, on_delete=models.PROTECT, null=True, related_name="+")
    checksum = models.BigIntegerField(db_default=0, editable=False)

    objects = MonthEndQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "start_date"], name="reconciliation_month_ends_once_in_a_council"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MonthEndState.values), name="reconciliation_month_end_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["signed", "closed"], signed_by__isnull=False, signed_at__isnull=False)
                | (~Q(state__in=["signed", "closed"]) & Q(signed_by__isnull=True, signed_at__isnull=True)),
                name="reconciliation_month_end_says_who_signed",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", period__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(period__isnull=True, closed_by__isnull=True)),
                name="reconciliation_month_end_is_closed_with_its_period",
            ),
            models.CheckConstraint(
                condition=Q(state="begun") | Q(certified_at__isnull=False),
                name="reconciliation_month_end_says_when_it_was_certified",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date:%B %Y}"

    @property
    def code(self) -> str:
        """The month as written in addresses and files: 2026-05."""
        return f"{self.start_date:%Y-%m}"

    @property
    def days(self) -> Days:
        """The days of the month, as the report's addresses take them."""
        return Days(self.start_date, self.end_date)

    @property
    def is_final(self) -> bool:
        """Whether nothing in it may change any more unless a signature is withdrawn."""
        return self.state in FINAL

    @property
    def seal(self) -> str:
        """The seal of a closed month as it is printed; nothing before it is closed."""
        return bytes(self.period.seal).hex() if self.period else ""


class MonthEndEvent(models.Model):
    """Something a person did to a month: signed it, withdrew the signature, closed it. Never changed."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    month_end = models.ForeignKey(MonthEnd, on_delete=models.PROTECT, related_name="events")
    words = models.CharField(max_length=500)
    happened_at = models.DateTimeField(db_default=Now())
    acted_by = models.CharField(max_length=100)
    checksum = models.BigIntegerField(db_default=0, editable=False)

    def __str__(self) -> str:
        return self.words
