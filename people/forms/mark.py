"""From whom is a person's money kept, and why?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from ledger.forms import DayField
from people.actions import Concern
from people.models import User

DAY = {"type": "date", "class": "govuk-input--width-10"}
NOT_A_DAY = {"required": "Write a day, like 2026-05-04.", "invalid": "Write a day, like 2026-05-04."}
ELSE = "else"


class MarkForm(forms.Form):
    """Who it is, why, since when, by when it is looked at again, and whether the person may read of it."""

    who = forms.ChoiceField(
        label="From whom is their money kept?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it is."},
    )
    email = forms.EmailField(
        label="If it is somebody else: with which e-mail address do they sign in?",
        max_length=254,
        required=False,
        error_messages={"invalid": "Write their e-mail address, like name@example.org."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="What was said or seen, by whom, and which enquiry it belongs to. Only you and the team managers "
        "read this.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a few words."},
    )
    start_date = DayField(
        label="Since which day?",
        help_text="Today, or the day since when you know. It holds at once.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages=NOT_A_DAY,
    )
    review_date = DayField(
        label="By when do you look at it again?",
        help_text="It does not end by itself on that day.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages=NOT_A_DAY,
    )
    is_safe_to_tell = forms.BooleanField(
        label="It is safe for the person to read of this",
        help_text="Leave it empty if anybody else may read along, such as by their phone or their e-mails. They then "
        "read who it is and since when, on “Who can act for me”, when they sign in themselves. Not why.",
        required=False,
    )

    def __init__(self, *args: Any, known: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(one.pk): one for one in known}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        named = [(key, format_html("<bdi>{}</bdi>", one)) for key, one in self._known.items()]
        who.choices = [*named, (ELSE, "Somebody else")]

    def clean(self) -> dict[str, Any]:
        """Find whom an address belongs to."""
        said = super().clean() or {}
        if said.get("who") == ELSE:
            address = said.get("email", "")
            found = User.objects.filter(email__iexact=address).first() if address else None
            if found is not None:
                self._known[ELSE] = found
            elif "email" not in self.errors:
                self.add_error(
                    "email", "Nobody signs in here with this address, so they can see nothing. Check it."
                )
        return said

    @property
    def chosen(self) -> User:
        """Give who was chosen."""
        return self._known[self.cleaned_data["who"]]

    def concern(self) -> Concern:
        """Give what was answered."""
        said = self.cleaned_data
        return Concern(
            **{name: said[name] for name in ("reason", "start_date", "review_date", "is_safe_to_tell")}
        )


class EndMarkForm(forms.Form):
    """Why it ends."""

    reason = forms.CharField(
        label="Why does it end?",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it ends."},
    )
