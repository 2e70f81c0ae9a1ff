"""The day on which somebody leaves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from people.rules.words import date_words

SHOW, LEAVE = "show", "leave"


class LeaveForm(forms.Form):
    """From which day on somebody is not a member any more (exclusive: the day before is their last)."""

    left_date = DayField(
        label=_("On which day do you want to leave?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day you want to leave."),
            "invalid": _("Write a day, like 2026-05-04."),
        },
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last
        self.fields["left_date"].initial = first
        self.fields["left_date"].help_text = gettext("From %(first)s up to %(last)s.") % {
            "first": date_words(first),
            "last": date_words(last),
        }

    def clean_left_date(self) -> date:
        """Refuse a day that is too early or too far ahead, and name the one that would do."""
        chosen: date = self.cleaned_data["left_date"]
        if chosen < self.first:
            said = gettext("The first day you can leave on is %(day)s.")
            raise forms.ValidationError(said % {"day": date_words(self.first)})
        if chosen > self.last:
            said = gettext("You can say that you leave up to %(day)s.")
            raise forms.ValidationError(said % {"day": date_words(self.last)})
        return chosen

    @property
    def chosen(self) -> date:
        """The day to show figures for: the one that was chosen, or the first there is."""
        said = self.cleaned_data.get("left_date") if self.is_bound and self.is_valid() else None
        return said or self.first

    @property
    def is_sure(self) -> bool:
        """Tell whether they leave with this, and do not only look at another day."""
        return self.data.get("do") == LEAVE
