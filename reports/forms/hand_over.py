"""What finance officers are asked when they hand the books over to their own systems."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ledger.models import AccountKind
from reports.forms.days import DaysForm, day_box
from reports.models import CODE, SORTS
from reports.rules.hand_over import CodeSort, Format

FORMATS = [
    (Format.CSV.value, "CSV, for a finance system or a spreadsheet"),
    (Format.JOURNAL.value, "Journal, for hledger or ledger"),
    (Format.BEANCOUNT.value, "Journal for beancount"),
]


WRONG_CODE = (
    "Begin with a letter or a digit. Then letters, digits, full stops, hyphens and slashes may follow."
)


class HandOverForm(DaysForm):
    """Which days, both of them included, and for which program."""

    form = forms.ChoiceField(
        label="What is it for?",
        choices=FORMATS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for."},
    )


class CodeForm(forms.Form):
    """A code of the council's finance system, the lines it is for, and the day it begins."""

    sort = forms.ChoiceField(label="What is it?", choices=SORTS)
    code = forms.CharField(
        label="The code",
        help_text="As your finance system knows it: letters, digits, full stops, hyphens and slashes.",
        max_length=30,
        validators=[RegexValidator(CODE, WRONG_CODE)],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}
        ),
        error_messages={"required": "Write the code."},
    )
    account_kind = forms.ChoiceField(label="For which accounts?", required=False)
    stream_code = forms.ChoiceField(label="For which funding stream?", required=False)
    service_code = forms.ChoiceField(
        label="For which service?",
        help_text="Of lines that pay for a service. A code for a service goes before one for its accounts.",
        required=False,
    )
    from_date = day_box("From which day on?", "Up to that day, everything keeps the code it has.")

    def __init__(
        self, *args: Any, streams: Iterable[tuple[str, str]], services: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "account_kind": [("", "All accounts"), *AccountKind.choices],
            "stream_code": [("", "All streams"), *streams],
            "service_code": [
                ("", "All services, and what is for none"),
                *((code, code) for code in services),
            ],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def said(self) -> dict[str, Any]:
        """Give the answers as the action takes them."""
        return self.cleaned_data | {"sort": CodeSort(self.cleaned_data["sort"])}
