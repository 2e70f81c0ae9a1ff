"""A late change as a finance officer writes it: a price for some days, or the days on which the service ran."""

from typing import Any

from django import forms

from invoices.rules.late import LateChange
from ledger.forms import DayField, PoundsField

LONGEST_WORDS = 1_000
RATE, DAYS = "rate", "days"


def _day(label: str, help_text: str = "") -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day, like 2026-05-28."},
    )


class LateChangeForm(forms.Form):
    """What was told late."""

    what = forms.ChoiceField(
        label="What changed?",
        choices=[(RATE, "The price of one unit"), (DAYS, "The days on which it ran")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what changed."},
    )
    rate_pence = PoundsField(label="New price of one unit, if that changed", required=False)
    first = _day("First day", "Leave it empty if there is no such end.")
    last = _day("Last day", "This day counts too.")

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs together."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if said.get("what") == RATE and said.get("rate_pence") is None and "rate_pence" not in self.errors:
            self.add_error("rate_pence", "Write the new price.")
        if said.get("what") == DAYS and not first and not last and not self.errors:
            self.add_error("first", "Write the first day, the last, or both.")
        if first and last and last < first:
            self.add_error("last", "The last day lies before the first.")
        return said

    def change(self) -> LateChange:
        """Give what was said."""
        said = self.cleaned_data
        rate = said["rate_pence"] if said["what"] == RATE else None
        return LateChange(first=said["first"], last=said["last"], rate_pence=rate)


class ApplyForm(LateChangeForm):
    """The same, looked at, and why."""

    reason = forms.CharField(
        label="Why, and who told you?",
        help_text="The provider reads it. Name nobody who draws on care.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, and who told you: the provider reads it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "reason":
                field.widget = forms.HiddenInput()
