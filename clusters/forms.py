"""The questions of joining a cluster: how much somebody would put in, and whether it fits their plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from clusters.models import Cluster, ClusterState
from clusters.queries import Offer
from ledger.forms import PoundsField
from ledger.pennies import in_pounds
from people.models import Person
from plans.models import Need, Plan

AGREE, SEND_BACK = "agree", "send_back"
LONGEST_NOTE = 500
# What each answer needs beside it, and what is said where it is missing.
NEEDED = {
    AGREE: {
        "need": "Choose the need in the plan that the cluster meets.",
        "joins_on": "Say from which day they are a member.",
    },
    SEND_BACK: {"note": "Say why, and what could change it. The person reads this."},
}


class HowMuchForm(forms.Form):
    """How much from which of somebody's money; one question for each stream that has anything left."""

    def __init__(self, *args: Any, parts: Sequence[Offer], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"from-{part.stream.code}": part for part in parts if part.left_pence > 0}
        self.whom_to_ask = (
            f"{person.lead_professional}, your social worker," if person.lead_professional else "your council"
        )
        for name, part in self.parts.items():
            self.fields[name] = PoundsField(
                label=f"From your {part.stream.name}",
                help_text=f"{in_pounds(part.left_pence)} is left in it. Leave this empty to put in nothing.",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse, with the figure, more than is left, and nothing at all."""
        cleaned = super().clean() or {}
        for name, part in self.parts.items():
            if (cleaned.get(name) or 0) > part.left_pence:
                self.add_error(name, self._too_much(part, cleaned[name]))
        if self.parts and not self.errors and not any(cleaned.values()):
            self.add_error(next(iter(self.parts)), "Say how much you would put in. You can start small.")
        return cleaned

    def offer(self) -> dict[str, int]:
        """Give what they would put in, in pence by the stream's code."""
        offered = {part.stream.code: self.cleaned_data[name] for name, part in self.parts.items()}
        return {code: pence for code, pence in offered.items() if pence}

    def _too_much(self, part: Offer, pence: int) -> str:
        left = in_pounds(part.left_pence)
        return (
            f"You can’t put in {in_pounds(pence)} yet: {left} is left in your {part.stream.name}. "
            f"You can put in up to {left}, or ask {self.whom_to_ask} about more."
        )


class MembersWordForm(forms.Form):
    """The members' word on somebody who asks to join."""

    answer = forms.ChoiceField(
        label="Can they join?",
        choices=[(AGREE, "Yes, they are welcome"), (SEND_BACK, "No, not now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )
    reason = forms.CharField(
        label="If not: why?",
        help_text="They read this. A kind reason helps them find another way.",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == SEND_BACK and "reason" not in self.errors and not cleaned.get("reason"):
            self.add_error("reason", "Say why, so that the person who asked can understand.")
        return cleaned

    @property
    def is_agreed(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == AGREE)


class PlanAgreementForm(forms.Form):
    """The professional's word on one pooling: does it fit the plan, which need does it meet, and a note."""

    answer = forms.ChoiceField(
        label="Does this pooling fit the plan and leave the person safe?",
        choices=[(AGREE, "Yes, I agree"), (SEND_BACK, "No, I am sending it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree."},
    )
    need = forms.ModelChoiceField(
        queryset=Need.objects.none(),
        label="Which need does the cluster meet?",
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    joins_on = forms.DateField(
        label="From which day are they a member?",
        help_text="What they offered moves into their share of the pool that day.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": "Write a day, like 2026-05-04."},
    )
    note = forms.CharField(
        label="A note for the person",
        help_text="They read this. If you send it back, say why, and what could change it.",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan | None, cluster: Cluster, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        need, joins_on = self.fields["need"], self.fields["joins_on"]
        assert isinstance(need, forms.ModelChoiceField)
        need.queryset = Need.objects.filter(plan=plan).order_by("pk")
        joins_on.initial = today
        if cluster.state not in {ClusterState.AGREED, ClusterState.ACTIVE}:
            del self.fields["joins_on"]  # nobody begins before the founders have signed

    def clean(self) -> dict[str, Any]:
        """Ask for what each answer needs: a need and a day for yes, a reason for no."""
        cleaned = super().clean() or {}
        for name, words in NEEDED.get(cleaned.get("answer", ""), {}).items():
            if name in self.fields and name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        return cleaned

    @property
    def is_agreed(self) -> bool:
        """Tell whether the answer is yes."""
        return bool(self.cleaned_data["answer"] == AGREE)

    def terms(self) -> dict[str, Any]:
        """Give what goes with a yes: the need, the day, and the note."""
        return {name: self.cleaned_data.get(name) for name in ("need", "joins_on", "note")}
