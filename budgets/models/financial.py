"""Financial assessments: what somebody can pay towards their care each week, and every line it comes from."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

from budgets.models.budget import DateRange
from ledger.models.fields import UuidV7
from people.models import Person, User
from sealing.models import SealedJSONField, SealedTextField, new_id


class Basis(models.TextChoices):
    """On what an assessment rests (Care and support statutory guidance, chapter 8)."""

    FULL = "full", _("All figures")
    LIGHT_TOUCH = "light_touch", _("Light touch")
    REFUSED = "refused", _("No figures given")
    EXEMPT = "exempt", _("Care that is free of charge")


class Allowance(models.TextChoices):
    """What somebody is left with: at home the minimum income guarantee, in a care home the expenses allowance."""

    MIG = "mig", _("Minimum income guarantee")
    PEA = "pea", _("Personal expenses allowance")


class FinancialAssessmentQuerySet(models.QuerySet["FinancialAssessment"]):
    """Ways to ask for financial assessments."""

    def visible_to(self, user: User | AnonymousUser) -> "FinancialAssessmentQuerySet":
        """Give the assessments of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))

    def that_count(self) -> "FinancialAssessmentQuerySet":
        """Leave out those that a later one replaced before their first day."""
        return self.exclude(end_date=F("start_date"))


class FinancialAssessment(models.Model):
    """
    What a person can pay towards their care from one day on, and how that was worked out. Only ended, by a new one.

    Pence, each week; `capital_pence` is what they have. `weekly_contribution_pence` is none where they pay all that
    their care costs. `lines` is how it was worked out, step by step, as it is shown (`budgets.rules.contribution`).
    `end_date` is exclusive, none: until another says otherwise; equal to `start_date`: replaced before it began.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="financial_assessments")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    allowance = models.CharField(max_length=5, choices=Allowance.choices)
    capital_pence = models.BigIntegerField(default=0)
    tariff_pence = models.BigIntegerField(default=0)
    income_pence = models.BigIntegerField(default=0)
    disregards_pence = models.BigIntegerField(default=0)
    dre_pence = models.BigIntegerField(default=0)
    allowance_pence = models.BigIntegerField(default=0)
    pays_in_full = models.BooleanField()
    weekly_contribution_pence = models.BigIntegerField(null=True)
    lines = SealedJSONField(default=list)
    reason = SealedTextField(max_length=1_000, blank=True)
    assessed_at = models.DateTimeField(db_default=Now(), editable=False)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = FinancialAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="budgets_financial_does_not_end_before_it_starts",
            ),
            ExclusionConstraint(
                name="budgets_financial_never_overlaps_another",
                expressions=[
                    (DateRange("start_date", "end_date"), RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values), name="budgets_financial_basis_is_known"
            ),
            models.CheckConstraint(
                condition=Q(allowance__in=Allowance.values), name="budgets_financial_allowance_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    capital_pence__gte=0,
                    tariff_pence__gte=0,
                    income_pence__gte=0,
                    disregards_pence__gte=0,
                    dre_pence__gte=0,
                    allowance_pence__gte=0,
                ),
                name="budgets_financial_has_no_figure_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(pays_in_full=True, weekly_contribution_pence__isnull=True)
                | Q(pays_in_full=False, weekly_contribution_pence__gte=0),
                name="budgets_financial_says_what_they_pay",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.FULL)
                | Q(pays_in_full=True)
                | Q(
                    weekly_contribution_pence=Greatest(
                        F("income_pence")
                        + F("tariff_pence")
                        - F("disregards_pence")
                        - F("dre_pence")
                        - F("allowance_pence"),
                        0,
                    )
                ),
                name="budgets_financial_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.REFUSED) | Q(pays_in_full=True),
                name="budgets_financial_without_figures_pays_in_full",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.EXEMPT) | Q(weekly_contribution_pence=0),
                name="budgets_financial_exempt_pays_nothing",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.FULL) | ~Q(reason=""),
                name="budgets_financial_says_why_not_all_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()} from {self.start_date}"
