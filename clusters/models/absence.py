"""Absences: the days on which a member is away, as they said."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from budgets.models import DateRange
from clusters.models.membership import Membership
from ledger.models.fields import UuidV7


class AwayCause(models.TextChoices):
    """Why somebody is away. Illness is special-category data, so nobody but themselves is shown which it is."""

    HOLIDAY = "holiday", _("I am on holiday")
    ILLNESS = "illness", _("I am ill, or in hospital")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Ways to ask for absences."""

    def standing(self) -> "AbsenceQuerySet":
        """Only those of which a day is left: not what was taken back whole."""
        return self.filter(Q(back_date__isnull=True) | Q(back_date__gt=F("start_date")))

    def with_a_day_from(self, start: date) -> "AbsenceQuerySet":
        """Only those of which a day is left on `start` or later."""
        return self.standing().filter(Q(back_date__gt=start) | Q(back_date__isnull=True, end_date__gt=start))


class Absence(models.Model):
    """
    Days on which a member is away, from `start_date` up to `end_date` (exclusive). Written once and kept.

    Somebody who comes back sooner says so once: from `back_date` on they are there again; where that is the first
    day, they were never away. What the agreement says for the cause decides who pays their part meanwhile.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="absences")
    start_date = models.DateField()
    end_date = models.DateField()
    cause = models.CharField(max_length=10, choices=AwayCause.choices)
    said_by = models.CharField(max_length=100)
    said_at = models.DateTimeField(db_default=Now())
    back_date = models.DateField(null=True)
    cancelled_by = models.CharField(max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="clusters_absence_is_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=AwayCause.values), name="clusters_absence_cause_is_known"
            ),
            models.CheckConstraint(
                condition=Q(back_date__isnull=True, cancelled_at__isnull=True, cancelled_by="")
                | (
                    Q(back_date__gte=F("start_date"), back_date__lt=F("end_date"), cancelled_at__isnull=False)
                    & ~Q(cancelled_by="")
                ),
                name="clusters_absence_ends_sooner_in_words",
            ),
            ExclusionConstraint(
                name="clusters_absence_never_overlaps_another",
                expressions=[
                    (DateRange("start_date", Coalesce("back_date", "end_date")), RangeOperators.OVERLAPS),
                    ("membership", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} to {self.until_date}"

    @property
    def until_date(self) -> date:
        """The day from which on they are there again."""
        return self.back_date or self.end_date
