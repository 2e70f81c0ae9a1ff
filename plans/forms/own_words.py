"""What somebody writes in their own plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 10_000


class OwnWordsForm(forms.Form):
    """What matters, and what should happen if something goes wrong: in the person's own words."""

    outcomes = forms.CharField(
        label=_("What matters to you?"),
        help_text=_("What a good day is like, whom you want to see, what you would like to do again."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    contingency = forms.CharField(
        label=_("What should happen if something goes wrong?"),
        help_text=_("Such as a helper who is ill, or a bad day. Who should be called?"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def sent(self) -> dict[str, str]:
        """Give every field that was sent, fit to be kept; what was not sent at all stays as it is."""
        return {
            name: str(self.cleaned_data.get(name) or "").replace("\r\n", "\n")
            for name in self.fields
            if name in self.data
        }

    def labels(self) -> dict[str, str]:
        """Say of each field what it is about."""
        return {name: str(field.label) for name, field in self.fields.items()}


class OwnNeedForm(forms.Form):
    """One thing somebody needs help with, in their own words."""

    words = forms.CharField(
        label=_("Is there something else you need help with?"),
        max_length=500,
        error_messages={"required": _("Say in a few words what you need help with.")},
    )
