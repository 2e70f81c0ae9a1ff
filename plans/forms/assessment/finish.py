"""What a professional finds in the end, and how they answer whoever does not agree."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from ledger.forms import PoundsField
from people.models import CarerConsent
from plans.actions.assessment import Findings
from plans.models import ChallengeOutcome, RasKind, RasOption

YES, NO = "yes", "no"
YES_NO = [(YES, "Yes"), (NO, "No")]
MORE, LESS = "more", "less"
SAY_YES_OR_NO = {"required": "Say yes or no."}


class FindingsForm(forms.Form):
    """Are the needs eligible, which unpaid care counts, and is the amount moved?"""

    is_from_condition = forms.ChoiceField(
        label="Do the needs come from an impairment or illness of body or mind?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages=SAY_YES_OR_NO,
    )
    has_impact = forms.ChoiceField(
        label="Does that have a significant impact on their wellbeing?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages=SAY_YES_OR_NO,
    )
    consents = forms.MultipleChoiceField(
        label="Which unpaid care counts?",
        help_text="Only care whose carer consents can be counted. It takes some of the amount off.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    direction = forms.ChoiceField(
        label="If you move the amount: which way?",
        choices=[(MORE, "More"), (LESS, "Less")],
        widget=forms.RadioSelect,
        required=False,
    )
    moved = PoundsField(
        label="By how much a week?", help_text="Leave it empty to let it stand.", required=False
    )
    reason = forms.CharField(
        label="Why?",
        help_text="The person reads this.",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, kind: str, consents: Sequence[CarerConsent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(one.pk), f"{one.carer}, {one.hours_weekly} hours a week: {one.what}") for one in consents
        ]
        field = self.fields["consents"]
        assert isinstance(field, forms.MultipleChoiceField)
        # Consents that ended since the page was read are answered by the action, which says so.
        sent = list(self.data.getlist("consents")) if hasattr(self.data, "getlist") else []
        known = {value for value, _words in choices}
        field.choices = [*choices, *((one, one) for one in sent if one not in known and _is_id(one))]
        field.initial = [value for value, _words in choices]
        if not field.choices or kind == RasKind.CARER:
            del self.fields["consents"]
        if kind == RasKind.CARER:
            self.fields[
                "is_from_condition"
            ].label = "Do the needs come from the care they give, which is necessary?"

    def clean(self) -> dict[str, Any]:
        """Ask which way an amount is moved."""
        cleaned = super().clean() or {}
        if cleaned.get("moved") and not cleaned.get("direction"):
            self.add_error("direction", "Say whether it is more or less.")
        return cleaned

    @property
    def moves_it(self) -> bool:
        """Tell whether something about moving the amount was written, or has to be put right."""
        return any(self[name].value() or self[name].errors for name in ("direction", "moved", "reason"))

    def findings(self) -> Findings:
        """Give what was found."""
        said = self.cleaned_data
        moved = said.get("moved") or 0
        return Findings(
            is_from_condition=said["is_from_condition"] == YES,
            has_impact=said["has_impact"] == YES,
            consents=[UUID(one) for one in said.get("consents", [])],
            moderation_pence=-moved if said.get("direction") == LESS else moved,
            moderation_reason=said.get("reason", ""),
        )


class AnswerChallengeForm(forms.Form):
    """The answer to somebody who does not agree."""

    outcome = forms.ChoiceField(
        label="Are they right?",
        choices=[
            (ChallengeOutcome.UPHELD, "Yes"),
            (ChallengeOutcome.PARTLY, "Partly"),
            (ChallengeOutcome.NOT_UPHELD, "No, it stays as it was"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are right."},
    )
    option = forms.ChoiceField(
        label="If yes or partly: which answer counts from now on?", widget=forms.RadioSelect, required=False
    )
    answer = forms.CharField(
        label="Your reasons",
        help_text="The person reads this.",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Give your reasons. The person reads them."},
    )

    def __init__(self, *args: Any, options: Sequence[RasOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._options = {str(option.pk): option for option in options}
        field = self.fields["option"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, f"{option.words} ({option.points} points)") for key, option in self._options.items()
        ]
        if not options:
            del self.fields["option"]

    @property
    def chosen(self) -> RasOption | None:
        """The answer that counts from now on; none where none was chosen."""
        return self._options.get(self.cleaned_data.get("option", ""))


def _is_id(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True
