"""The questions that reports and the pages put together from every app ask."""

from reports.forms.days import DaysForm
from reports.forms.hand_over import CodeForm, HandOverForm
from reports.forms.people import FindForm, WhatIfForm

__all__ = ["CodeForm", "DaysForm", "FindForm", "HandOverForm", "WhatIfForm"]
