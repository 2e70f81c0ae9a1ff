"""The needs of a plan, all on one page: in their words, who meets each, how and when, and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from ledger.forms import PoundsField
from ledger.pennies import in_pounds
from plans.forms.plan import Written, as_words, words_field
from plans.models import MetBy, Need, PartOfDay, PriceItem
from plans.rules.kinds import KINDS, kind_of
from plans.rules.outcomes import outcomes_of
from plans.rules.plan import PAID

SHOWN = "need"  # the hidden mark of each need that stood on the page: another may have been put in meanwhile
WHO = [
    (MetBy.SELF, "They themselves"),
    (MetBy.FAMILY, "Family or a carer"),
    (MetBy.COMMUNITY, "Their community"),
    (MetBy.SERVICE, "A paid service"),
    (MetBy.CLUSTER, "Their cluster"),
]
SEVEN_DAYS = [
    (1, "Monday"),
    (2, "Tuesday"),
    (3, "Wednesday"),
    (4, "Thursday"),
    (5, "Friday"),
    (6, "Saturday"),
    (7, "Sunday"),
]


class NeedQuestions(forms.Form):
    """What is asked of one need."""

    words = forms.CharField(label="What they need help with, in their words", max_length=500, required=False)
    wanted = words_field("What they want to come of it", "", 2)
    outcome = forms.ChoiceField(label="Which part of life it belongs to", required=False)
    is_eligible = forms.BooleanField(
        label="The council must meet this need by law (it is eligible)", required=False
    )
    met_by = forms.ChoiceField(label="Who meets it", choices=WHO, widget=forms.RadioSelect)
    who = forms.CharField(
        label="Who that is",
        help_text="A name they know: “my sister Ana”.",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-names"}),  # those that stand in the plan can be chosen
    )
    how = words_field("How", "What is done, and how they like it done.", 2)
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


COST = ("kind", "units", "unit_pence", "price_from", "one_off_pence")
WEEK = ("days", "parts")
REST = ("wanted", "outcome", "is_eligible")


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """A need with the fields it is written in, by name, and which parts of it are worth showing at once."""

    need: Need
    fields: dict[str, forms.BoundField]

    @property
    def shows_cost(self) -> bool:
        """Tell whether somebody is paid to meet it, as it is written now, or its cost has to be put right."""
        return self.fields["met_by"].value() in PAID or self._has_trouble(COST)

    @property
    def shows_week(self) -> bool:
        """Tell whether it stands in the week, or that has to be put right."""
        return any(self.fields[name].value() for name in WEEK) or self._has_trouble(WEEK)

    @property
    def shows_rest(self) -> bool:
        """Tell whether something in the rest has to be put right."""
        return self._has_trouble(REST)

    def _has_trouble(self, names: Sequence[str]) -> bool:
        return any(self.fields[name].errors for name in names)


class NeedsForm(Written):
    """Every need of a plan, each field by the need's id; it saves itself."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, needs: Sequence[Need], prices: Mapping[str, PriceItem]
    ) -> None:
        super().__init__(data)
        self.needs, self.prices = needs, prices
        for need in needs:
            begun = _of(need)
            for name, field in self._asked_of(need).items():
                self.fields[f"{need.pk}-{name}"] = field
                self.initial[f"{need.pk}-{name}"] = begun[name]

    def rows(self) -> Iterator[NeedRow]:
        """Give the needs in order, each with its fields."""
        for need in self.needs:
            fields = {name: self[f"{need.pk}-{name}"] for name in NeedQuestions.base_fields}
            yield NeedRow(need=need, fields=fields)

    def names(self) -> list[str]:
        """Give the names of those who meet a need already, each once: nobody is written twice."""
        return sorted({need.who for need in self.needs if need.who})

    def sent(self) -> dict[str, str]:
        """Give what was written by the needs' fields; a need that was not on the page stays as it is."""
        shown = set(self.data.getlist(SHOWN)) if hasattr(self.data, "getlist") else set()
        sent: dict[str, str] = {}
        for need in self.needs:
            if str(need.pk) in shown:
                sent |= {f"{need.thread}:{name}": words for name, words in self._sent_of(need).items()}
        return sent

    def labels(self) -> dict[str, str]:
        """Give what each field is called, with the need it belongs to."""
        return {
            f"{need.thread}:{name}": f"{need.words}: {field.label}"
            for need in self.needs
            for name, field in NeedQuestions.base_fields.items()
        }

    def _asked_of(self, need: Need) -> dict[str, forms.Field]:
        """Give the questions of a need, with the outcomes of its plan and the prices of its council to choose from."""
        fields = NeedQuestions().fields
        choices = {
            "outcome": [
                ("", "None of them"),
                *((one.code, one.words) for one in outcomes_of(need.plan.kind)),
            ],
            "kind": [("", "Nothing"), *((kind.code, self._said(kind.code)) for kind in KINDS)],
        }
        for name, offered in choices.items():
            field = fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        return fields

    def _sent_of(self, need: Need) -> dict[str, str]:
        """Give what was written of one need as words; a price left empty is the price book's."""
        asked = {name: f"{need.pk}-{name}" for name in NeedQuestions.base_fields}
        written = {
            name: self.cleaned_data[field] for name, field in asked.items() if field in self.cleaned_data
        }
        kind = kind_of(written["kind"]) if written.get("kind") else None
        price = self.prices.get(kind.code) if kind else None
        sent = {name: as_words(value) for name, value in written.items() if name != "units"}
        if "units" in written:
            sent["units_weekly_hundredths"] = str(int((written["units"] or 0) * 100))
        if "unit_pence" in written:
            sent["unit_pence"] = str(written["unit_pence"] or (price.unit_pence if price else 0))
        if "one_off_pence" in written:
            sent["one_off_pence"] = sent["one_off_pence"] or "0"
        if "kind" in written:
            sent["unit"] = price.unit if price else kind.unit if kind else ""
        return sent

    def _said(self, code: str) -> str:
        """Say what is bought, with the price book's price where it has one."""
        price = self.prices.get(code)
        words = kind_of(code).words
        return f"{words}: {in_pounds(price.unit_pence)} a {price.unit}" if price else words


class NewNeedForm(forms.Form):
    """One more need, in the person's words."""

    words = forms.CharField(
        label="Something else they need help with",
        max_length=500,
        error_messages={"required": "Say in a few words what help is needed with."},
    )


def _of(need: Need) -> dict[str, Any]:
    """Give a need as its form shows it; numbers nobody wrote yet are left empty."""
    shown = {name: getattr(need, name) for name in NeedQuestions.base_fields if name != "units"}
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
