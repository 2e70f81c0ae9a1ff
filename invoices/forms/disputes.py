"""“This did not happen”: what a member writes, and what the council answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 1_000
HAPPENED, DID_NOT = "happened", "did-not"


class NotHappenedForm(forms.Form):
    """What a member would like to say about it; they need not."""

    words = forms.CharField(
        label=_("Is there anything we should know?"),
        help_text=_("You can leave this empty."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("That is more than we can keep. Say it in fewer words.")},
    )


class AnswerVisitForm(forms.Form):
    """Whether it happened, and how the officer knows."""

    found = forms.ChoiceField(
        label="Did it happen?",
        choices=[
            (HAPPENED, "Yes: what was billed stays, and can be paid"),
            (DID_NOT, "No: take it back, and give each member their share"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it happened."},
    )
    answer = forms.CharField(
        label="What did you find out, and how?",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you found out, and how: the member reads it."},
    )
