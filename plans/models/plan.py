"""Care and support plans: what matters to a person, what they need, and who meets it."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Person, User


class PlanState(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for agreement")
    AGREED = "agreed", _("Agreed")
    RETURNED = "returned", _("Sent back")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Ways to ask for plans."""

    def visible_to(self, user: User | AnonymousUser) -> "PlanQuerySet":
        """Give the plans of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))


class Plan(models.Model):
    """A version of a person's care and support plan (Care Act 2014 s25), agreed by their professional."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    outcomes = models.TextField(blank=True)
    review_due_date = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_loaded = models.BooleanField(default=False)
    return_reason = models.TextField(blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="plans_plan_version_is_one"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plans_plan_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | Q(agreed_at__isnull=False),
                name="plans_plan_says_when_it_was_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | Q(agreed_by__isnull=False) | Q(is_loaded=True),
                name="plans_plan_says_who_agreed_it",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.RETURNED) | ~Q(return_reason=""),
                name="plans_plan_says_why_it_was_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.version}"


class MetBy(models.TextChoices):
    """Who meets a need."""

    SELF = "self", _("Me")
    FAMILY = "family", _("Family or a carer")
    COMMUNITY = "community", _("My community")
    SERVICE = "service", _("A paid service")
    CLUSTER = "cluster", _("My cluster")


class Need(models.Model):
    """One thing a person needs help with, in their words, and who meets it."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")
    words = models.CharField(max_length=500)
    met_by = models.CharField(max_length=10, choices=MetBy.choices)
    is_eligible = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(met_by__in=MetBy.values), name="plans_need_is_met_by_somebody")
        ]

    def __str__(self) -> str:
        return self.words
