"""The questions of whoever writes a resource allocation system."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.forms import BoundField

from ledger.forms import DayField, PoundsField
from plans.actions.ras import OptionInWords, PriceInWords, QuestionInWords, RasTerms
from plans.models import PriceItem, RasBand, RasKind, RasMethod, RasOption, RasQuestion, RasVersion
from plans.rules.kinds import KINDS
from plans.rules.outcomes import outcomes_of
from plans.rules.ras import Band

DAY = {"type": "date", "class": "govuk-input--width-10"}
NOT_A_DAY = "Write a day, like 2026-05-04."
EMPTY_ROWS = 2
MOST_OPTIONS, MOST_BANDS, MOST_POINTS = 10, 20, 1_000


def _whole(label: str, *, most: int, required: bool = False, help_text: str = "") -> forms.IntegerField:
    """Give a question for a whole number from 0 to the most, which says so."""
    words = f"Write a whole number from 0 to {most:,}."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


class RowFields(NamedTuple):
    """One row of questions side by side, with its number."""

    number: int
    fields: list[BoundField]


class _Rows(forms.Form):
    """A form of numbered rows, of which empty ones do not count."""

    starts_with = ""
    numbers: Sequence[int] = ()

    def lines(self) -> list[RowFields]:
        """Give the questions row by row, but for what nobody has to see."""
        return [
            RowFields(number, [self[name] for name in self._names(number) if not self[name].is_hidden])
            for number in self.numbers
        ]

    def hidden(self) -> list[BoundField]:
        """Give what nobody has to see."""
        return [self[name] for name in self.fields if self[name].is_hidden]

    def _names(self, number: int) -> list[str]:
        return [name for name in self.fields if name.startswith(f"{self.starts_with}{number}_")]

    def _filled(self, *parts: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the rows in which anything was written, with what was read; `parts`: what each of them needs."""
        for number in self.numbers:
            names = {name: f"{self.starts_with}{number}_{name}" for name in parts}
            if any(str(self.data.get(name) or "").strip() for name in names.values()):
                yield number, {part: self.cleaned_data.get(name) for part, name in names.items()}

    def _ask_for_what_is_missing(self, wanted: dict[str, str]) -> None:
        for number, said in self._filled(*wanted):
            for part, words in wanted.items():
                name = f"{self.starts_with}{number}_{part}"
                if name not in self.errors and said[part] in ("", None):
                    self.add_error(name, words)


class RasTermsForm(forms.Form):
    """What a version is called, how its points become pounds, and its rules."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Give this version a title."}
    )
    notes = forms.CharField(
        label="What it is for, and how it came about",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        required=False,
    )
    method = forms.ChoiceField(
        label="How do points become pounds?", choices=RasMethod.choices, widget=forms.RadioSelect
    )
    tolerance_percent = _whole(
        "Tolerance (per cent)",
        most=100,
        required=True,
        help_text="How far a final budget may be from the indicative one without an explanation.",
    )
    moderation_percent = _whole(
        "Moderation (per cent)",
        most=100,
        required=True,
        help_text="How far a professional may move the amount, with a reason that the person reads.",
    )
    unpaid_hour_pence = PoundsField(
        label="Taken off for each hour a week of unpaid care",
        help_text="Only ever with that carer's consent. Write 0 to take nothing off.",
    )
    unpaid_most_percent = _whole("Taken off for unpaid care at most (per cent)", most=100, required=True)

    def __init__(self, data: Any, *, version: RasVersion) -> None:
        super().__init__(data, initial={name: getattr(version, name) for name in self.base_fields})

    def terms(self) -> RasTerms:
        """Give what was answered."""
        said = self.cleaned_data
        return RasTerms(**{**said, "method": RasMethod(said["method"])})


class RasQuestionForm(_Rows):
    """A question in usual and in easy words, and the answers to choose with their points."""

    starts_with = "option"

    outcome = forms.ChoiceField(label="Which outcome does it ask about?")
    words = forms.CharField(
        label="The question", max_length=500, error_messages={"required": "Write the question."}
    )
    easy_words = forms.CharField(
        label="The question in easy words",
        help_text="At most 15 words in a sentence.",
        max_length=500,
        error_messages={"required": "Write the question in easy words too."},
    )
    help_words = forms.CharField(
        label="More about it, if that helps",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
        required=False,
    )
    price_kind = forms.ChoiceField(label="With a price book: one point buys one unit of", required=False)

    def __init__(self, data: Any, *, version: RasVersion, question: RasQuestion | None, outcome: str) -> None:
        options = list(question.options.all()) if question else []
        super().__init__(data, initial=_question_initial(question, options, outcome))
        choices = [(one.code, one.said) for one in outcomes_of(version.kind)]
        prices = [(price.kind, price.words) for price in version.prices.all()]
        for name, found in (("outcome", choices), ("price_kind", [("", "Nothing"), *prices])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found
        rows = min(max(len(options) + EMPTY_ROWS, 4), MOST_OPTIONS)
        self.numbers = range(1, rows + 1)
        for number in self.numbers:
            self.fields |= _option_fields(number)

    def head(self) -> list[BoundField]:
        """Give the questions about the question itself."""
        return [self[name] for name in self.base_fields]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing in an answer that was begun."""
        cleaned = super().clean() or {}
        self._ask_for_what_is_missing(
            {
                "words": "Write the answer.",
                "easy": "Write the answer in easy words too.",
                "points": "Write its points.",
            }
        )
        return cleaned

    def said(self) -> QuestionInWords:
        """Give what was answered."""
        cleaned = self.cleaned_data
        return QuestionInWords(
            outcome=cleaned["outcome"],
            words=cleaned["words"],
            easy_words=cleaned["easy_words"],
            help_words=cleaned["help_words"],
            price_kind=cleaned["price_kind"],
            options=[
                OptionInWords(
                    words=said["words"],
                    easy_words=said["easy"],
                    points=said["points"],
                    origin=self._origin(number),
                )
                for number, said in self._filled("words", "easy", "points")
            ],
        )

    def _origin(self, number: int) -> UUID | None:
        origin: UUID | None = self.cleaned_data.get(f"option{number}_origin")
        return origin


