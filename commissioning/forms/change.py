"""The questions of changing a contract, or ending it before its time."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commissioning.actions import Change
from commissioning.models import Contract
from ledger.forms import DayField, PoundsField
from people.rules.words import date_words
from providers.rules import unit_words

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

LONGEST_REASON = 500
ONE_DAY = timedelta(days=1)
UNREADABLE = _("Write a day, like 2026-05-04.")


def _day(label: "Words", *, help_text: "Words" = "", required: "Words") -> DayField:
    """Ask for a day."""
    return DayField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": UNREADABLE},
    )


def _why(label: "Words", help_text: "Words") -> forms.CharField:
    """Ask for the reason."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why. Whoever it concerns reads this.")},
    )


class EndForm(forms.Form):
    """The council ends a contract: the last day, and why."""

    last_date = _day(_("Which is its last day?"), required=_("Say which day is its last."))
    reason = _why(_("Why does it end?"), _("The members and the provider read this."))

    def __init__(self, *args: Any, contract: Contract, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = contract.last_date - ONE_DAY
        self.fields["last_date"].help_text = gettext("From %(first)s up to %(last)s.") % {
            "first": date_words(today - ONE_DAY),
            "last": date_words(last),
        }

    @property
    def end_date(self) -> date:
        """The day it is over (exclusive)."""
        last: date = self.cleaned_data["last_date"]
        return last + ONE_DAY


class AskToEndForm(forms.Form):
    """A member asks the others to end a contract: only why, because its notice says when."""

    reason = _why(_("Why should it end?"), _("The other members read this before they vote."))


class WhyChangeForm(forms.Form):
    """A member puts a drafted change to the others: why."""

    reason = _why(_("Why should it change?"), _("The other members read this before they vote."))


class SpendReserveForm(forms.Form):
    """A member asks the others to spend what they keep back: why."""

    reason = _why(_("Why should we?"), _("The other members read this before they vote."))


class ChangeForm(forms.Form):
    """What is to be different, and from when: the prices, what it comes to a week, and its last day."""

    start_date = _day(_("From which day should it be different?"), required=_("Say from which day."))
    last_date = _day(_("Which is then its last day?"), required=_("Say which day is its last."))
    weekly = PoundsField(
        label=_("What does it then cost a week, all together?"),
        help_text=_("The price of a unit times the units a week."),
        error_messages={"required": _("Say what it costs a week.")},
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.rates = {f"rate-{service.code}": service for service in contract.services.order_by("code")}
        self.fields["last_date"].initial = contract.last_date
        self.fields["weekly"].initial = contract.weekly_pence
        for name, service in self.rates.items():
            self.fields[name] = PoundsField(
                label=gettext("The price of one %(unit)s: %(what)s")
                % {"unit": unit_words(service.unit), "what": service.description},
                initial=service.unit_rate_pence,
                error_messages={"required": _("Say what one costs.")},
            )

    def clean(self) -> dict[str, Any]:
        """Refuse days that do not follow on each other."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("start_date"), cleaned.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", _("It cannot end before it begins. Choose a later last day."))
        return cleaned

    def change(self) -> Change:
        """Give what was answered, in pence and with its end exclusive."""
        said = self.cleaned_data
        return Change(
            start_date=said["start_date"],
            end_date=said["last_date"] + ONE_DAY,
            weekly_pence=said["weekly"],
            rates={service.code: said[name] for name, service in self.rates.items()},
        )
