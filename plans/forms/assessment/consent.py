"""A carer's care, as they agree to have it counted."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from people.actions import Care

DAY = {"type": "date", "class": "govuk-input--width-10"}
NOT_A_DAY = _("Write a day, like 2026-05-04.")


class CareForm(forms.Form):
    """How many hours a week, what it is, and from when until when."""

    hours = forms.IntegerField(
        label=_("How many hours a week do you care?"),
        min_value=1,
        max_value=168,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many hours a week, from 1 to 168."),
            "invalid": _("Write how many hours a week, from 1 to 168."),
            "min_value": _("Write how many hours a week, from 1 to 168."),
            "max_value": _("Write how many hours a week, from 1 to 168."),
        },
    )
    what = forms.CharField(
        label=_("What do you do?"),
        help_text=_("Such as cooking, or nights."),
        max_length=500,
        error_messages={"required": _("Say in a few words what the care is.")},
    )
    start_date = DayField(
        label=_("From which day?"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )
    last_date = DayField(
        label=_("Until which day?"),
        help_text=_("The last day. Leave it empty if it should go on until you take it back."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": NOT_A_DAY},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_date"].initial = today

    def care(self) -> Care:
        """Give the care as it was described; the end is the day after the last one."""
        said = self.cleaned_data
        last = said["last_date"]
        return Care(
            hours_weekly=said["hours"],
            what=said["what"],
            start_date=said["start_date"],
            end_date=last + timedelta(days=1) if last else None,
            evidence=said.get("evidence", ""),
        )


class RecordedCareForm(CareForm):
    """The same, written down by a professional: whose care it is, and what the consent rests on."""

    name = forms.CharField(
        label="The carer's name", max_length=200, error_messages={"required": "Write their name."}
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="They sign in with it, and can take this back themselves at any time.",
        max_length=254,
        error_messages={
            "required": "Write their e-mail address, like name@example.org.",
            "invalid": "Write their e-mail address, like name@example.org.",
        },
    )
    evidence = forms.CharField(
        label="What does their consent rest on?",
        help_text="Such as their signed form and its date, or their word to you and its date.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it rests on."},
    )

    field_order = ("name", "email", "hours", "what", "start_date", "last_date", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].label = "How many hours a week do they care?"
        self.fields["what"].label = "What do they do?"
