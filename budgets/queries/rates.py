"""Which rates hold for somebody's contribution on a day, with their sources, and on which days they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from budgets.models import Allowance
from budgets.rules.changes import Ages, days_of_change, guarantee_code
from budgets.rules.contribution import Rates, Step
from people.models import Person, PolicyValue
from people.queries import policies_on
from people.rules.policy import words_of_policy

UPPER, LOWER = "upper_capital_limit_pence", "lower_capital_limit_pence"
TARIFF_STEP, TARIFF = "tariff_step_pence", "tariff_weekly_pence"
MIG, PEA = "mig_weekly_pence", "pea_weekly_pence"
# By age, where a council has recorded them; else what holds for a grown adult holds for everybody.
BY_AGE = ("mig_under_25_weekly_pence", "mig_pension_age_weekly_pence")
ADULT_FROM, PENSION_FROM = "mig_adult_from_years", "mig_pension_from_years"
ALL = (UPPER, LOWER, TARIFF_STEP, TARIFF, MIG, PEA, *BY_AGE, ADULT_FROM, PENSION_FROM)
NOBODY_IS_SO_OLD = 200


class RateNotRecorded(Exception):
    """A rate is not recorded for a day: nothing can be worked out for it. `name` says which."""

    def __init__(self, code: str, on: date) -> None:
        self.name, self.on = words_of_policy(code), on
        super().__init__(f"{self.name} on {on}")


@dataclass(frozen=True, kw_only=True)
class RatesOn:
    """The rates of one day, and where each line that rests on one was read."""

    rates: Rates
    sources: Mapping[Step, str]


def rates_on(*, person: Person, allowance: Allowance, on: date) -> RatesOn:
    """
    Give the rates that hold for a person on a day; one query.

    :raises RateNotRecorded: one of them is recorded neither by their council nor for everybody.
    """
    values = policies_on(council=person.council, codes=ALL, on=on)
    keeps = PEA if allowance == Allowance.PEA else _guarantee(person, values, on)
    for code in (UPPER, LOWER, TARIFF_STEP, TARIFF, keeps):
        if code not in values:
            raise RateNotRecorded(code, on)
    return RatesOn(
        rates=Rates(
            upper_capital_pence=values[UPPER].value,
            lower_capital_pence=values[LOWER].value,
            tariff_step_pence=values[TARIFF_STEP].value,
            tariff_pence=values[TARIFF].value,
            allowance_pence=values[keeps].value,
        ),
        sources={
            Step.TARIFF: values[TARIFF].source,
            Step.ALLOWANCE: values[keeps].source,
            Step.PAYS: values[UPPER].source,
        },
    )


def days_rates_change(*, person: Person, start: date, until: date) -> list[date]:
    """Give the days from `start` up to `until` on which rates may change for a person; `start` comes first."""
    theirs = Q(council=person.council) | Q(council__isnull=True)
    found = PolicyValue.objects.filter(theirs, code__in=ALL).values_list("effective_date", "until_date")
    values = policies_on(council=person.council, codes=(ADULT_FROM, PENSION_FROM), on=start)
    return days_of_change(
        start=start,
        until=until,
        birth_date=person.birth_date,
        ages=_ages(values),
        policy_days=[day for days in found for day in days if day is not None],
    )


def _guarantee(person: Person, values: Mapping[str, PolicyValue], on: date) -> str:
    code = guarantee_code(person.birth_date, ages=_ages(values), on=on)
    return code if code in values else MIG


def _ages(values: Mapping[str, PolicyValue]) -> Ages:
    """Give the ages at which the guarantee changes; where none is recorded, it is one for everybody."""
    adult, pension = values.get(ADULT_FROM), values.get(PENSION_FROM)
    return Ages(
        adult_years=adult.value if adult else 0,
        pension_years=pension.value if pension else NOBODY_IS_SO_OLD,
    )
