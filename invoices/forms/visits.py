"""Recording a visit by hand: whose it was, when, and how much."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from commissioning.models import Contract, ContractService
from invoices.rules import Problem, UnreadableDocument
from invoices.rules.visits import HERE, VisitRecord, read_visit
from ledger.forms import DayField

NARROW = {"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"}
# What the reader of records calls a field, and what it is called here.
FIELDS = {
    "contract_ref": "service",
    "service_code": "service",
    "service_date": "day",
    "member_ref": "member",
}


def _time(label: str, words: str, help_text: str = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"}, format="%H:%M"),
        error_messages={"required": words, "invalid": "Write a time, like 09:30."},
    )


class VisitForm(forms.Form):
    """One visit under a contract. One that ends at or before the time it began ended the next morning."""

    ref = forms.CharField(
        label="Your own number for the visit",
        help_text="One you have not used for another visit.",
        max_length=60,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Give the visit a number of your own."},
    )
    service = forms.ChoiceField(label="Service", error_messages={"required": "Choose the service."})
    member = forms.ChoiceField(label="Whose visit it was", required=False)
    day = DayField(
        label="The day it began",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a day, like 2026-05-04.", "required": "Write the day."},
    )
    start = _time("From", "Write when it began.")
    end = _time("To", "Write when it ended.", "After midnight counts as the next day.")
    units = forms.CharField(
        label="Units",
        help_text="In the unit of the service, like 1.5.",
        max_length=14,
        widget=forms.TextInput(attrs=NARROW | {"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages={"required": "Write how many units it was."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        contract: Contract,
        services: Sequence[ContractService],
        member_refs: Collection[str],
    ) -> None:
        super().__init__(data)
        self.contract = contract
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((one.code, f"{one.description or one.code}, by {one.unit}") for one in services),
        ]
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", "Everybody shares it"),
            *((ref, ref) for ref in member_refs),
        ]

    def clean(self) -> dict[str, Any]:
        """Read the whole as a record, by the same rules as one that comes by API."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.record: VisitRecord = read_visit(self._row(cleaned), pointer="")
            except UnreadableDocument as trouble:
                for problem in trouble.problems:
                    self._say(problem)
        return cleaned

    def _row(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        day, start, end = cleaned["day"], cleaned["start"], cleaned["end"]
        ends_on = day if end > start else day + timedelta(days=1)
        member = {"member_ref": cleaned["member"]} if cleaned["member"] else {}
        return member | {
            "ref": cleaned["ref"],
            "contract_ref": self.contract.ref,
            "service_code": cleaned["service"],
            "service_date": day.isoformat(),
            "start": _moment(day, start),
            "end": _moment(ends_on, end),
            "units": cleaned["units"],
        }

    def _say(self, problem: Problem) -> None:
        self.say_at(problem.pointer.strip("/"), problem.detail)

    def say_at(self, field: str, words: str) -> None:
        """Say at the question it belongs to what is wrong with a field of the record."""
        name = FIELDS.get(field, field)
        words = words.replace(f"{field} ", "This ", 1).replace(" in quotes", "", 1)
        self.add_error(name if name in self.fields else None, words[0].upper() + words[1:])


def _moment(day: Any, at: time) -> str:
    return datetime.combine(day, at.replace(second=0, microsecond=0), HERE).isoformat()
