"""What plans are made of: the person's words, their needs, and who meets them."""

from plans.models.plan import MetBy, Need, Plan, PlanQuerySet, PlanState

__all__ = ["MetBy", "Need", "Plan", "PlanQuerySet", "PlanState"]
