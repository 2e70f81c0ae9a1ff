"""The commissioner's answer to a request."""

from typing import Any, cast

from django import forms

APPROVE, SEND_BACK = "approve", "send_back"
LONGEST_NOTE = 2_000


class DecideForm(forms.Form):
    """Approve, with a note if one likes, or send back with the reason."""

    answer = forms.ChoiceField(
        label="What do you decide?",
        choices=[(APPROVE, "Approve it, and promise it the members’ money"), (SEND_BACK, "Send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you approve it or send it back."},
    )
    note = forms.CharField(
        label="A note",
        help_text="The members read this. If you send it back, say why, and what would let you approve it.",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    procurement_ref = forms.CharField(
        label="Where was the notice published?",
        help_text="Its reference. A contract over the threshold has to be published before it is awarded.",
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, may_approve: bool, needs_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_notice:
            del self.fields["procurement_ref"]
        if not may_approve:
            answer = cast("forms.ChoiceField", self.fields["answer"])
            answer.choices = [(SEND_BACK, "Send it back")]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where it goes back."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == SEND_BACK and "note" not in self.errors and not cleaned.get("note"):
            self.add_error("note", "Say why it goes back. The members read this.")
        return cleaned

    @property
    def is_approved(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == APPROVE)
