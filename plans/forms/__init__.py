"""What the pages of plans ask."""

from plans.forms.needs import SHOWN, NeedsForm, NewNeedForm
from plans.forms.plan import AGREE, PANEL, PlanForm, PlanWordForm

__all__ = ["AGREE", "PANEL", "SHOWN", "NeedsForm", "NewNeedForm", "PlanForm", "PlanWordForm"]
