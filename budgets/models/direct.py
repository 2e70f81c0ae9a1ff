"""Direct payments (Care Act 2014 s31): how a part of a budget is paid to the person, and every instalment that was."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from budgets.models.budget import Allocation, DateRange, Delivery
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import Person, User

# Ways of holding money of which some is paid to the person.
PAID_DIRECTLY = (Delivery.DIRECT_PAYMENT, Delivery.MIXED)


class Rhythm(models.TextChoices):
    """How often a direct payment is paid."""

    FOUR_WEEKS = "four_weeks", _("Every four weeks")
    MONTHLY = "monthly", _("Every month")


class InstalmentKind(models.TextChoices):
    """What an instalment is: one in its turn, or what days that were paid already came to more."""

    REGULAR = "regular", _("Instalment")
    ADJUSTMENT = "adjustment", _("More for days before")


class WholeDays(Func):
    """A span of days, both ends included."""

    function = "DATERANGE"
    output_field = DateRangeField()


class PaymentArrangementQuerySet(models.QuerySet["PaymentArrangement"]):
    """Ways to ask for arrangements."""

    def visible_to(self, user: User | AnonymousUser) -> "PaymentArrangementQuerySet":
        """Give those of the people one may see."""
        return self.filter(allocation__budget__person__in=Person.objects.visible_to(user))


class PaymentArrangement(models.Model):
    """
    How one stream of a budget is paid to the person, from one day up to another (`end_date` exclusive; none: its end).

    Units: `weekly_pence` is the part of a mixed one that is paid, in pence a week (none: all of it);
    `contingency_pence` is what may stay with the person besides some weeks of it, such as holiday pay of their
    assistant. It is only ended.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="arrangements")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    weekly_pence = models.BigIntegerField(null=True)
    contingency_pence = models.BigIntegerField(default=0)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    arranged_at = models.DateTimeField(db_default=Now())
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PaymentArrangementQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="budgets_arrangement_never_overlaps_another",
                expressions=[
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                    ("allocation", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="budgets_arrangement_has_a_known_rhythm"
            ),
            models.CheckConstraint(
                condition=Q(weekly_pence__isnull=True) | Q(weekly_pence__gt=0),
                name="budgets_arrangement_pays_something",
            ),
            models.CheckConstraint(
                condition=Q(contingency_pence__gte=0), name="budgets_arrangement_sets_aside_no_less_than_none"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date"), ended_by__isnull=False),
                name="budgets_arrangement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()} from {self.start_date}"


class Instalment(models.Model):
    """What was paid to somebody for some days (both included), in pence, and the entry that moved it. Written once."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    arrangement = models.ForeignKey(PaymentArrangement, on_delete=models.PROTECT, related_name="instalments")
    kind = models.CharField(max_length=10, choices=InstalmentKind.choices)
    first_date = models.DateField()
    last_date = models.DateField()
    amount_pence = models.BigIntegerField()
    paid_date = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="budgets_instalment_pays_no_day_twice",
                expressions=[
                    (
                        WholeDays("first_date", "last_date", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                    ("arrangement", RangeOperators.EQUAL),
                ],
                condition=Q(kind="regular"),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InstalmentKind.values), name="budgets_instalment_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="budgets_instalment_pays_something"),
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="budgets_instalment_is_for_some_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"
