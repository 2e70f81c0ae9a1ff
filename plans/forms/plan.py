"""Writing a plan, and the word on one: what the pages of professionals and managers ask."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ledger.forms import PoundsField
from ledger.pennies import in_pounds
from plans.models import Advocacy, Consent, MetBy, Need, PartOfDay, Plan, PriceItem
from plans.rules.kinds import KINDS, kind_of
from plans.rules.outcomes import outcomes_of

AGREE, PANEL, SEND_BACK = "agree", "panel", "send_back"
LONGEST = 10_000
SEVEN_DAYS = [
    (1, "Monday"),
    (2, "Tuesday"),
    (3, "Wednesday"),
    (4, "Thursday"),
    (5, "Friday"),
    (6, "Saturday"),
    (7, "Sunday"),
]


def _words(label: str, help_text: str = "", rows: int = 4, most: int = LONGEST) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class Written(forms.Form):
    """A form that saves itself: what of it can be read is kept, also while another answer cannot."""

    def sent(self) -> dict[str, str]:
        """Give what was written as words, by field; what cannot be read stays out."""
        return {name: _as_words(value) for name, value in self.cleaned_data.items()}

    def labels(self) -> dict[str, str]:
        """Give what each field is called."""
        return {name: str(field.label) for name, field in self.fields.items()}


class PlanForm(Written):
    """Everything of a plan but its needs: the person's words first, the professional's beside them."""

    outcomes = _words("What matters to them, in their own words", "As they say it, not as we would.", 8)
    professional_words = _words(
        "What you see", "What is going well, what gets in the way, what you would add.", 8
    )
    contingency = _words(
        "What if something goes wrong?",
        "If a helper is ill, if they feel worse, if a service stops: who does what, and whom they call.",
    )
    advice = _words(
        "What else can help", "What you told them about that meets, prevents or puts off needs (s25(1)(f))."
    )
    involved = _words("Who took part", "The person, their carer, whoever they asked for (s25(3)).", 2)
    advocacy = forms.ChoiceField(
        label="Do they need somebody to speak up for them?",
        choices=[("", "Not asked yet"), *Advocacy.choices],
        required=False,
    )
    advocacy_words = _words("How you know", "What was asked, of whom, and when.", 2)
    consent = forms.ChoiceField(
        label="Who said yes to this plan?", choices=[("", "Not asked yet"), *Consent.choices], required=False
    )
    consent_words = _words("How they said it", "The day, how they told you, or the record it rests on.", 2)
    difference_reason = _words(
        "If the cost is not the indicative budget: why?", "The person and the manager read this.", 2
    )

    def __init__(self, data: Mapping[str, Any] | None, *, plan: Plan) -> None:
        super().__init__(data, initial={name: getattr(plan, name) for name in self.base_fields})


class NeedForm(Written):
    """One need: in their words, who meets it, how and when, and what it costs."""

    words = forms.CharField(label="What they need help with, in their words", max_length=500, required=False)
    wanted = _words("What they want to come of it", "", 2)
    outcome = forms.ChoiceField(label="Which part of life it belongs to", required=False)
    is_eligible = forms.BooleanField(
        label="The council must meet this need by law (it is eligible)", required=False
    )
    met_by = forms.ChoiceField(label="Who meets it", choices=MetBy.choices, widget=forms.RadioSelect)
    who = forms.CharField(
        label="Who that is", help_text="A name they know: “my sister Ana”.", max_length=200, required=False
    )
    how = _words("How", "What is done, and how they like it done.", 3)
    when_words = forms.CharField(
        label="When, in words",
        help_text="Like “after breakfast, on school days”.",
        max_length=300,
        required=False,
    )
    days = forms.TypedMultipleChoiceField(
        label="On which days",
        choices=SEVEN_DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    parts = forms.MultipleChoiceField(
        label="At what time of day",
        choices=PartOfDay.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(label="What is bought", required=False)
    units = forms.DecimalField(
        label="How many a week",
        help_text="Of what it is counted in: hours, meals, trips. Like 2 or 2.5.",
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )
    unit_pence = PoundsField(
        label="Price of one", help_text="Leave it empty to take the price book’s.", required=False
    )
    price_from = forms.CharField(
        label="Whose price that is",
        help_text="Where it is not the price book’s: the provider, and how you know.",
        max_length=200,
        required=False,
    )
    one_off_pence = PoundsField(label="Paid once, besides", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, need: Need, prices: Mapping[str, PriceItem]
    ) -> None:
        super().__init__(data, initial=_of(need))
        self.need, self.prices = need, prices
        self._offer("outcome", [(one.code, one.words) for one in outcomes_of(need.plan.kind)])
        self._offer("kind", [(kind.code, self._said(kind.code)) for kind in KINDS])

    def sent(self) -> dict[str, str]:
        """Give what was written by the need's fields; a price left empty is the price book's."""
        written = self.cleaned_data
        kind = kind_of(written["kind"]) if written.get("kind") else None
        price = self.prices.get(kind.code) if kind else None
        sent = {name: _as_words(value) for name, value in written.items() if name != "units"}
        if "units" in written:
            sent["units_weekly_hundredths"] = str(int((written["units"] or 0) * 100))
        if "unit_pence" in written:
            sent["unit_pence"] = str(written["unit_pence"] or (price.unit_pence if price else 0))
        sent["one_off_pence"] = sent.get("one_off_pence") or "0"
        if "kind" in written:
            sent["unit"] = price.unit if price else kind.unit if kind else ""
        return {f"{self.need.thread}:{name}": words for name, words in sent.items()}

    def labels(self) -> dict[str, str]:
        """Give what each field is called, by the need's own."""
        return {f"{self.need.thread}:{name}": label for name, label in super().labels().items()}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nothing" if name == "kind" else "None of them"), *choices]

    def _said(self, code: str) -> str:
        """Say what is bought, with the price book's price where it has one."""
        price = self.prices.get(code)
        words = kind_of(code).words
        return f"{words}: {in_pounds(price.unit_pence)} a {price.unit}" if price else words


