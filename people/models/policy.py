"""Policy: every rate, limit, threshold and period of the field, as dated rows with their source (care rules 2)."""

from django.db import models
from django.db.models import F, Q

from ledger.models.fields import UuidV7
from people.models.council import Council


class PolicyUnit(models.TextChoices):
    """What a value counts."""

    PENCE = "pence", "Pence"
    DAYS = "days", "Days"
    PERCENT = "percent", "Per cent"
    NUMBER = "number", "Number"


class PolicyValue(models.Model):
    """
    One value of policy, in force from `effective_date` up to (not including) `until_date`.

    Without a council it holds wherever a council has said nothing else. Changing a value is a new row: the
    past stays as it was.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, related_name="policy_values")
    code = models.CharField(max_length=60)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=10, choices=PolicyUnit.choices)
    effective_date = models.DateField()
    until_date = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "code", "effective_date"],
                nulls_distinct=False,
                name="people_policy_is_one_from_a_day",
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
