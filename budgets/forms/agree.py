"""The word on a proposed budget: agreed, or taken back; for the panel, with the reason of its minute."""

from typing import Any

from django import forms

AGREE, TAKE_BACK = "agree", "take-back"


class AgreeForm(forms.Form):
    """Which of the two buttons was pressed (`do`), and what the panel said."""

    do = forms.ChoiceField(
        choices=[(AGREE, "Agree the budget"), (TAKE_BACK, "Take it back")], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label="The panel’s reason, as the minute has it",
        help_text="It is kept with the plan.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, is_panels: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_panels = is_panels

    @property
    def takes_back(self) -> bool:
        """Tell whether the proposal is taken back."""
        return bool(self.cleaned_data["do"] == TAKE_BACK)

    def clean(self) -> dict[str, Any]:
        """Ask for the panel's reason where the panel agrees."""
        cleaned = super().clean() or {}
        if self.is_panels and cleaned.get("do") == AGREE and not cleaned.get("reason"):
            self.add_error("reason", "Write the reason from the panel’s minute. It is kept with the plan.")
        return cleaned
