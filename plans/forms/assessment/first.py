"""The first conversation, and not agreeing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Advocacy

LINES = {"rows": 4}


class FirstForm(forms.Form):
    """What is talked about first; what is known already stands in it."""

    what_matters = forms.CharField(
        label="What matters to them?",
        help_text="In their own words, as far as you can.",
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
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
    advocacy = forms.ChoiceField(
        label="Do they need somebody to help them take part?",
        help_text="Care Act 2014, section 67. Nobody is asked again on later pages.",
        choices=Advocacy.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    capacity_doubt = forms.CharField(
        label="Is there any doubt that they can make these decisions?",
        help_text="Leave it empty if there is none. Else: which decision, and why.",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs=LINES),
    )

    def sent(self) -> dict[str, str]:
        """Give every field that was sent, fit to be kept; what was not sent at all stays as it is."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields if name in self.data}

    def labels(self) -> dict[str, str]:
        """Say of each field what it is about."""
        return {name: str(field.label) for name, field in self.fields.items()}


class ChallengeForm(forms.Form):
    """What one does not agree with."""

    words = forms.CharField(
        label=_("What do you not agree with?"),
        help_text=_("In your own words. You can say what it is really like for you."),
        max_length=4_000,
        widget=forms.Textarea(attrs=LINES),
        error_messages={"required": _("Say in your own words what you do not agree with.")},
    )
