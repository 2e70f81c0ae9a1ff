"""Personal budgets and the funding streams they are made of. Where the money is stands in the ledger."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from budgets.rules.streams import HEALTH, HOUSING, OWN, SOCIAL_CARE, TOP_UP, StreamRules, rules_for
from ledger.models.fields import UuidV7
from people.models import Council, Person, User


class StreamKind(models.TextChoices):
    """What kind of money a stream is; each has its own rules (budgets.rules.streams)."""

    SOCIAL_CARE = SOCIAL_CARE, _("Adult social care")
    HEALTH = HEALTH, _("Personal health budget")
    HOUSING = HOUSING, _("Housing or equipment grant")
    OWN = OWN, _("Own contribution")
    TOP_UP = TOP_UP, _("Third-party top-up")


class FundingStream(models.Model):
    """A source of money inside budgets, with its own restrictions and reporting (Care Act 2014 s26(3))."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="streams")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=StreamKind.choices, db_default=StreamKind.SOCIAL_CARE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "code"], name="budgets_stream_code_is_one_in_a_council"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StreamKind.values), name="budgets_stream_is_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> StreamRules:
        """What this money may be spent on, who reports on it, and who may see it."""
        return rules_for(self.kind)


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Ways to ask for budgets."""

    def visible_to(self, user: User | AnonymousUser) -> "BudgetQuerySet":
        """Give the budgets of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))


class DateRange(Func):
    """A span of days, its end exclusive."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Budget(models.Model):
    """What a person has for their care from one day up to another. `end_date` is exclusive."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="budgets")
    start_date = models.DateField()
    end_date = models.DateField()

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="budgets_budget_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="budgets_budget_never_overlaps_another",
                expressions=[
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} to {self.end_date}"


class Delivery(models.TextChoices):
    """How a stream of a budget is held. Source: CLD return values."""

    COUNCIL_MANAGED = "council_managed", _("Council-managed")
    DIRECT_PAYMENT = "direct_payment", _("Direct payment")
    ISF = "isf", _("Individual service fund")
    MIXED = "mixed", _("Mixed")


class Allocation(models.Model):
    """What one funding stream puts into a budget for its whole span, in pence, and how it is held."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="allocations")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="allocations")
    annual_pence = models.BigIntegerField()
    delivery = models.CharField(max_length=20, choices=Delivery.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "stream"], name="budgets_allocation_is_one_a_stream"),
            models.CheckConstraint(
                condition=Q(annual_pence__gte=0), name="budgets_allocation_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(delivery__in=Delivery.values), name="budgets_allocation_is_held_in_a_known_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annual_pence}p"
