"""Not agreeing with what one pays: which line and why; and finance's answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.queries.working import WorkingLine
from plans.forms.assessment import ChallengeForm
from plans.models import ChallengeOutcome

ALL = "all"


class NotRightForm(ChallengeForm):
    """Which line is not right, and why."""

    step = forms.ChoiceField(
        label=_("Which line is not right?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a line. If it is something else, choose the last one.")},
    )

    field_order = ("step", "words")

    def __init__(self, *args: Any, lines: Sequence[WorkingLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)
        step.choices = [
            *((line.step, line.words) for line in lines),
            (ALL, _("Something else, or all of it")),
        ]
        if not lines:
            del self.fields["step"]
        self.fields["words"].label = _("What is not right?")
        self.fields["words"].help_text = _("In your own words.")

    @property
    def chosen(self) -> str:
        """The line that is not right; nothing where it is all of it."""
        step: str = self.cleaned_data.get("step", ALL)
        return "" if step == ALL else step


class AnswerForm(forms.Form):
    """Whether they are right, and why."""

    outcome = forms.TypedChoiceField(
        label="Are they right?",
        choices=[
            (ChallengeOutcome.UPHELD, "Yes: what was worked out anew counts"),
            (ChallengeOutcome.PARTLY, "Partly: what was worked out anew counts"),
            (ChallengeOutcome.NOT_UPHELD, "No, it stays as it was"),
        ],
        coerce=ChallengeOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are right."},
    )
    answer = forms.CharField(
        label="Your reasons",
        help_text="The person reads this.",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Give your reasons. The person reads them."},
    )
