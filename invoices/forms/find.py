"""Which invoices somebody of a provider looks for."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from invoices.models import Invoice, LineState
from invoices.queries.outcomes import with_line_in

NARROW = {"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}


class FindInvoicesForm(forms.Form):
    """Part of a number, a contract's reference, and what became of the lines; all may be left empty."""

    state = forms.ChoiceField(
        label="With lines that are",
        choices=[("", "In any state"), *LineState.choices],
        required=False,
    )
    number = forms.CharField(
        label="Number begins with", max_length=60, required=False, widget=forms.TextInput(attrs=NARROW)
    )
    contract = forms.CharField(
        label="Contract", max_length=40, required=False, widget=forms.TextInput(attrs=NARROW)
    )

    def among(self, invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
        """Choose the invoices that are asked for; all of them where the question cannot be understood."""
        asked: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        if asked.get("number"):
            invoices = invoices.filter(number__startswith=asked["number"])
        if asked.get("contract"):
            invoices = invoices.filter(contract__ref=asked["contract"])
        return invoices.filter(with_line_in(asked["state"])) if asked.get("state") else invoices
