"""What is a budget made of, beside what plan and financial assessment say? Other money, dates, and the choice."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from budgets.actions import OtherMoney, Terms
from budgets.models import Chooser, Delivery, FundingStream
from ledger.forms import DayField, PoundsField

ONE_DAY = timedelta(days=1)
WAYS = [
    (Delivery.COUNCIL_MANAGED, "The council holds it and pays the bills"),
    (Delivery.DIRECT_PAYMENT, "Direct payment: they get it and pay the bills"),
    (Delivery.ISF, "Individual service fund: somebody else holds it for them"),
    (Delivery.MIXED, "Mixed: part of it as a direct payment"),
]


def _day(label: str, help_text: str = "") -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which day.", "invalid": "Write a day, like 2026-05-04."},
    )


def _way(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=WAYS,
        widget=forms.Select,
        initial=Delivery.COUNCIL_MANAGED,
        error_messages={"required": "Choose how it is held."},
    )


class MakeForm(forms.Form):
    """The dates, what the person chose, and one group of questions for each other stream of their council."""

    start_date = _day("From which day?")
    last_date = _day("Up to which day?", "The last day of this budget.")
    delivery = _way("How do they want their money held?")
    holder = forms.CharField(
        label="Who holds the individual service fund?",
        max_length=200,
        required=False,
        help_text="If there is one.",
    )
    chosen_by = forms.ChoiceField(
        label="Who chose this?",
        choices=Chooser.choices,
        initial=Chooser.PERSON,
        widget=forms.RadioSelect,
    )
    chosen_date = _day("When did they choose?")
    chosen_words = forms.CharField(
        label="If somebody chose for them: who, and why?",
        help_text="The person reads this.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    once = PoundsField(
        label="Does the council put anything in once?", help_text="Leave it empty if not.", required=False
    )

    def __init__(self, *args: Any, streams: Iterable[FundingStream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streams = list(streams)
        for stream in self.streams:
            self._ask_about(stream)

    def _ask_about(self, stream: FundingStream) -> None:
        name = stream.name[:1].upper() + stream.name[1:]
        self.fields[f"{stream.code}-weekly"] = PoundsField(
            label=f"{name}: how much each week?", help_text=str(stream.rules.spend), required=False
        )
        self.fields[f"{stream.code}-once"] = PoundsField(label=f"{name}: how much once?", required=False)
        self.fields[f"{stream.code}-delivery"] = _way(f"{name}: how is it held?")
        self.fields[f"{stream.code}-holder"] = forms.CharField(
            label=f"{name}: who holds the fund, if there is one?", max_length=200, required=False
        )

    def by_stream(self) -> list[tuple[FundingStream, list[forms.BoundField]]]:
        """Give each other stream with the questions about it."""
        asked = ("weekly", "once", "delivery", "holder")
        return [(stream, [self[f"{stream.code}-{name}"] for name in asked]) for stream in self.streams]

    def terms(self) -> Terms:
        """Give what was answered."""
        said = self.cleaned_data
        return Terms(
            start_date=said["start_date"],
            end_date=said["last_date"] + ONE_DAY,
            chosen_date=said["chosen_date"],
            chosen_by=Chooser(said["chosen_by"]),
            chosen_words=said["chosen_words"],
            delivery=Delivery(said["delivery"]),
            holder=said["holder"],
            one_off_pence=said["once"] or 0,
            others=[self._other(stream) for stream in self.streams],
        )

    def _other(self, stream: FundingStream) -> OtherMoney:
        said = self.cleaned_data
        weekly, once = said[f"{stream.code}-weekly"] or 0, said[f"{stream.code}-once"] or 0
        is_used = weekly or once
        return OtherMoney(
            stream=stream,
            weekly_pence=weekly,
            one_off_pence=once,
            delivery=Delivery(said[f"{stream.code}-delivery"]) if is_used else Delivery.COUNCIL_MANAGED,
            holder=said[f"{stream.code}-holder"],
        )


def answers_of(terms: Terms | None, *, start_date: date, end_date: date, on: date) -> dict[str, Any]:
    """Give the answers to begin with: those of the last statement, from another day on, without what was paid once."""
    answers: dict[str, Any] = {
        "start_date": start_date,
        "last_date": end_date - ONE_DAY,
        "chosen_date": on,
    }
    if terms is None:
        return answers
    others = {
        f"{other.stream.code}-{what}": said
        for other in terms.others
        for what, said in (
            ("weekly", other.weekly_pence),
            ("delivery", other.delivery),
            ("holder", other.holder),
        )
    }
    return {
        **answers,
        "delivery": terms.delivery,
        "holder": terms.holder,
        "chosen_by": terms.chosen_by,
        "chosen_words": terms.chosen_words,
        **others,
    }
