"""Questions of a resource allocation system, as they are answered: an option and words, by each side."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import ByWhom, RasQuestion

MOST_WORDS = 4_000
WHAT_THEY_SAY = {
    ByWhom.PROFESSIONAL: ("What counts, as you see it", "What you saw and heard"),
    ByWhom.OWN: ("What they say", "In their words"),
}
WHAT_I_SAY = (_("Your answer"), _("In your own words, if you like"))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question with the fields it is answered in, by whom."""

    question: RasQuestion
    fields: dict[str, list[forms.BoundField]]

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields of whoever is assessed; none where they have answered themselves."""
        return self.fields.get(ByWhom.OWN, [])

    @property
    def professional(self) -> list[forms.BoundField]:
        """The fields of the professional."""
        return self.fields.get(ByWhom.PROFESSIONAL, [])


class AnswersForm(forms.Form):
    """Some questions, each with an option and words by each side that answers here."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[RasQuestion],
        sides: Mapping[str, Collection[UUID]],
        is_own: bool = False,
        is_easy: bool = False,
        **kwargs: Any,
    ) -> None:
        """
        Ask `questions`; `sides` says which of them each side answers here, by their ids.

        `is_own`: whoever is assessed answers for themselves, in easy words where they read those.
        """
        super().__init__(*args, **kwargs)
        self._questions = questions
        self._sides = sides
        for question in questions:
            for side in self._sides_of(question):
                labels = WHAT_I_SAY if is_own else WHAT_THEY_SAY[ByWhom(side)]
                self.fields[f"{side}-option-{question.pk}"] = _choice(
                    question, str(labels[0]), is_easy=is_easy
                )
                self.fields[f"{side}-words-{question.pk}"] = _words(str(labels[1]))

    def rows(self) -> Iterator[Row]:
        """Give the questions in order, each with its fields."""
        for question in self._questions:
            yield Row(
                question=question,
                fields={
                    side: [self[f"{side}-option-{question.pk}"], self[f"{side}-words-{question.pk}"]]
                    for side in self._sides_of(question)
                },
            )

    def sent(self) -> dict[str, str]:
        """Give every field that was sent, fit to be kept; what was not sent at all stays as it is."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields if name in self.data}

    def labels(self) -> dict[str, str]:
        """Say of each field what it is about."""
        return {
            name: question.words
            for question in self._questions
            for name in self.fields
            if name.endswith(str(question.pk))
        }

    def _sides_of(self, question: RasQuestion) -> list[str]:
        return [side for side, asked in self._sides.items() if question.pk in asked]


def _choice(question: RasQuestion, label: str, *, is_easy: bool) -> forms.ChoiceField:
    options = [
        (str(option.pk), option.easy_words if is_easy else option.words) for option in question.options.all()
    ]
    return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, required=False)


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
