"""What a finance officer writes: which month, why something is right, what a held line should say."""

from datetime import date
from typing import Any

from django import forms

from clusters.models import Membership
from commissioning.models import ContractService
from invoices.models import Hold
from ledger.forms import DayField, PoundsField
from people.models import Council
from reconciliation.rules import NotAMonth, month_from

LONGEST_WORDS = 1_000


class CouncilForm(forms.Form):
    """Which council is meant."""

    council = forms.ModelChoiceField(queryset=Council.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, councils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = self.fields["council"]
        assert isinstance(council, forms.ModelChoiceField)
        council.queryset = councils


class MonthForm(CouncilForm):
    """Which month of which council is to be counted."""

    month = forms.CharField(max_length=7, widget=forms.HiddenInput)

    def clean_month(self) -> date:
        """Read the month."""
        try:
            return month_from(self.cleaned_data["month"])
        except NotAMonth as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class WordsForm(forms.Form):
    """A reason, in somebody's own words."""

    words = forms.CharField(max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, label: str, help_text: str = "", required_words: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = required_words


class ReleaseForm(forms.Form):
    """What a held line says, to be put right where it is wrong, and why it can be paid."""

    service_code = forms.ChoiceField(label="Service")
    service_date = DayField(
        label="Day of the service",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day, like 2026-05-04.", "required": "Write the day."},
    )
    units = forms.DecimalField(
        label="Units",
        max_digits=14,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "Write the units as a number, like 1.5.", "required": "Write the units."},
    )
    unit_rate_pence = PoundsField(label="Price of one unit")
    amount_pence = PoundsField(label="Amount")
    member_ref = forms.ChoiceField(label="Member", required=False)
    note = forms.CharField(
        label="Why it can be paid now",
        help_text="What was wrong, and how you know what is right. It is kept with the line.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it can be paid now."},
    )

    def __init__(self, answers: Any = None, *, hold: Hold) -> None:
        self.line = hold.line
        self.is_credit = self.line.amount_pence < 0
        initial = {name: getattr(self.line, name) for name in self.base_fields if name != "note"}
        initial["units"] = self.line.units.normalize()
        super().__init__(answers, initial=initial)
        contract = self.line.invoice.contract
        services = ContractService.objects.filter(contract=contract).order_by("code")
        codes = [(service.code, f"{service.description} ({service.code})") for service in services]
        self._offer("service_code", codes, self.line.service_code)
        refs = (
            Membership.objects.filter(cluster=contract.cluster_id)
            .order_by("ref")
            .values_list("ref", flat=True)
        )
        self._offer(
            "member_ref", [("", "Nobody in particular"), *((ref, ref) for ref in refs)], self.line.member_ref
        )
        if self.is_credit:  # its figures are those of the credit note
            for name in ("units", "unit_rate_pence", "amount_pence"):
                del self.fields[name]

    def corrections(self) -> dict[str, Any]:
        """Give what is to be put right: only what differs from what the line says."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "note"}
        return {name: value for name, value in answers.items() if value != getattr(self.line, name)}

    def _offer(self, name: str, choices: list[tuple[str, str]], present: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        known = {code for code, _ in choices}
        field.choices = choices if present in known else [(present, f"{present} (as sent)"), *choices]


class SplitForm(forms.Form):
    """How much of a held line is right, and what becomes of the rest."""

    units = forms.DecimalField(
        label="Units that are right",
        help_text="They are paid at the contract’s rate.",
        max_digits=14,
        decimal_places=4,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "Write the units as a number, like 1.5.", "required": "Write the units."},
    )
    rest = forms.ChoiceField(
        label="What becomes of the rest?",
        choices=[("rejected", "It is rejected for good"), ("held", "It waits on")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what becomes of the rest."},
    )
    reason = forms.CharField(
        label="Why is it split?",
        help_text="The provider reads this.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is split: the provider reads it."},
    )
