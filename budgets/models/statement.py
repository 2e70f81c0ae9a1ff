"""The statement of a personal budget (Care Act 2014 s26): what care costs, who pays, from which money, held how."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from budgets.models.budget import Allocation, Budget, Delivery, FundingStream
from budgets.models.financial import FinancialAssessment
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import Person, User
from plans.models import Plan
from sealing.models import SealedTextField, new_id


class StatementState(models.TextChoices):
    """How far the statement of a budget has come."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    WITHDRAWN = "withdrawn", _("Taken back")


class Chooser(models.TextChoices):
    """Who chose how the money is held."""

    PERSON = "person", _("The person themselves")
    HELPER = "helper", _("Somebody with authority to choose for them")
    BEST_INTEREST = "best_interest", _("Decided in their best interest")


class BudgetStatementQuerySet(models.QuerySet["BudgetStatement"]):
    """Ways to ask for statements of budgets."""

    def visible_to(self, user: User | AnonymousUser) -> "BudgetStatementQuerySet":
        """Give the statements of the people one may see."""
        return self.filter(plan__person__in=Person.objects.visible_to(user))


class BudgetStatement(models.Model):
    """
    What a plan costs each week and who pays it, from one day up to another: proposed, then agreed with the plan.

    Pence each week, and **cost = adult + council** always (s26). `daily_living_weekly_pence` is the part of the cost
    that is for daily living, in a care home. `plan_weekly_pence` is what the plan cost when this was proposed; other
    public money and top-ups, which the parts name, are the difference. `end_date` is exclusive. A proposal is only
    agreed or taken back, once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_statements")
    financial = models.ForeignKey(FinancialAssessment, on_delete=models.PROTECT, related_name="statements")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, null=True, related_name="statements")
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.PROPOSED)
    start_date = models.DateField()
    end_date = models.DateField()
    plan_weekly_pence = models.BigIntegerField()
    plan_one_off_pence = models.BigIntegerField(default=0)
    cost_weekly_pence = models.BigIntegerField()
    adult_weekly_pence = models.BigIntegerField()
    council_weekly_pence = models.BigIntegerField()
    daily_living_weekly_pence = models.BigIntegerField(default=0)
    indicative_weekly_pence = models.BigIntegerField(null=True)
    chosen_by = models.CharField(max_length=15, choices=Chooser.choices)
    chosen_date = models.DateField()
    chosen_words = SealedTextField(max_length=1_000, blank=True)
    proposed_at = models.DateTimeField(db_default=Now())
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BudgetStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_weekly_pence=F("adult_weekly_pence") + F("council_weekly_pence")),
                name="budgets_statement_cost_is_shared_out",
            ),
            models.CheckConstraint(
                condition=Q(
                    adult_weekly_pence__gte=0, council_weekly_pence__gte=0, plan_one_off_pence__gte=0
                ),
                name="budgets_statement_has_no_figure_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(plan_weekly_pence__gte=F("cost_weekly_pence")),
                name="budgets_statement_costs_no_more_than_its_plan",
            ),
            models.CheckConstraint(
                condition=Q(
                    daily_living_weekly_pence__gte=0, daily_living_weekly_pence__lte=F("cost_weekly_pence")
                ),
                name="budgets_statement_daily_living_is_part_of_cost",
            ),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="budgets_statement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state__in=StatementState.values), name="budgets_statement_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(chosen_by__in=Chooser.values), name="budgets_statement_says_who_chose"
            ),
            models.CheckConstraint(
                condition=Q(chosen_by=Chooser.PERSON) | ~Q(chosen_words=""),
                name="budgets_statement_says_why_another_chose",
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.AGREED)
                | Q(budget__isnull=False, agreed_at__isnull=False, agreed_by__isnull=False),
                name="budgets_statement_says_who_agreed_it",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state=StatementState.PROPOSED),
                name="budgets_statement_is_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} from {self.start_date}"

    @property
    def last_date(self) -> date:
        """The last day it is for."""
        return self.end_date - timedelta(days=1)


class StatementPart(models.Model):
    """What one stream pays of a statement, in pence each week and once, and how the person chose to have it held."""

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    statement = models.ForeignKey(BudgetStatement, on_delete=models.PROTECT, related_name="parts")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    weekly_pence = models.BigIntegerField(default=0)
    one_off_pence = models.BigIntegerField(default=0)
    delivery = models.CharField(max_length=20, choices=Delivery.choices)
    holder = SealedTextField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "stream"], name="budgets_statement_part_is_one_a_stream"
            ),
            models.CheckConstraint(
                condition=Q(weekly_pence__gte=0, one_off_pence__gte=0),
                name="budgets_statement_part_is_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(delivery__in=Delivery.values),
                name="budgets_statement_part_is_held_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.ISF) | ~Q(holder=""),
                name="budgets_statement_part_says_who_holds_a_fund",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekly_pence}p a week"


class BudgetChange(models.Model):
    """What a later statement put into a stream of a budget, or took out of it (below zero), in pence, from a day on."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="changes")
    statement = models.ForeignKey(BudgetStatement, on_delete=models.PROTECT, related_name="changes")
    change_pence = models.BigIntegerField()
    effective_date = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "statement"], name="budgets_change_is_one_a_statement"
            ),
            models.CheckConstraint(condition=~Q(change_pence=0), name="budgets_change_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.change_pence}p"
