"""The code with which somebody was invited."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_CODE = 40


class CodeForm(forms.Form):
    """A code as somebody writes it: small letters, spaces and dashes do not matter."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Twelve letters and figures, like ABCD-2345-WXYZ."),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code that you were given.")},
    )

    def clean_code(self) -> str:
        """Give the code as it was made."""
        return as_made(self.cleaned_data["code"])


def as_made(written: str) -> str:
    """Write a code as it was made: capital letters in groups of four."""
    bare = re.sub(r"[^0-9A-Z]", "", written.upper())[:LONGEST_CODE]
    return "-".join(bare[place : place + 4] for place in range(0, len(bare), 4))
