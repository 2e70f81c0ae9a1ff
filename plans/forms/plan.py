"""The professional's word on a plan."""

from typing import Any

from django import forms

AGREE, SEND_BACK = "agree", "send_back"


class PlanWordForm(forms.Form):
    """Agreed, or sent back with a reason."""

    answer = forms.ChoiceField(
        label="Does this plan meet what the person needs, and keep them safe?",
        choices=[(AGREE, "Yes, I agree"), (SEND_BACK, "No, I am sending it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree."},
    )
    reason = forms.CharField(
        label="If you send it back: why?",
        help_text="The person reads this. Say what is missing and what would help.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == SEND_BACK and "reason" not in self.errors and not cleaned.get("reason"):
            self.add_error("reason", "Say why it goes back, so that the person knows what to change.")
        return cleaned

    @property
    def is_agreed(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == AGREE)
