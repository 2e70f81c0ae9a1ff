"""Writing an invoice or credit note by hand: what it is for, and its lines."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField

from commissioning.models import Contract, ContractService
from invoices.rules import Document, Problem, UnreadableDocument, parse_document
from ledger.forms import DayField, PoundsField
from ledger.pennies import line_pence

LINES_AT_FIRST = 5
MOST_LINES = 60
DAY = "Write a day, like 2026-05-04."
NARROW = {"autocomplete": "off", "spellcheck": "false"}
# What the reader of documents calls a field, and what it is called here.
FIELDS = {"service_code": "service", "service_date": "day", "unit_rate_pence": "rate", "member_ref": "member"}
OF_THE_DOCUMENT = ("number", "issue_date", "period_start", "period_end", "corrects")


class LineFields(NamedTuple):
    """The questions of one line, and its number."""

    number: int
    fields: list[BoundField]


def _day(label: str, *, missing: str = "", invalid: str = DAY) -> DayField:
    return DayField(
        label=label,
        required=bool(missing),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": invalid},
    )


def _narrow(width: int, mode: str) -> forms.TextInput:
    return forms.TextInput(attrs={**NARROW, "inputmode": mode, "class": f"govuk-input--width-{width}"})


class WriteForm(forms.Form):
    """
    An invoice of a contract, or a credit note where `is_credit`, with room for `lines` lines; empty ones do not count.

    A price that is left empty is the contract's. What a line comes to is worked out: units times price.
    """

    number = forms.CharField(
        label="Your number for it",
        max_length=60,
        widget=forms.TextInput(attrs={**NARROW, "class": "govuk-input--width-20"}),
        error_messages={"required": "Give it a number of your own, one you have not used yet."},
    )
    corrects = forms.CharField(
        label="Number of the invoice it corrects",
        max_length=60,
        widget=forms.TextInput(attrs={**NARROW, "class": "govuk-input--width-20"}),
        error_messages={"required": "Write the number of the invoice that it corrects."},
    )
    issue_date = _day("Day of issue", missing="Write the day of issue.")
    period_start = _day("First day billed", missing="Write the first day billed.")
    period_end = _day("Last day billed", missing="Write the last day billed.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        contract: Contract,
        services: Sequence[ContractService],
        member_refs: Collection[str],
        is_credit: bool,
        lines: int,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.contract, self.is_credit = contract, is_credit
        self.rates = {service.code: service.unit_rate_pence for service in services}
        if not is_credit:
            del self.fields["corrects"]
        named = [(one.code, f"{one.description or one.code} ({one.code})") for one in services]
        refs = [("", "The cluster"), *((ref, ref) for ref in member_refs)]
        self.line_numbers = range(1, min(max(lines, 1), MOST_LINES) + 1)
        for number in self.line_numbers:
            self._ask_for_line(number, [("", "Choose"), *named], refs)

    def _ask_for_line(
        self, number: int, services: list[tuple[str, str]], refs: list[tuple[str, str]]
    ) -> None:
        line = f"Line {number}:"
        asked: dict[str, forms.Field] = {
            "service": forms.ChoiceField(label="Service", choices=services, required=False),
            "day": _day("Day", invalid=f"{line} {DAY}"),
            "units": forms.DecimalField(
                label="Units",
                required=False,
                min_value=Decimal("0.0001"),
                max_digits=13,
                decimal_places=4,
                widget=_narrow(5, "decimal"),
                error_messages={
                    "invalid": f"{line} Write the units as a number, like 1.5.",
                    "min_value": f"{line} Write units above nothing.",
                    "max_digits": f"{line} Write fewer figures for the units.",
                    "max_whole_digits": f"{line} Write fewer figures for the units.",
                    "max_decimal_places": f"{line} Write at most four figures after the point.",
                },
            ),
            "rate": PoundsField(
                label="Price of one unit",
                required=False,
                error_messages={"invalid": f"{line} Write the price in pounds, like 20 or 20.50."},
            ),
            "member": forms.ChoiceField(label="For whom", choices=refs, required=False),
        }
        if self.is_credit:
            words = f"{line} Write the number of the line that it corrects."
            asked["corrects_line"] = forms.IntegerField(
                label="Line it corrects",
                required=False,
                min_value=1,
                max_value=1_000_000,
                widget=_narrow(3, "numeric"),
                error_messages={"invalid": words, "min_value": words, "max_value": words},
            )
        for name, field in asked.items():
            self.fields[f"line{number}_{name}"] = field

    def head(self) -> list[BoundField]:
        """Give the questions about the whole document."""
        return [self[name] for name in OF_THE_DOCUMENT if name in self.fields]

    def lines(self) -> list[LineFields]:
        """Give the questions line by line."""
        return [
            LineFields(number, [self[name] for name in self.fields if name.startswith(f"line{number}_")])
            for number in self.line_numbers
        ]

    def clean(self) -> dict[str, Any]:
        """Read the whole as a document, by the same rules as one that comes by API."""
        cleaned = super().clean() or {}
        filled = [number for number in self.line_numbers if self._is_filled(number)]
        if not filled:
            self.add_error("line1_service", "Write at least one line.")
        for number in filled:
            self._ask_for_what_is_missing(number, cleaned)
        if not self.errors:
            try:
                self.document = self._read(cleaned, filled)
            except UnreadableDocument as trouble:
                for problem in trouble.problems:
                    self._say(problem, filled)
        return cleaned

    def _is_filled(self, number: int) -> bool:
        """Tell whether anything is written in a line."""
        start = f"line{number}_"
        return any(str(self.data.get(name) or "").strip() for name in self.fields if name.startswith(start))

    def _ask_for_what_is_missing(self, number: int, cleaned: Mapping[str, Any]) -> None:
        needed = {"service": "Choose the service.", "day": "Write the day.", "units": "Write the units."}
        if self.is_credit:
            needed["corrects_line"] = "Write which line of the invoice it corrects."
        for name, words in needed.items():
            field = f"line{number}_{name}"
            if field not in self.errors and cleaned.get(field) in ("", None):
                self.add_error(field, f"Line {number}: {words}")

    def _read(self, cleaned: Mapping[str, Any], filled: Collection[int]) -> Document:
        lines = [self._line(number, cleaned) for number in filled]
        days = {name: cleaned[name].isoformat() for name in ("issue_date", "period_start", "period_end")}
        corrects = {"corrects": cleaned["corrects"]} if self.is_credit else {}
        return parse_document(
            {
                "type": "credit_note" if self.is_credit else "invoice",
                "number": cleaned["number"],
                "provider_ref": self.contract.provider.ref,
                "contract_ref": self.contract.ref,
                "total_pence": sum(line["amount_pence"] for line in lines),
                "lines": lines,
                **days,
                **corrects,
            }
        )

    def _line(self, number: int, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = {
            name: cleaned.get(f"line{number}_{name}")
            for name in ("service", "day", "units", "rate", "member", "corrects_line")
        }
        rate = self.rates[said["service"]] if said["rate"] is None else said["rate"]
        amount = line_pence(said["units"], rate)
        line = {
            "line_number": number,
            "service_code": said["service"],
            "service_date": said["day"].isoformat(),
            "units": f"{said['units']:f}",
            "unit_rate_pence": rate,
            "amount_pence": -amount if self.is_credit else amount,
        }
        extras = {"member_ref": said["member"], "corrects_line": said["corrects_line"]}
        return line | {name: value for name, value in extras.items() if value}

    def _say(self, problem: Problem, filled: Sequence[int]) -> None:
        """Say at its field what the reader of documents found."""
        steps = problem.pointer.strip("/").split("/")
        name = steps[-1]
        if steps[0] == "lines" and len(steps) == 3:
            number = filled[int(steps[1])]
            place, words = f"line{number}_{FIELDS.get(name, name)}", f"Line {number}: {problem.detail}"
        else:
            place, words = name, problem.detail
        words = words.replace(f"{name} ", "this ", 1)
        self.add_error(place if place in self.fields else None, words[0].upper() + words[1:])
