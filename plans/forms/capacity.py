"""What the pages about capacity ask: the two stages of the test, what is in somebody's best interests, the answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ledger.forms import DayField
from people.models import Ability, Authority, CapacityOutcome, CapacityRecord, Matter
from plans.actions.capacity import InTheirInterest, Judged
from plans.models import ChallengeOutcome

LONGEST = 5_000
NOT_A_DAY = "Write a day, like 2026-05-04."


def words_field(label: str, *, missing: str = "", hint: str = "", rows: int = 4) -> forms.CharField:
    """A few lines of words; needed where `missing` says what to do about it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def date_field(label: str, *, hint: str = "", is_needed: bool = True) -> DayField:
    """A day."""
    return DayField(
        label=label,
        help_text=hint,
        required=is_needed,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )


class CapacityForm(forms.Form):
    """One decision, the support that was tried first, the two stages of the test, and what was found."""

    matter = forms.ChoiceField(
        label="What is the decision about?",
        choices=Matter.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about."},
    )
    decision = forms.CharField(
        label="Which decision is it?",
        help_text="In plain words: one decision, at this time. They read this.",
        max_length=500,
        error_messages={"required": "Say which decision it is."},
    )
    support = words_field(
        "What did you try, so that they could decide it themselves?",
        missing="Say what you tried first to help them decide it themselves.",
        hint="Such as easy words, pictures, an interpreter, another time of day, somebody they trust.",
    )
    impairment = words_field(
        "Is there an impairment of the mind or brain? Which?",
        hint="Leave it empty if there is none. Without one they can decide this.",
        rows=2,
    )
    cannot = forms.MultipleChoiceField(
        label="What can they not do about this decision, even with support?",
        choices=Ability.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    because = words_field(
        "How does the one come of the other?",
        hint="Why it is because of the impairment. If it is because of something else, they can decide this.",
        rows=3,
    )
    is_more_than_unwise = forms.BooleanField(
        label="It is not only that the choice seems unwise", required=False
    )
    reasons = words_field(
        "What did you ask, and what did they say or show?",
        missing="Say what you asked, and what they said or showed.",
        hint="They read this.",
    )
    outcome = forms.ChoiceField(
        label="So, more likely than not",
        choices=CapacityOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found."},
    )
    assessed_date = date_field("On which day did you look at it?")
    look_again_date = date_field(
        "By when do you look again?",
        hint="Always where they cannot decide it now. Could it come back, or vary from day to day? Then soon.",
        is_needed=False,
    )

    def __init__(self, *args: Any, today: date, again: CapacityRecord | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessed_date"].initial = today
        self._again = again
        if again is not None:
            self.fields["decision"].initial = again.decision
            del self.fields["matter"]

    def judged(self) -> Judged:
        """Give what was answered."""
        said = self.cleaned_data
        matter = Matter(self._again.matter if self._again else said["matter"])
        kept = {name: said[name] for name in ("decision", "support", "impairment", "because", "reasons")}
        return Judged(
            matter=matter,
            outcome=CapacityOutcome(said["outcome"]),
            cannot=[Ability(one) for one in said["cannot"]],
            is_more_than_unwise=said["is_more_than_unwise"],
            assessed_date=said["assessed_date"],
            look_again_date=said["look_again_date"],
            **kept,
        )


class BestInterestForm(forms.Form):
    """What is in somebody's best interests, and how that was found."""

    wishes = words_field(
        "What do they want and feel?",
        missing="Write what they want and feel, now and before, as far as you can find out.",
        hint="Now and before, in their words or signs; what they believe in, and anything they wrote down.",
    )
    asked = forms.MultipleChoiceField(
        label="Who acts for them and was asked?", widget=forms.CheckboxSelectMultiple, required=False
    )
    consulted = words_field(
        "Who else was asked?", hint="Family, friends, who cares for them, and what they said.", rows=3
    )
    not_consulted = words_field("Who was not asked, and why?", hint="By name.", rows=2)
    advocate = words_field(
        "Is there nobody to ask but paid staff? What became of an independent mental capacity advocate?",
        rows=2,
    )
    options = words_field(
        "What was considered, and what would restrict them least?",
        missing="Say what else was considered, and what would restrict them least.",
        hint="Can it wait until they can decide it themselves?",
    )
    decision = words_field(
        "What was decided?", missing="Say what was decided.", hint="They read this.", rows=3
    )
    reason = words_field(
        "Why is this in their best interests?",
        missing="Say why this is in their best interests.",
        hint="They read this.",
    )
    decided_date = date_field("On which day?")

    def __init__(self, *args: Any, today: date, acting: Sequence[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_date"].initial = today
        self._acting = {str(one.pk): one for one in acting}
        asked = self.fields["asked"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [
            (key, f"{one.helper} ({one.get_kind_display().lower()})") for key, one in self._acting.items()
        ]
        if not acting:
            del self.fields["asked"]

    def made(self) -> InTheirInterest:
        """Give what was answered; who acts for them and was asked is named among those consulted."""
        said = dict(self.cleaned_data)
        named = ", ".join(str(self._acting[key].helper) for key in said.pop("asked", []))
        said["consulted"] = "\n".join(words for words in (named, said["consulted"].strip()) if words)
        return InTheirInterest(**said)


class AnswerCapacityForm(forms.Form):
    """The answer to somebody who does not agree."""

    outcome = forms.ChoiceField(
        label="Are they right?",
        choices=[
            (ChallengeOutcome.UPHELD, "Yes: it is looked at anew"),
            (ChallengeOutcome.PARTLY, "Partly: it is looked at anew"),
            (ChallengeOutcome.NOT_UPHELD, "No, it stays as it was"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are right."},
    )
    answer = words_field(
        "Your reasons", missing="Give your reasons. The person reads them.", hint="The person reads this."
    )
