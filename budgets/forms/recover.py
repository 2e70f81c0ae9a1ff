"""Asking a direct payment back: what finance says, and what the person answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.models import Afford
from ledger.forms import PoundsField

LONGEST = 2_000


class AnswerNoticeForm(forms.Form):
    """Whether the person can pay without going short, and whether they disagree."""

    afford = forms.ChoiceField(
        label=_("Can you pay this back without going short?"),
        choices=Afford.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. If you are not sure, choose the second.")},
    )
    words = forms.CharField(
        label=_("Tell us more, if you like"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    dispute = forms.CharField(
        label=_("Do you disagree? Then say why"),
        help_text=_("Nothing is taken back until somebody else at the council has answered you."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class NoticeForm(forms.Form):
    """How much is asked back, and why."""

    amount_pence = PoundsField(label="How much?", error_messages={"required": "Say how much is asked back."})
    reason = forms.CharField(
        label="Why?",
        help_text="The person reads this. Say what happened, not who is to blame.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why."},
    )


class SettleForm(forms.Form):
    """What somebody who disagrees is answered."""

    stands = forms.TypedChoiceField(
        label="What did you find?",
        choices=[("no", "They are right: nothing is taken back"), ("yes", "It stands, with a new notice")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found."},
    )
    words = forms.CharField(
        label="Why?",
        help_text="The person reads this.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why."},
    )


class TakeForm(forms.Form):
    """How much is taken back, and how it was considered whether they can afford it."""

    pence = PoundsField(
        label="How much is taken back?",
        help_text="No more than they were told; less, where they would go short.",
        error_messages={"required": "Say how much."},
    )
    considered = forms.CharField(
        label="How did you consider whether they can afford it?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how you considered it."},
    )

    def __init__(self, *args: Any, most_pence: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pence"].initial = most_pence
