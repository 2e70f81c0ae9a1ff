"""The members' word on somebody who asks to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.forms.answers import AGREE, LONGEST_NOTE, SEND_BACK


class MembersWordForm(forms.Form):
    """The members' word on somebody who asks to join."""

    answer = forms.ChoiceField(
        label=_("Can they join?"),
        choices=[(AGREE, _("Yes, they are welcome")), (SEND_BACK, _("No, not now"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    reason = forms.CharField(
        label=_("If not: why?"),
        help_text=_("They read this. A kind reason helps them find another way."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == SEND_BACK and "reason" not in self.errors and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why, so that the person who asked can understand."))
        return cleaned

    @property
    def is_agreed(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == AGREE)
