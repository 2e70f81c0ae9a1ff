"""Policy: every rate, limit, threshold and period of the field, as dated rows with their source (care rules 2)."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Now

from ledger.models.fields import UuidV7
from people.models.council import Council
from people.rules.policy import value_words


class PolicyUnit(models.TextChoices):
    """What a value counts."""

    PENCE = "pence", "Pence"
    DAYS = "days", "Days"
    WEEKS = "weeks", "Weeks"
    MONTHS = "months", "Months"
    YEARS = "years", "Years"
    PERCENT = "percent", "Per cent"
    NUMBER = "number", "Number"


# Stands for "no council" where two rows are compared: in an index nothing is equal to NULL.
EVERYWHERE = Value("00000000-0000-0000-0000-000000000000", models.UUIDField())


class PolicyValue(models.Model):
    """
    One value of policy, in force from `effective_date` up to (not including) `until_date`.

    Without a council it holds wherever a council has said nothing else. Changing a value is a new row from today or a
    later day: what held on any day gone by stays as it was (ADR 25). A row that is still to come may be withdrawn.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, related_name="policy_values")
    code = models.CharField(max_length=60)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=10, choices=PolicyUnit.choices)
    effective_date = models.DateField()
    until_date = models.DateField(null=True)
    source = models.CharField(max_length=300)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100, db_default="system:migrations")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True, db_default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="people_policy_never_overlaps",
                expressions=[
                    (Coalesce("council", EVERYWHERE), RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "effective_date",
                            "until_date",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_by=""),
                name="people_policy_says_who_withdrew_it",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gt=F("effective_date")),
                name="people_policy_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=PolicyUnit.values), name="people_policy_unit_is_known"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="people_policy_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"

    @property
    def said(self) -> str:
        """Write the value with its unit, as people read it."""
        return value_words(self.unit, self.value, code=self.code)

    @property
    def last_date(self) -> date | None:
        """The last day it holds; none where it goes on."""
        return self.until_date - timedelta(days=1) if self.until_date else None
