"""Somebody does not agree with how it was worked out what they pay, and finance owes them an answer by a day."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from budgets.models.financial import FinancialAssessment
from budgets.models.statement import BudgetStatement
from budgets.rules.contribution import Step
from ledger.models.fields import UuidV7
from people.models import Person, RoleKind, User
from plans.models import Disagreement
from sealing.models import new_id

ANSWERING = (RoleKind.FINANCE_OFFICER, RoleKind.MANAGER)


class ContributionChallengeQuerySet(models.QuerySet["ContributionChallenge"]):
    """Ways to ask for challenges of what people pay."""

    def waiting(self) -> "ContributionChallengeQuerySet":
        """Only those nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def answered_in(self, user: User | AnonymousUser) -> "ContributionChallengeQuerySet":
        """Give those of the councils where one is a finance officer or a team manager, and may see the person."""
        if not isinstance(user, User):
            return self.none()
        councils = [role.council_id for role in user.roles.all() if role.kind in ANSWERING]
        people = Person.objects.visible_to(user).filter(council__in=councils)
        return self.filter(assessment__person__in=people)


class ContributionChallenge(Disagreement):
    """
    Somebody does not agree with a line (`step`) of what they pay, or (no step) with all of it.

    `owner` is the finance officer or team manager who is asked for the answer, never whoever assessed. Upheld, it was
    assessed anew (`led_to`), and where a budget rested on it, that was agreed anew too (`statement`), which gives back
    what was put down for them too much.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    assessment = models.ForeignKey(FinancialAssessment, on_delete=models.PROTECT, related_name="challenges")
    step = models.CharField(max_length=12, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="challenges_owned")
    led_to = models.ForeignKey(
        FinancialAssessment, on_delete=models.PROTECT, null=True, related_name="came_from"
    )
    statement = models.ForeignKey(
        BudgetStatement, on_delete=models.PROTECT, null=True, related_name="came_from"
    )

    objects = ContributionChallengeQuerySet.as_manager()

    class Meta(Disagreement.Meta):
        constraints = [
            *Disagreement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(step__in=["", *(step.value for step in Step)]),
                name="budgets_contributionchallenge_names_a_known_line",
            ),
            models.CheckConstraint(
                condition=Q(led_to__isnull=False) | ~Q(outcome__in=["upheld", "partly"]),
                name="budgets_contributionchallenge_upheld_is_assessed_anew",
            ),
            models.CheckConstraint(
                condition=Q(statement__isnull=True) | Q(led_to__isnull=False),
                name="budgets_contributionchallenge_agrees_anew_when_upheld",
            ),
            models.UniqueConstraint(
                fields=["assessment", "step"],
                condition=Q(answered_at__isnull=True),
                name="budgets_contributionchallenge_waits_once_a_line",
            ),
        ]
