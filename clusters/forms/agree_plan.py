"""The professional's word on one pooling."""

from datetime import date
from typing import Any

from django import forms

from clusters.forms.answers import AGREE, LONGEST_NOTE, SEND_BACK
from ledger.forms import DayField
from plans.models import Need, Plan

# What each answer needs beside it, and what is said where it is missing.
NEEDED = {
    AGREE: {
        "need": "Choose the need in the plan that the cluster meets.",
        "joins_on": "Say from which day they are a member.",
    },
    SEND_BACK: {"note": "Say why, and what could change it. The person reads this."},
}


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
    joins_on = DayField(
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

    def __init__(
        self,
        *args: Any,
        plan: Plan | None,
        today: date,
        can_begin: bool,
        goes: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        need, joins_on = self.fields["need"], self.fields["joins_on"]
        assert isinstance(need, forms.ModelChoiceField)
        need.queryset = Need.objects.filter(plan=plan, taken_out_at__isnull=True)
        standing = [one for one in plan.needs.all() if one.taken_out_at is None] if plan else []
        need.choices = [
            (one.pk, str(one)) for one in sorted(standing, key=lambda one: (one.position, one.pk))
        ]
        joins_on.initial = today
        if goes:
            del self.fields["need"]  # the cluster meets nothing more
            self.fields[
                "answer"
            ].label = "Does the plan hold without it: does somebody else meet what it met?"
        if not can_begin:
            del self.fields["joins_on"]  # nobody begins before the founders have signed, or twice

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