class PlanWordForm(forms.Form):
    """Agreed, put to the panel, or sent back with a reason."""

    answer = forms.ChoiceField(
        label="Does this plan meet what the person needs, and keep them safe?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree."},
    )
    reason = forms.CharField(
        label="If you send it back: why?",
        help_text="The person reads this. Say what is missing and what would help.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(
        self, *args: Any, is_for_panel: bool = False, is_panels: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        first = (PANEL, "Yes, and I put it to the panel") if is_for_panel else (AGREE, "Yes, I agree")
        if is_panels:
            first = (AGREE, "The panel agrees")
        answer.choices = [first, (SEND_BACK, "No, I am sending it back")]
        if is_for_panel or is_panels:
            self.fields["reason"].label = "The reason, as the minute has it" if is_panels else "Why"
            self.fields[
                "reason"
            ].help_text = "It is kept with the plan. If it goes back, the person reads it."
        self.asks_why = is_for_panel or is_panels

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no, and with whatever the panel is asked or says."""
        cleaned = super().clean() or {}
        if "reason" in self.errors or cleaned.get("reason"):
            return cleaned
        if cleaned.get("answer") == SEND_BACK:
            self.add_error("reason", "Say why it goes back, so that the person knows what to change.")
        elif self.asks_why and cleaned.get("answer"):
            self.add_error("reason", "Write the reason. It is kept with the plan.")
        return cleaned

    @property
    def said(self) -> str:
        """The answer: agree, panel or send back."""
        return str(self.cleaned_data["answer"])


class NewNeedForm(forms.Form):
    """One more need, in the person's words."""

    words = forms.CharField(
        label="Something else they need help with",
        max_length=500,
        error_messages={"required": "Say in a few words what help is needed with."},
    )


def _of(need: Need) -> dict[str, Any]:
    """Give a need as its form shows it; numbers nobody wrote yet are left empty."""
    shown = {name: getattr(need, name) for name in NeedForm.base_fields if name != "units"}
    units = need.units_weekly_hundredths
    return {
        **shown,
        "units": _hundredths(units) if units else None,
        "unit_pence": need.unit_pence or None,
        "one_off_pence": need.one_off_pence or None,
    }


def _hundredths(number: int) -> str:
    """Write hundredths as a number: 250 is "2.5", 200 is "2"."""
    whole, rest = divmod(number, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def _as_words(value: object) -> str:
    """Put an answer into the words that edits keep."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return str(value).replace("\r\n", "\n")
