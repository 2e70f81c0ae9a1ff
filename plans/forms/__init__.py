"""What the pages of plans ask."""

from plans.forms.plan import AGREE, PANEL, NeedForm, NewNeedForm, PlanForm, PlanWordForm

__all__ = ["AGREE", "PANEL", "NeedForm", "NewNeedForm", "PlanForm", "PlanWordForm"]
