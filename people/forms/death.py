"""When did a person die?"""

from django import forms

from ledger.forms import DayField


class DeathForm(forms.Form):
    """The day somebody died, and that it is sure: it cannot be taken back."""

    died_date = DayField(
        label="On which day did they die?",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Write the day they died.", "invalid": "Write a day, like 2026-05-04."},
    )
    is_sure = forms.BooleanField(
        label="I know this for certain",
        error_messages={"required": "Tick this box only if you know it for certain."},
    )
