"""What the pages of plans ask."""

from plans.forms.plan import PlanWordForm

__all__ = ["PlanWordForm"]
