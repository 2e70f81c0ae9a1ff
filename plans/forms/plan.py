"""Writing a plan, and the word on one: what the pages of professionals and managers ask. Its needs: `needs`."""

from collections.abc import Mapping
from typing import Any

from django import forms

from plans.models import Advocacy, Consent, Plan

AGREE, PANEL, SEND_BACK = "agree", "panel", "send_back"
LONGEST = 10_000


def words_field(label: str, help_text: str = "", rows: int = 4, most: int = LONGEST) -> forms.CharField:
    """Ask for words, as many as one likes."""
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
        return {name: as_words(value) for name, value in self.cleaned_data.items()}

    def labels(self) -> dict[str, str]:
        """Give what each field is called."""
        return {name: str(field.label) for name, field in self.fields.items()}


class PlanForm(Written):
    """Everything of a plan but its needs: the person's words first, the professional's beside them."""

    outcomes = words_field("What matters to them, in their own words", "As they say it, not as we would.", 8)
    professional_words = words_field(
        "What you see", "What is going well, what gets in the way, what you would add.", 8
    )
    contingency = words_field(
        "What if something goes wrong?",
        "If a helper is ill, if they feel worse, if a service stops: who does what, and whom they call.",
    )
    advice = words_field(
        "What else can help", "What you told them about that meets, prevents or puts off needs (s25(1)(f))."
    )
    involved = words_field("Who took part", "The person, their carer, whoever they asked for (s25(3)).", 2)
    advocacy = forms.ChoiceField(
        label="Do they need somebody to speak up for them?",
        choices=[("", "Not asked yet"), *Advocacy.choices],
        required=False,
    )
    advocacy_words = words_field("How you know", "What was asked, of whom, and when.", 2)
    consent = forms.ChoiceField(
        label="Who said yes to this plan?", choices=[("", "Not asked yet"), *Consent.choices], required=False
    )
    consent_words = words_field(
        "How they said it", "The day, how they told you, or the record it rests on.", 2
    )
    difference_reason = words_field(
        "If the cost is not the indicative budget: why?", "The person and the manager read this.", 2
    )

    def __init__(self, data: Mapping[str, Any] | None, *, plan: Plan) -> None:
        super().__init__(data, initial={name: getattr(plan, name) for name in self.base_fields})


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


def as_words(value: object) -> str:
    """Put an answer into the words that edits keep."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return str(value).replace("\r\n", "\n")
