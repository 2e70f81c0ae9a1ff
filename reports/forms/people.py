"""What people are asked on pages put together from every app: what they look for, and what more would buy."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.forms import PoundsField
from plans.rules import OFFERED


def _kinds() -> list[tuple[str, str]]:
    """Give the kinds of help to choose from, in the language in use."""
    return [("", gettext("Any help")), *((kind.code, kind.words) for kind in OFFERED)]


class FindForm(forms.Form):
    """What somebody would like to do, what help they need, and near where."""

    words = forms.CharField(label=_("What would you like to do?"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("What help do you need?"),
        choices=_kinds,
        required=False,
    )
    place = forms.CharField(label=_("Near where?"), max_length=100, required=False)

    def asked(self) -> dict[str, str]:
        """Give what was asked; an answer that is too long is shortened, for a search refuses nobody."""
        return {name: str(self.data.get(name, ""))[:100].replace("\0", "").strip() for name in self.fields}


class WhatIfForm(forms.Form):
    """How much somebody would put in for the rest of their budget's year, to see what it would buy."""

    amount = PoundsField(
        label=_("How much would you put in?"),
        help_text=_("For the rest of this budget year. Nothing is sent and nothing moves."),
        required=False,
    )

    @property
    def more_pence(self) -> int:
        """The amount, in pence; nothing where none was given."""
        return (self.cleaned_data.get("amount") or 0) if self.is_bound and self.is_valid() else 0
