"""The questions a provider answers: who it is, and the ethical test; and those the council answers about its test."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.forms import DayField
from plans.rules import KINDS
from providers.actions import Profile
from providers.models import KeyScope, Provider
from providers.rules import each_once

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

YES, NO = "yes", "no"
LONGEST_EVIDENCE = 2_000
SANDBOX, REAL = "sandbox", "real"
LONGEST_WORD, MOST_WORDS = 40, 20
USUALLY_LASTS = timedelta(days=365)


class WordsField(forms.Field):
    """Several words or short phrases in one answer, with commas between them: "Somali, British Sign Language"."""

    def to_python(self, value: Any) -> list[str]:
        """Give each of them once, in their order."""
        return each_once(str(value or "").split(","))

    def prepare_value(self, value: Any) -> Any:
        """Write them with commas between."""
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value: list[str]) -> None:
        """Refuse what is too long to be a word, and too many of them."""
        super().validate(value)
        if any(len(word) > LONGEST_WORD for word in value):
            said = gettext("Write commas between them; each has at most %(most)s letters.")
            raise ValidationError(said % {"most": LONGEST_WORD})
        if len(value) > MOST_WORDS:
            raise ValidationError(gettext("Write at most %(most)s of them.") % {"most": MOST_WORDS})


def day_field(label: "Words", *, hint: "Words" = "", missing: "Words") -> DayField:
    """Ask for a day."""
    return DayField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": _("Write a day, like 2026-05-04.")},
    )


class AnswerForm(forms.Form):
    """Yes or no to one item of the ethical test, and what that rests on."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[(YES, "Yes"), (NO, "No, or not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )
    evidence = forms.CharField(
        label="What does your answer rest on?",
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what your answer rests on, so that the council can check it."},
    )

    @property
    def is_met(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == YES)


class CheckForm(forms.Form):
    """The council's word on an answer, and until when it holds."""

    accepted = forms.ChoiceField(
        label="Does what they show prove the answer?",
        choices=[(YES, "Yes, I accept it"), (NO, "No, it has to be shown again")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you accept it."},
    )
    expires_on = day_field(
        "When does it have to be checked again?",
        hint="From that day on it does not count any more. A year is usual.",
        missing="Say when it has to be checked again.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = today + USUALLY_LASTS

    @property
    def is_accepted(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["accepted"] == YES)


class ProfileForm(forms.Form):
    """What a provider says of itself. Calls that fit are found by it."""

    words = forms.CharField(
        label="Who are you, in your own words?",
        help_text="People who choose between offers read this.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    service_codes = forms.MultipleChoiceField(
        label="What do you offer?",
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one, so that calls can find you."},
    )
    area = forms.CharField(
        label="Where do you work?",
        help_text="Places with commas between them. Leave it empty if you go everywhere in this council.",
        max_length=200,
        required=False,
    )
    postcode = forms.CharField(
        label="Your postcode", max_length=10, required=False, help_text="People see only how near you are."
    )
    languages = WordsField(
        label="Which languages do you speak?",
        help_text="With commas between them. English is understood.",
        required=False,
    )

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(provider, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        known = {kind.code: kind.words for kind in KINDS}
        own = {code: code for code in provider.service_codes if code not in known}
        codes = self.fields["service_codes"]
        assert isinstance(codes, forms.MultipleChoiceField)
        codes.choices = list({**known, **own}.items())

    def profile(self) -> Profile:
        """Give what was said."""
        return Profile(**{name: self.cleaned_data[name] for name in self.base_fields})


class OnceForm(forms.Form):
    """A question that is answered once, however often it is sent: what it makes has its id from the beginning."""

    once = forms.UUIDField(widget=forms.HiddenInput)


class MakeKeyForm(OnceForm):
    """A new key: which system it is for, what it may do, and whether it only practises."""

    name = forms.CharField(
        label="Which system is it for?",
        help_text="Such as Rostering, or Invoices. You see this name in the list of your keys.",
        max_length=100,
        error_messages={"required": "Give the key a name, so that you know later which system has it."},
    )
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=[
            (SANDBOX, "Practising: it works like the real thing and never moves money"),
            (REAL, "Real invoices"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is for practising or for real invoices."},
    )
    scopes = forms.MultipleChoiceField(
        label="What may the system do?",
        help_text="Choose only what it needs. This cannot be changed later; a system can have another key.",
        choices=KeyScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing the system may do."},
    )

    def wanted(self) -> dict[str, Any]:
        """Give what was said, as the action takes it."""
        said = self.cleaned_data
        return {
            "key_id": said["once"],
            "name": said["name"],
            "scopes": said["scopes"],
            "is_sandbox": said["kind"] == SANDBOX,
        }


class RotateKeyForm(OnceForm):
    """A new secret, and how long the older one still works."""

    overlap = forms.ChoiceField(
        label="How long should the older secret still work?",
        help_text="Long enough to put the new one into your system. If somebody else may know the old one: not at all.",
        choices=[
            ("0", "Not at all: it stops now"),
            ("1", "An hour"),
            ("24", "A day"),
            ("168", "A week"),
            ("720", "30 days"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how long the older secret should still work."},
    )


class RevokeKeyForm(forms.Form):
    """A key is taken back only by somebody who means it."""

    sure = forms.BooleanField(
        label="Yes, take it back: the system that uses it stops working with us now",
        error_messages={"required": "Tick the box if you want to take the key back."},
    )
