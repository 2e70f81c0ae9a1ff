"""Writing down what somebody can pay towards their care, with every line it comes from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from budgets.models import Allowance, Basis, FinancialAssessment
from budgets.queries.rates import RateNotRecorded, RatesOn, days_rates_change, rates_on
from budgets.rules.contribution import Contribution, FigureBelowZero, Figures, Step, contribution
from people.models import Person, RoleKind, User
from people.queries import leads

LOOKS_AHEAD = timedelta(days=366)
FIGURES = {
    "capital": "savings and capital",
    "income": "income",
    "disregards": "income left out",
    "dre": "costs",
}


class UnableToAssess(Exception):
    """The figures do not hold together, a rate is missing, or somebody else does this."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    What was found out about somebody's money. Pence, each week but for the capital; `sources` says how each is known.

    `weekly_pence`: for a light-touch assessment what they agreed to pay, none: all that their care costs. `reason`: why
    not all figures were asked for.
    """

    start_date: date
    basis: Basis = Basis.FULL
    allowance: Allowance = Allowance.MIG
    capital_pence: int = 0
    income_pence: int = 0
    disregards_pence: int = 0
    dre_pence: int = 0
    sources: tuple[tuple[str, str], ...] = ()
    weekly_pence: int | None = None
    reason: str = ""

    @property
    def figures(self) -> Figures:
        """The figures as the rule reads them."""
        return Figures(
            capital_pence=self.capital_pence,
            income_pence=self.income_pence,
            disregards_pence=self.disregards_pence,
            dre_pence=self.dre_pence,
        )


@transaction.atomic
def assess_finances(*, person: Person, facts: Facts, by: User) -> FinancialAssessment:
    """
    Work out what somebody can pay from a day on, and write it down. It ends the assessment before it.

    Where a birthday or a rate that is known already changes it within a year, what holds from that day is written
    down too. Gives the one that holds on the first day.

    :raises UnableToAssess: somebody other than their lead or a finance officer does this, they have died, a figure is
        below zero, a reason or a rate is missing.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _check_who(person, by)
    worked = work_out(person=person, facts=facts)
    _end_those_before(person, facts.start_date)
    ends = [*(start for start, _, _ in worked[1:]), None]
    written = [
        _write(person, replace(facts, start_date=start), found, rates, ends_on=end, by=by)
        for (start, found, rates), end in zip(worked, ends, strict=True)
    ]
    return written[0]


def work_out(*, person: Person, facts: Facts) -> list[tuple[date, Contribution, RatesOn | None]]:
    """
    Work out what somebody can pay from a day on, and from each day within a year on which that is known to change.

    :raises UnableToAssess: as `assess_finances`.
    """
    _check_facts(person, facts)
    if facts.basis != Basis.FULL:
        weekly = {Basis.REFUSED: None, Basis.EXEMPT: 0}.get(facts.basis, facts.weekly_pence)
        return [(facts.start_date, Contribution(weekly_pence=weekly, tariff_pence=0, lines=()), None)]
    days = days_rates_change(person=person, start=facts.start_date, until=facts.start_date + LOOKS_AHEAD)
    worked: list[tuple[date, Contribution, RatesOn | None]] = []
    try:
        for day in days:
            rates = rates_on(person=person, allowance=facts.allowance, on=day)
            found = contribution(facts.figures, rates.rates)
            if not worked or worked[-1][1] != found:
                worked.append((day, found, rates))
    except FigureBelowZero as refusal:
        raise UnableToAssess(
            f"The {FIGURES[refusal.code]} cannot be below nothing. Put 0 where there is none."
        ) from refusal
    except RateNotRecorded as refusal:
        raise UnableToAssess(
            f"Nobody has recorded “{refusal.name}” for {refusal.on:%-d %B %Y}. "
            "Ask an administrator to add it to the council's policy, then try again."
        ) from refusal
    return worked


def may_assess(user: User, person: Person) -> bool:
    """Tell whether the user may write down what this person can pay: their lead, or a finance officer there."""
    return leads(user, person) or user.has_role(RoleKind.FINANCE_OFFICER, council_id=person.council_id)


def _check_who(person: Person, by: User) -> None:
    if not may_assess(by, person):
        raise UnableToAssess(
            "Only this person's social worker, or a finance officer of their council, can write this down."
        )


def _check_facts(person: Person, facts: Facts) -> None:
    if person.died_date is not None and person.died_date <= facts.start_date:
        raise UnableToAssess(
            f"They died on {person.died_date:%-d %B %Y}. Nothing can be worked out for a day after that."
        )
    if person.moved_date is not None and person.moved_date <= facts.start_date:
        raise UnableToAssess(
            f"They moved to another council on {person.moved_date:%-d %B %Y}. It works out what they pay from that day."
        )
    if facts.basis != Basis.FULL and not facts.reason.strip():
        raise UnableToAssess("Say why not all figures were asked for. The person reads it.")
    if facts.basis == Basis.LIGHT_TOUCH and (facts.weekly_pence or 0) < 0:
        raise UnableToAssess("What they pay cannot be below nothing. Put 0 if they pay nothing.")
    if facts.allowance == Allowance.PEA and facts.dre_pence > 0:
        raise UnableToAssess(
            "In a care home the home sees to the costs of a disability. Put 0 there, or choose “at home”."
        )


def _end_those_before(person: Person, start: date) -> None:
    """End what holds on that day, and what was worked out ahead for later days: that never begins."""
    standing = person.financial_assessments.select_for_update(no_key=True)
    for one in standing.filter(Q(end_date__isnull=True) | Q(end_date__gt=start)):
        one.end_date = max(start, one.start_date)
        one.save(update_fields=["end_date"])


def _write(
    person: Person,
    facts: Facts,
    found: Contribution,
    rates: RatesOn | None,
    *,
    ends_on: date | None,
    by: User,
) -> FinancialAssessment:
    return FinancialAssessment.objects.create(
        person=person,
        start_date=facts.start_date,
        end_date=ends_on,
        basis=facts.basis,
        allowance=facts.allowance,
        capital_pence=facts.capital_pence,
        income_pence=facts.income_pence,
        disregards_pence=facts.disregards_pence,
        dre_pence=facts.dre_pence,
        tariff_pence=found.tariff_pence,
        allowance_pence=rates.rates.allowance_pence if rates else 0,
        pays_in_full=found.pays_in_full,
        weekly_contribution_pence=found.weekly_pence,
        lines=lines_of(facts, found, rates),
        reason=facts.reason.strip(),
        assessed_by=by,
    )


def lines_of(facts: Facts, found: Contribution, rates: RatesOn | None) -> list[dict[str, Any]]:
    """Write the working down as it is shown: what they have, then each line that counts, each with its source."""
    if rates is None:
        return []
    read = dict(facts.sources)
    counted = [(line.step, line.pence) for line in found.lines if line.step != Step.CAPITAL]
    told = [
        {"step": step.value, "pence": pence, "source": read.get(step) or rates.sources.get(step, "")}
        for step, pence in [(Step.CAPITAL, facts.capital_pence), *counted]
    ]
    limit = rates.sources[Step.PAYS] if found.pays_in_full else ""
    return [*told, {"step": Step.PAYS.value, "pence": found.weekly_pence, "source": limit}]
