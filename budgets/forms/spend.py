"""What people say of the money they spent, and what they ask before they do."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from budgets.actions.spend import Receipt, Spent
from budgets.models import SpendAnswer
from ledger.forms import DayField, PoundsField
from people.rules.files import MAX_BYTES
from plans.models import Plan

PHOTOS = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


class SpendForm(forms.Form):
    """What was spent, with the receipt."""

    what = forms.CharField(
        label=_("What did you pay for?"),
        max_length=300,
        error_messages={"required": _("Say what you paid for.")},
    )
    paid_to = forms.CharField(
        label=_("Who did you pay?"),
        max_length=200,
        error_messages={"required": _("Say who you paid.")},
    )
    amount_pence = PoundsField(label=_("How much?"), error_messages={"required": _("Say how much it was.")})
    spent_date = DayField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day you paid."),
            "invalid": _("Write a day, like 2026-05-04."),
        },
    )
    is_family = forms.BooleanField(
        label=_("It went to close family who live with me"),
        required=False,
    )
    file = forms.FileField(
        label=_("The receipt, if you have one"),
        help_text=_("A photo or a PDF, smaller than 5 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(PHOTOS)}),
        error_messages={
            "empty": _("This file is empty. Choose another, or none."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
    )

    def clean_amount_pence(self) -> int:
        """Refuse nothing at all."""
        pence: int = self.cleaned_data["amount_pence"]
        if pence <= 0:
            raise forms.ValidationError(_("Write more than nothing."))
        return pence

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Choose a smaller one."))
        return file

    def spent(self) -> Spent:
        """Give what was answered."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Spent(**said)

    def receipt(self) -> Receipt | None:
        """Give the file, where there is one."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        kind = PHOTOS.get(PurePath(file.name).suffix.lower(), "")
        return Receipt(name=file.name, media_type=kind, content=file.read())


class AskForm(forms.Form):
    """“Can I spend it on this?”"""

    need = forms.ChoiceField(
        label=_("What is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for.")},
    )
    what = forms.CharField(
        label=_("What would you like to pay for?"),
        max_length=300,
        error_messages={"required": _("Say what you would like to pay for.")},
    )
    amount_pence = PoundsField(
        label=_("How much would it cost?"), error_messages={"required": _("Say how much it would cost.")}
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = {str(need.pk): need for need in plan.needs.standing()}
        choices = [(key, need.words) for key, need in self.needs.items()]
        field = self.fields["need"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, ("other", _("Something else"))]

    clean_amount_pence = SpendForm.clean_amount_pence

    def asked(self) -> dict[str, Any]:
        """Give what was asked, as `ask_about` takes it."""
        said = self.cleaned_data
        return {**said, "need": self.needs.get(said["need"])}


class AnswerForm(forms.Form):
    """A professional's yes or no, with reasons."""

    answer = forms.ChoiceField(
        label="May they spend it on this?",
        choices=[(SpendAnswer.YES, "Yes"), (SpendAnswer.NO, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    words = forms.CharField(
        label="Why?",
        help_text="They read this. If it is no: what could they do instead?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, in a few words."},
    )


class FamilyForm(forms.Form):
    """Why it is necessary that close family in the same household are paid."""

    payee = forms.CharField(
        label="Who is paid?", max_length=200, error_messages={"required": "Say who is paid."}
    )
    relation = forms.CharField(
        label="How are they related?",
        max_length=100,
        error_messages={"required": "Say how they are related."},
    )
    start_date = DayField(
        label="From which day?",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Say from which day.", "invalid": "Write a day, like 2026-05-04."},
    )
    reason = forms.CharField(
        label="Why is it necessary?",
        help_text="To meet the needs in the plan, or to manage the payment. The person reads this.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is necessary."},
    )


class EndFamilyForm(forms.Form):
    """Until which day close family may be paid, and why it ends."""

    last_date = DayField(
        label="Which is the last day they may be paid for?",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which is the last day.", "invalid": "Write a day, like 2026-05-04."},
    )
    reason = forms.CharField(
        label="Why does it end?",
        help_text="The person reads this.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it ends."},
    )
