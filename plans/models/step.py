"""The steps of a plan: who handed it in, agreed it, or sent it back, on which figures, and why. Written once."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models import User
from plans.models.plan import Plan, PlanState
from sealing.models import SealedTextField, new_id


class PlanStep(models.Model):
    """
    One step of a plan: from which state into which, by whom, on which figures, and why.

    `figures` are those the step rested on (`plans.rules.figures`): the plan may not be agreed on others. `by` is whose
    doing it was; nobody for what the system did. Frozen as it is written.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=PlanState.choices)
    to_state = models.CharField(max_length=10, choices=PlanState.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    reason = SealedTextField(blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_state__in=PlanState.values, to_state__in=PlanState.values),
                name="plans_step_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=[PlanState.RETURNED, PlanState.PANEL]) | ~Q(reason=""),
                name="plans_step_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(from_state=PlanState.PANEL) | ~Q(reason=""),
                name="plans_step_of_a_panel_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_to_state_display())
