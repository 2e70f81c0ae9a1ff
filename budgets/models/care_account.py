"""Care accounts: what of somebody's payments counts towards a cap on care costs (Care Act 2014 s28), month by month."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from budgets.models.direct import WholeDays
from ledger.models.fields import UuidV7
from people.models import Person


class CareAccountEntry(models.Model):
    """
    What counted for some days (both included), in pence, or what days that were metered came to more or less.

    `is_in_force` says whether the cap was law for these days, or a what-if. `from_council`: who sent it along
    with somebody who moved here; empty: metered here. Written once, kept for 99 years.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_account")
    first_date = models.DateField()
    last_date = models.DateField()
    pence = models.BigIntegerField()
    is_correction = models.BooleanField(default=False)
    is_in_force = models.BooleanField(default=False)
    from_council = models.CharField(max_length=200, blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="budgets_care_account_counts_no_day_twice",
                expressions=[
                    (
                        WholeDays("first_date", "last_date", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                    ("person", RangeOperators.EQUAL),
                ],
                condition=Q(is_correction=False),
            ),
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="budgets_care_account_is_for_some_days"
            ),
            models.CheckConstraint(
                condition=Q(is_correction=True, pence__lt=0)
                | Q(is_correction=True, pence__gt=0)
                | Q(is_correction=False, pence__gte=0),
                name="budgets_care_account_corrects_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pence}p"


class CareAccountBasis(models.Model):
    """
    What counts each week for somebody who moved here, from their first day until a statement of this council's own.

    Pence, as the council they came from worked it out (`from_council`): this one goes on with that (Care Act 2014 s37).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="care_account_basis")
    start_date = models.DateField()
    weekly_pence = models.BigIntegerField()
    from_council = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_pence__gte=0), name="budgets_care_account_basis_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~Q(from_council=""), name="budgets_care_account_basis_names_a_council"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekly_pence}p a week"
