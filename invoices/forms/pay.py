"""What finance officers and providers write about payments: a day, a reason, a bank account."""

from typing import Any

from django import forms

from ledger.forms import DayField

LONGEST_WORDS = 1_000
NARROW = {
    "autocomplete": "off",
    "spellcheck": "false",
    "inputmode": "numeric",
    "class": "govuk-input--width-10",
}


class ReasonForm(forms.Form):
    """A reason, in somebody's own words."""

    reason = forms.CharField(max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, label: str, help_text: str = "", required_words: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = required_words


class DraftForm(forms.Form):
    """The day the bank is to pay."""

    pay_date = DayField(
        label="The day the bank is to pay",
        help_text="A working day. Bacs needs the file two working days before.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day, like 2026-05-28.", "required": "Write the day."},
    )


class AccountForm(forms.Form):
    """A UK bank account. Spaces and dashes do not matter."""

    account_name = forms.CharField(
        label="Name on the account",
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write the name on the account."},
    )
    sort_code = forms.CharField(
        label="Sort code",
        help_text="Six figures, like 20-00-00.",
        max_length=12,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Write the sort code."},
    )
    account_number = forms.CharField(
        label="Account number",
        help_text="Eight figures. A shorter one begins with noughts.",
        max_length=14,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Write the account number."},
    )


class PayingAccountForm(AccountForm):
    """The council's own account, and the number Bacs knows it by."""

    service_user_number = forms.CharField(
        label="Service user number, if you have one",
        help_text="Six figures, from your bank. Bacs files need it.",
        max_length=6,
        required=False,
        widget=forms.TextInput(attrs=NARROW),
    )


class CheckForm(forms.Form):
    """How somebody found out that an account is the provider's."""

    how = forms.CharField(
        label="How did you check it?",
        help_text="Whom you asked, and on which number you knew before. Never one from the same letter or e-mail.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say how you checked it: whom you asked, and on which number you knew before."
        },
    )