class RasBandsForm(_Rows):
    """From how many points on how much a week it is."""

    starts_with = "band"

    def __init__(self, data: Any, *, bands: Sequence[RasBand]) -> None:
        initial = {f"band{number}_points": band.from_points for number, band in enumerate(bands, 1)}
        initial |= {f"band{number}_weekly": band.weekly_pence for number, band in enumerate(bands, 1)}
        super().__init__(data, initial=initial)
        self.numbers = range(1, min(len(bands) + EMPTY_ROWS, MOST_BANDS) + 1)
        for number in self.numbers:
            self.fields[f"band{number}_points"] = _whole(f"Band {number}: from points", most=100_000)
            self.fields[f"band{number}_weekly"] = PoundsField(
                label=f"Band {number}: pounds a week", required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a band that was begun."""
        cleaned = super().clean() or {}
        self._ask_for_what_is_missing(
            {"points": "Write from how many points on.", "weekly": "Write how much a week it is."}
        )
        return cleaned

    def bands(self) -> list[Band]:
        """Give what was answered, in order."""
        return sorted(Band(said["points"], said["weekly"]) for _, said in self._filled("points", "weekly"))


class RasPricesForm(forms.Form):
    """What one unit of each kind of help costs; what is left empty is not in the price book."""

    def __init__(self, data: Any, *, prices: Sequence[PriceItem]) -> None:
        super().__init__(data, initial={price.kind: price.unit_pence for price in prices})
        for kind in KINDS:
            self.fields[kind.code] = PoundsField(label=f"{kind.said}: one {kind.unit}", required=False)

    def prices(self) -> list[PriceInWords]:
        """Give what was answered."""
        said = self.cleaned_data.items()
        return [PriceInWords(kind=kind, unit_pence=pence) for kind, pence in said if pence is not None]


class RasDayForm(forms.Form):
    """From which day a version is used, or is not used any more."""

    day = DayField(
        label="From which day?",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": NOT_A_DAY, "invalid": NOT_A_DAY},
    )


class RasNewForm(forms.Form):
    """Whose needs a new version asks about."""

    kind = forms.ChoiceField(choices=RasKind.choices)


def _question_initial(
    question: RasQuestion | None, options: Sequence[RasOption], outcome: str
) -> dict[str, Any]:
    if question is None:
        return {"outcome": outcome}
    initial: dict[str, Any] = {
        "outcome": question.outcome,
        "words": question.words,
        "easy_words": question.easy_words,
        "help_words": question.help_words,
        "price_kind": question.price.kind if question.price else "",
    }
    for number, option in enumerate(options, 1):
        initial |= {
            f"option{number}_words": option.words,
            f"option{number}_easy": option.easy_words,
            f"option{number}_points": option.points,
            f"option{number}_origin": option.origin,
        }
    return initial


def _sentence(label: str) -> forms.CharField:
    """Ask for a sentence that is read whole while it is written, three to a row."""
    return forms.CharField(
        label=label, max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def _option_fields(number: int) -> dict[str, forms.Field]:
    start = f"option{number}"
    return {
        f"{start}_words": _sentence("Answer"),
        f"{start}_easy": _sentence("In easy words"),
        f"{start}_points": _whole("Points", most=MOST_POINTS),
        f"{start}_origin": forms.UUIDField(required=False, widget=forms.HiddenInput),
    }
