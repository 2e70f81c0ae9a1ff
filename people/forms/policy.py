"""The questions of changing a value of policy."""

from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from ledger.forms import DayField, PoundsField
from people.models import PolicyUnit
from people.rules.policy import PENCE, Known, value_words
from people.rules.words import day_words

DAY = {"type": "date", "class": "govuk-input--width-10"}
NOT_A_DAY = "Write a day, like 2026-05-04."


class PolicyForm(forms.Form):
    """Another value for a code, from when, and where it comes from. Bounds are the action's to hold."""

    effective_date = DayField(
        label="From which day does it hold?",
        help_text="Today or a later day. What held before stays as it was.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )
    source = forms.CharField(
        label="Where does it come from?",
        help_text="Such as a circular, or a decision of the council with its date. It is shown beside the value.",
        max_length=300,
        error_messages={"required": "Say where this value comes from."},
    )

    def __init__(self, data: Any = None, *, known: Known, today: date) -> None:
        super().__init__(data, initial={"effective_date": today})
        self.known = known
        self.fields["value"] = _value_field(known)
        self.order_fields(["value", "effective_date", "source"])

    def answers(self) -> list[tuple[str, str, str]]:
        """Give what was answered, as it is read back before it is saved."""
        said = self.cleaned_data
        return [
            (self.known.words, value_words(self.known.unit, said["value"], code=self.known.code), ""),
            ("From", day_words(said["effective_date"]), ""),
            ("Source", said["source"], ""),
        ]

    def given(self) -> list[tuple[str, str]]:
        """Give every answer by the name of its field as it was sent, so that it can be sent again."""
        assert isinstance(self.data, MultiValueDict), "a form that was sent"
        return [(name, value) for name in self.fields for value in self.data.getlist(name)]


class EndPolicyForm(forms.Form):
    """From which day the value that holds everywhere holds again."""

    effective_date = DayField(
        label="From which day should the value that holds everywhere hold again?",
        help_text="Your own value holds until the day before.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )


def _value_field(known: Known) -> forms.Field:
    if known.unit == PENCE:
        return PoundsField(label="New value", error_messages={"required": "Write the value in pounds."})
    wrong = "Write a whole number."
    bounds = f"{value_words(known.unit, known.least)} to {value_words(known.unit, known.most)}."
    return forms.IntegerField(
        label=f"New value ({PolicyUnit(known.unit).label.lower()})",
        help_text=f"It can be {bounds}",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"required": wrong, "invalid": wrong},
    )
