"""Putting a cluster on hold, or letting it go on."""

from django import forms

LONGEST_REASON = 500


class HoldForm(forms.Form):
    """Why: every member reads it."""

    reason = forms.CharField(
        label="Why?",
        help_text="Every member reads this. Say what happens next, and whom they can ask.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why. Every member reads it."},
    )
