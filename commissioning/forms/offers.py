"""The questions of an offer: what people get, the prices by amount, and the terms."""

from decimal import Decimal
from typing import Any

from django import forms

from commissioning.actions.calls import OfferTerms, Step
from commissioning.actions.calls.offer import LONGEST_NOTICE
from commissioning.models import Call
from ledger.forms import PoundsField
from providers.forms import WordsField
from providers.models import Provider

LARGER_AMOUNTS = (1, 2, 3)


class OfferForm(forms.Form):
    """An offer for one call. Prices are for one unit; a larger amount may cost less for each."""

    words = forms.CharField(
        label="What do people get, in plain words?",
        help_text="The members read this when they choose. Short sentences, everyday words.",
        max_length=1_500,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in plain words what people get."},
    )
    rate = PoundsField(error_messages={"required": "Say your price."})

    def __init__(self, *args: Any, call: Call, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rate"].label = f"Your price for one {call.unit}"
        self.fields["rate"].help_text = "For any amount, everything included."
        for number in LARGER_AMOUNTS:
            self._ask_for_step(number, call.unit)
        self.fields["alone_rate"] = PoundsField(
            label=f"What would one person alone pay you for one {call.unit}?",
            help_text="People see it beside your price, so that they know what they save.",
            error_messages={"required": "Say what one person alone would pay."},
        )
        self.fields["one_off"] = PoundsField(
            label="Anything to pay once, to begin with?", help_text="Leave it empty if not.", required=False
        )
        self.fields["notice_days"] = forms.IntegerField(
            label="How many days of notice do you need?",
            min_value=0,
            max_value=LONGEST_NOTICE,
            initial=28,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
            error_messages={
                "required": "Say how many days.",
                "invalid": "Write a whole number of days, like 28.",
                "max_value": f"Notice takes at most {LONGEST_NOTICE} days.",
                "min_value": "Write a number of days, like 28.",
            },
        )
        self.fields["languages"] = WordsField(
            label="Which languages will they speak?",
            help_text="With commas between them.",
            initial=provider.languages,
            required=False,
        )

    def _ask_for_step(self, number: int, unit: str) -> None:
        """Ask for a lower price from an amount on."""
        self.fields[f"from_{number}"] = forms.DecimalField(
            label=f"Larger amount {number}: from how many {unit}s a week?",
            help_text="Leave it empty if your price stays the same.",
            min_value=Decimal("0.01"),
            decimal_places=2,
            max_digits=6,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
            error_messages={
                "invalid": "Write a number, like 20.",
                "min_value": "Write a number above nothing.",
            },
        )
        self.fields[f"rate_{number}"] = PoundsField(
            label=f"Larger amount {number}: your price for one {unit} then", required=False
        )

    def clean(self) -> dict[str, Any]:
        """Ask for both an amount and its price, or neither."""
        cleaned = super().clean() or {}
        for number in LARGER_AMOUNTS:
            amount, price = f"from_{number}", f"rate_{number}"
            if cleaned.get(amount) and not cleaned.get(price) and price not in self.errors:
                self.add_error(price, "Say the price for that amount.")
            if cleaned.get(price) and not cleaned.get(amount) and amount not in self.errors:
                self.add_error(amount, "Say from which amount on that price holds.")
        return cleaned

    def terms(self) -> OfferTerms:
        """Give what was offered."""
        said = self.cleaned_data
        larger = [
            Step(from_weekly_units=said[f"from_{number}"], unit_rate_pence=said[f"rate_{number}"])
            for number in LARGER_AMOUNTS
            if said.get(f"from_{number}")
        ]
        return OfferTerms(
            words=said["words"],
            steps=(Step(from_weekly_units=Decimal(0), unit_rate_pence=said["rate"]), *larger),
            alone_rate_pence=said["alone_rate"],
            languages=tuple(said["languages"]),
            notice_days=said["notice_days"],
            one_off_pence=said["one_off"] or 0,
        )
