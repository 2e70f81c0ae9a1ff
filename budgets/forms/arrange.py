"""What finance officers say of a direct payment."""

from typing import Any

from django import forms

from budgets.models import Allocation, Delivery, Rhythm
from ledger.forms import DayField, PoundsField


def day_field(label: str, *, missing: str, hint: str = "") -> DayField:
    """Ask for a day."""
    return DayField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Write a day, like 2026-05-04."},
    )


class ArrangeForm(forms.Form):
    """How a stream of a budget is paid to the person."""

    rhythm = forms.ChoiceField(
        label="How often?",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often it is paid."},
    )
    start_date = day_field("From which day?", missing="Say from which day it is paid.")
    weekly_pence = PoundsField(
        label="How much of it, each week?",
        help_text="The part that they chose to be paid. The council keeps holding the rest.",
        error_messages={"required": "Say how much is paid each week."},
    )
    contingency_pence = PoundsField(
        label="What may stay with them besides",
        help_text="For instance holiday pay of their assistant. Nothing, if it was not agreed.",
        required=False,
    )

    def __init__(self, *args: Any, allocation: Allocation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if allocation.delivery != Delivery.MIXED:
            del self.fields["weekly_pence"]

    def terms(self) -> dict[str, Any]:
        """Give what was answered, as `arrange_payment` takes it."""
        said = self.cleaned_data
        return {
            "rhythm": Rhythm(said["rhythm"]),
            "start_date": said["start_date"],
            "weekly_pence": said.get("weekly_pence"),
            "contingency_pence": said["contingency_pence"] or 0,
        }


class EndForm(forms.Form):
    """From which day nothing is paid any more."""

    end_date = day_field(
        "From which day is nothing paid any more?",
        missing="Say from which day nothing is paid.",
        hint="What was paid for later days stays with the person until it is asked back with notice.",
    )
