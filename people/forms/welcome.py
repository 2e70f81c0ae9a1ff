"""Somebody new: who they are, who leads their plan, and what was said first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ledger.forms import DayField
from people.actions.welcome import FirstSaid, Newcomer
from people.models import Council, User
from people.queries.people import leads_of

DAY = {"type": "date", "class": "govuk-input--width-10"}


def _day(label: str, help_text: str = "", *, required: bool = True) -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": "Write the day.", "invalid": "Write a day, like 2026-05-04."},
    )


class NewPersonForm(forms.Form):
    """Everything that is asked once: later pages begin with it."""

    name = forms.CharField(
        label="What is their name?", max_length=200, error_messages={"required": "Write their name."}
    )
    birth_date = _day("When were they born?", "Leave it empty if you do not know yet.", required=False)
    postcode = forms.CharField(
        label="Their postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    email = forms.EmailField(
        label="Their e-mail address, if they want to sign in",
        help_text="They see their plan and money there. They can do so later too.",
        max_length=254,
        required=False,
        error_messages={"invalid": "Write the whole address, like name@example.org."},
    )
    contacted_date = _day("When did you first speak?")
    by_whom = forms.CharField(
        label="Who got in touch for them?",
        help_text="Like “their daughter Ana”. Leave it empty if they did so themselves.",
        max_length=200,
        required=False,
    )
    words = forms.CharField(
        label="What did they say?",
        help_text="In their own words, as far as you can. The assessment begins with this.",
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write in a few words what they said."},
    )
    language = forms.CharField(label="Which language do they speak best?", max_length=200, required=False)
    communication = forms.CharField(
        label="What helps them to understand and be understood?",
        help_text="Such as pictures, time, a hearing aid, an interpreter.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact = forms.CharField(
        label="How and when do they like to be contacted?", max_length=500, required=False
    )
    council = forms.ChoiceField(label="Which council?", widget=forms.RadioSelect)
    lead = forms.ChoiceField(label="Who leads their plan?")
    ref = forms.CharField(
        label="Your council’s reference for them",
        help_text="Leave it empty: then we give one.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    is_somebody_else = forms.BooleanField(
        label="I have looked: the new person is somebody else", required=False
    )

    def __init__(self, *args: Any, councils: Sequence[Council], by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {str(council.pk): council for council in councils}
        self._leads = {str(lead.pk): lead for council in councils for lead in leads_of(council)}
        self._offer("council", [(pk, council.name) for pk, council in self._councils.items()])
        self._offer("lead", [(pk, str(lead)) for pk, lead in self._leads.items()])
        self.fields["council"].initial = next(iter(self._councils), None)
        self.fields["lead"].initial = str(by.pk)
        self.fields["contacted_date"].initial = today
        if len(self._councils) == 1:
            self.fields["council"].widget = forms.HiddenInput()

    def newcomer(self) -> Newcomer:
        """Give who they are."""
        said = self.cleaned_data
        return Newcomer(
            council=self._councils[said["council"]],
            lead=self._leads[said["lead"]],
            **{name: said[name] for name in ("name", "birth_date", "postcode", "ref", "email")},
        )

    def said(self) -> FirstSaid:
        """Give the first conversation."""
        names = ("contacted_date", "by_whom", "words", "language", "communication", "contact")
        return FirstSaid(**{name: self.cleaned_data[name] for name in names})

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
