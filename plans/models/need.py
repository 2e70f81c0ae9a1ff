"""The needs in a plan: what help is needed with, who meets it, how, when, and what it costs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from plans.models.plan import Plan
from sealing.models import SealedTextField, new_id


class MetBy(models.TextChoices):
    """Who meets a need."""

    SELF = "self", _("Me")
    FAMILY = "family", _("Family or a carer")
    COMMUNITY = "community", _("My community")
    SERVICE = "service", _("A paid service")
    CLUSTER = "cluster", _("My cluster")


class PartOfDay(models.TextChoices):
    """When in a day."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")


DAYS = range(1, 8)  # Monday is 1, as in ISO 8601


class NeedQuerySet(models.QuerySet["Need"]):
    """Ways to ask for needs."""

    def standing(self) -> "NeedQuerySet":
        """Only those that were not taken out again, in the order in which they stand."""
        return self.filter(taken_out_at__isnull=True).order_by("position", "pk")


class Need(models.Model):
    """
    One thing a person needs help with, in their words, and who meets it.

    `thread` is the same in every version of a plan, so that two versions can be laid side by side. `outcome` is the
    code of the outcome it belongs to, `wanted` what the person wants to come of it. `who` names whoever meets it,
    `how` and `when_words` say how and when, `days` (Monday is 1) and `parts` place it in the week.

    Units: `units_weekly_hundredths` is hundredths of a unit a week (2.5 hours is 250), `unit_pence` pence a unit,
    `weekly_pence` pence a week: the units at their price, rounded half up. `one_off_pence` is paid once.
    `price_from` says whose price it is where it is not the price book's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")
    thread = models.UUIDField(db_default=UuidV7())
    position = models.PositiveIntegerField(default=0)
    words = SealedTextField(max_length=500)
    outcome = models.CharField(max_length=40, blank=True)
    wanted = SealedTextField(blank=True)
    met_by = models.CharField(max_length=10, choices=MetBy.choices)
    is_eligible = models.BooleanField(default=True)
    who = SealedTextField(max_length=200, blank=True)
    how = SealedTextField(blank=True)
    when_words = SealedTextField(max_length=300, blank=True)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    parts = ArrayField(models.CharField(max_length=10, choices=PartOfDay.choices), default=list, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    units_weekly_hundredths = models.PositiveIntegerField(default=0)
    unit_pence = models.BigIntegerField(default=0)
    price_from = models.CharField(max_length=200, blank=True)
    weekly_pence = models.BigIntegerField(default=0)
    one_off_pence = models.BigIntegerField(default=0)
    taken_out_at = models.DateTimeField(null=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(met_by__in=MetBy.values), name="plans_need_is_met_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(unit_pence__gte=0, one_off_pence__gte=0),
                name="plans_need_costs_nothing_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(weekly_pence=(F("units_weekly_hundredths") * F("unit_pence") + 50) / 100),
                name="plans_need_costs_its_units_at_their_price",
            ),
            models.CheckConstraint(
                condition=Q(weekly_pence=0, one_off_pence=0) | Q(met_by__in=[MetBy.SERVICE, MetBy.CLUSTER]),
                name="plans_need_is_paid_for_where_it_costs",
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=list(DAYS), parts__contained_by=PartOfDay.values),
                name="plans_need_stands_in_a_week",
            ),
            models.UniqueConstraint(fields=["plan", "thread"], name="plans_need_is_one_thread_of_a_plan"),
        ]

    def __str__(self) -> str:
        return self.words
