"""Which days somebody asks about."""

from datetime import timedelta
from typing import Any

from django import forms

from ledger.forms import DayField
from reports.rules.forecast import Span

DAY_BOX = {"type": "date", "class": "govuk-input--width-10"}


def day_box(label: str, help_text: str = "") -> DayField:
    """Ask for a day."""
    return DayField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs=DAY_BOX, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day, like 2026-05-28.", "required": "Write the day."},
    )


class DaysForm(forms.Form):
    """The first and the last day, both of them included."""

    start = day_box("The first day")
    end = day_box("The last day")

    def clean(self) -> dict[str, Any]:
        """Hold the days to their order."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "The last day is before the first one. Write a later day.")
        return cleaned

    @property
    def span(self) -> Span:
        """The days, the end exclusive."""
        return Span(start=self.cleaned_data["start"], end=self.cleaned_data["end"] + timedelta(days=1))
