"""The days on which somebody is away, and the day on which they are back sooner."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.models import Absence, AwayCause
from ledger.forms import DayField
from people.rules.words import date_words

ONE_DAY = timedelta(days=1)


def _day(**words: Any) -> DayField:
    return DayField(
        **words,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which day."), "invalid": _("Write a day, like 2026-05-04.")},
    )


class AwayForm(forms.Form):
    """From when to when somebody is away, both days included, and why."""

    first_date = _day(
        label=_("Your first day away"), help_text=_("This can be a day to come, or one that has passed.")
    )
    last_date = _day(
        label=_("Your last day away"),
        help_text=_("If you do not know yet, write a day. You can say more days later."),
    )
    cause = forms.ChoiceField(
        label=_("Why are you away?"),
        help_text=_("Only you and whoever helps you see this. The other members are not told."),
        choices=AwayCause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one, because your agreement may say something else for each.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_date"), cleaned.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", gettext("Your last day away cannot be before the first."))
        return cleaned

    def said(self) -> dict[str, str]:
        """Give the answers as a session keeps them."""
        return {
            "first_date": self.cleaned_data["first_date"].isoformat(),
            "last_date": self.cleaned_data["last_date"].isoformat(),
            "cause": self.cleaned_data["cause"],
        }


class BackForm(forms.Form):
    """From which day on somebody is back."""

    back_date = _day(label=_("From which day on are you back?"))

    def __init__(self, *args: Any, absence: Absence, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absence = absence
        self.last = absence.end_date - ONE_DAY
        field = self.fields["back_date"]
        field.initial = max(absence.start_date, min(today, self.last))
        field.help_text = (
            gettext(
                "A day from %(first)s to %(last)s. If you write the first of them, you were not away at all."
            )
            % self._days
        )

    def clean_back_date(self) -> date:
        """Hold it to the days they said."""
        chosen: date = self.cleaned_data["back_date"]
        if not self.absence.start_date <= chosen <= self.last:
            raise forms.ValidationError(gettext("Choose a day from %(first)s to %(last)s.") % self._days)
        return chosen

    @property
    def _days(self) -> dict[str, str]:
        """The first and the last day they said, in words."""
        return {"first": date_words(self.absence.start_date), "last": date_words(self.last)}
