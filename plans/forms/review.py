"""What the pages of reviews ask."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from plans.actions.reviews import Found
from plans.models import NeedsMet, ReviewReason, ReviewResult
from plans.models.review import CALLING

LONGEST = 5_000


class AskForReviewForm(forms.Form):
    """What has happened, so that somebody should look at a plan again now."""

    reason = forms.ChoiceField(
        label=_("What has happened?"),
        choices=[(reason.value, reason.label) for reason in CALLING],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what has happened.")},
    )
    words = forms.CharField(
        label=_("Tell us about it"),
        help_text=_("A few words are enough."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what has happened, in a few words.")},
    )


class ReviewForm(forms.Form):
    """What a review found, beside the plan it looked at."""

    held_date = DayField(
        label="When was it held?",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say on which day it was held.",
            "invalid": "Write a day, like 2026-05-04.",
        },
    )
    reason = forms.ChoiceField(
        label="Why was it held?",
        choices=ReviewReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it was held."},
    )
    needs_met = forms.ChoiceField(
        label="Are their outcomes met?",
        help_text="As you and they agreed it. Going without care is not a need met.",
        choices=NeedsMet.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether their outcomes are met."},
    )
    their_words = forms.CharField(
        label="What they say",
        help_text="In their own words.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    words = forms.CharField(
        label="What you found",
        help_text="They read this.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what you found."},
    )
    result = forms.ChoiceField(
        label="What follows?",
        choices=ReviewResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what follows."},
    )
    with_payment = forms.BooleanField(label="It looked at their direct payment too", required=False)

    def __init__(self, *args: Any, today: date, is_paid_directly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_date"].initial = today
        if not is_paid_directly:
            del self.fields["with_payment"]

    def found(self) -> Found:
        """Give what was answered."""
        said = self.cleaned_data
        return Found(
            reason=ReviewReason(said["reason"]),
            held_date=said["held_date"],
            needs_met=NeedsMet(said["needs_met"]),
            result=ReviewResult(said["result"]),
            words=said["words"],
            their_words=said["their_words"],
            with_payment=said.get("with_payment", False),
        )
