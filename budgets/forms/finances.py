"""What can somebody pay? The figures of a financial assessment, and how each is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from budgets.actions import Facts
from budgets.models import Allowance, Basis, FinancialAssessment
from budgets.rules.contribution import Step
from ledger.forms import DayField, PoundsField

FIGURES = (Step.CAPITAL, Step.INCOME, Step.DISREGARDS, Step.DRE)
PENCE = {Step.CAPITAL: "capital_pence"} | {step: f"{step.value}_pence" for step in FIGURES}


def _pounds(label: str, help_text: str) -> PoundsField:
    return PoundsField(label=label, help_text=help_text, required=False)


def _source(of: str) -> forms.CharField:
    return forms.CharField(
        label=f"How do you know about {of}?",
        help_text="For example: pension letter of 3 April. The person reads this.",
        max_length=300,
        required=False,
    )


class FinancesForm(forms.Form):
    """The figures, on one page. An empty amount is nothing."""

    start_date = DayField(
        label="From which day?",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Say from which day it holds.",
            "invalid": "Write a day, like 2026-05-04.",
        },
    )
    basis = forms.ChoiceField(
        label="What does it rest on?",
        choices=[
            (Basis.FULL, "All their figures"),
            (Basis.LIGHT_TOUCH, "A light touch: it is plain what they can pay, and they agree"),
            (Basis.REFUSED, "They do not want to give figures, and pay all that their care costs"),
            (Basis.EXEMPT, "Care that is free of charge, for example after hospital"),
        ],
        initial=Basis.FULL,
        widget=forms.RadioSelect,
    )
    allowance = forms.ChoiceField(
        label="Where do they live?",
        choices=[(Allowance.MIG, "At home"), (Allowance.PEA, "In a care home")],
        initial=Allowance.MIG,
        widget=forms.RadioSelect,
    )
    capital = _pounds("Savings and other capital", "All of it, without the home they live in.")
    capital_source = _source("the capital")
    income = _pounds("Income each week", "Pensions, benefits, earnings that count.")
    income_source = _source("the income")
    disregards = _pounds("Income the law leaves out, each week", "For example part of a disability benefit.")
    disregards_source = _source("what is left out")
    dre = _pounds(
        "What their disability costs them each week", "Only at home. In a care home leave it empty."
    )
    dre_source = _source("those costs")
    weekly = _pounds(
        "With a light touch: what they pay each week",
        "Write 0 for nothing. Empty: all that their care costs.",
    )
    reason = forms.CharField(
        label="If not all figures: why?",
        help_text="What you asked for and when, or why it was plain. The person reads this.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where not all figures are given."""
        cleaned = super().clean() or {}
        if cleaned.get("basis") != Basis.FULL and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why not all figures were asked for. The person reads it.")
        return cleaned

    def figures(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Give each figure with the question how it is known."""
        return [(self[step.value], self[f"{step.value}_source"]) for step in FIGURES]

    def answers(self) -> dict[str, Any]:
        """Give what was answered, as it is kept until it has been checked."""
        return {**self.cleaned_data, "start_date": self.cleaned_data["start_date"].isoformat()}


def answers_of(assessment: FinancialAssessment | None, *, on: date) -> dict[str, Any]:
    """Give the answers to begin with: those of the assessment that holds, from a day on."""
    if assessment is None:
        return {"start_date": on}
    read = {line["step"]: line["source"] for line in assessment.lines}
    figures = {step.value: getattr(assessment, pence) for step, pence in PENCE.items()}
    return {
        "start_date": on,
        "basis": assessment.basis,
        "allowance": assessment.allowance,
        **figures,
        **{f"{step.value}_source": read.get(step, "") for step in FIGURES},
        "weekly": assessment.weekly_contribution_pence if assessment.basis == Basis.LIGHT_TOUCH else None,
        "reason": assessment.reason,
    }


def facts_of(answers: Mapping[str, Any]) -> Facts:
    """Read kept answers as the facts of an assessment; figures that the basis has no use for are left out."""
    basis = Basis(answers["basis"])
    is_full = basis == Basis.FULL
    figures = {pence: (answers[step.value] or 0) if is_full else 0 for step, pence in PENCE.items()}
    return Facts(
        start_date=date.fromisoformat(answers["start_date"]),
        basis=basis,
        allowance=Allowance(answers["allowance"]),
        **figures,
        sources=tuple((step.value, answers[f"{step.value}_source"]) for step in FIGURES),
        weekly_pence=answers["weekly"],
        reason="" if is_full else answers["reason"],
    )
