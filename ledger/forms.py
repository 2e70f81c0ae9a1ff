"""An amount of money, and a day, as questions of a form."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ledger.pennies import in_pounds
from ledger.rules import EARLIEST_DAY, LATEST_DAY

AMOUNT = re.compile(r"(?P<pounds>[0-9]{1,9})(\.(?P<pence>[0-9]{1,2}))?")
LONGEST = 20


class DayField(forms.DateField):
    """A day of this life: one of a year like 0026 or 9999 is no day, as 30 February is none."""

    def to_python(self, value: Any) -> date | None:
        """Read a day, and refuse one of another century."""
        day = super().to_python(value)
        if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class PoundsInput(forms.TextInput):
    """A box for pounds and pence, with the pound sign before it."""

    template_name = "django/forms/widgets/pounds.html"


class PoundsField(forms.Field):
    """
    An amount written in pounds ("25", "£1,250.50"), as whole pence.

    Gives nothing for an empty answer that was not required. Units: pence, never below zero.
    """

    widget = PoundsInput
    default_error_messages = {"invalid": _("Write an amount in pounds, like 25 or 25.50.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Bring up figures on a small screen's keyboard."""
        return {
            "inputmode": "decimal",
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-10",
        }

    def prepare_value(self, value: Any) -> Any:
        """Write pence back as pounds, and whatever somebody wrote as they wrote it."""
        return in_pounds(value).removeprefix("£") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Read pounds as pence: the sign, commas and spaces do not matter."""
        words = "" if value is None else str(value)
        bare = words.replace("£", "").replace(",", "").replace(" ", "")
        if not bare:
            return None
        found = AMOUNT.fullmatch(bare) if len(words) <= LONGEST else None
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found["pounds"]) * 100 + int((found["pence"] or "0").ljust(2, "0"))
