"""Care accounts: what counts on which days, and the statement of a person's years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Prefetch

from budgets.models import Budget, BudgetStatement, CareAccountBasis, CareAccountEntry, StatementState
from budgets.rules.care_account import counted_weekly_pence, weeks_to_cap
from budgets.rules.weeks import FromDay, by_day_pence
from people.models import Person
from people.queries import values_on

ONE_DAY = timedelta(days=1)
CODES = ("cap_in_force", "cap_care_costs_pence", "care_account_kept_years")
AGREED = Prefetch(
    "statements",
    queryset=BudgetStatement.objects.filter(state=StatementState.AGREED).order_by(
        "agreed_at", "start_date", "pk"
    ),
)


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year of the council's: its first day, and what counted in it, in pence; with it, all until its end."""

    start_date: date
    pence: int
    so_far_pence: int


@dataclass(frozen=True, kw_only=True)
class CareAccount:
    """
    A person's care account on a day: what counted, year by year, and the cap as policy has it, in pence.

    `weekly_pence` counts each week now; `weeks`: until the cap at that rate (none: nothing counts now). `brought_pence`
    of what counted came along from another council, the last of which is `brought_from`.
    """

    years: Sequence[Year]
    counted_pence: int
    metered_until: date | None
    weekly_pence: int
    cap_pence: int
    is_in_force: bool
    brought_pence: int
    brought_from: str
    weeks: int | None
    kept_years: int


def counted_pence(
    *, budgets: Sequence[Budget], basis: CareAccountBasis | None, first: date, last: date
) -> int:
    """Give what counts from one day to another, both included, as what these budgets rest on says now."""
    return sum(
        by_day_pence(
            amounts_of(budget, basis),
            first=max(first, budget.start_date),
            last=min(last, budget.end_date - ONE_DAY),
            week_from=budget.start_date,
        )
        for budget in budgets
    )


def budgets_of(*, person: Person) -> list[Budget]:
    """Give a person's budgets with their agreed statements, in order."""
    return list(person.budgets.order_by("start_date").prefetch_related(AGREED))


def care_account_of(*, person: Person, on: date) -> CareAccount:
    """
    Give a person's care account as it stands on a day.

    :raises UnableToKnowPolicy: nobody has said for that day what the cap is, or how long accounts are kept.
    """
    entries = list(CareAccountEntry.objects.filter(person=person).order_by("first_date", "made_at"))
    values = values_on(council=person.council, codes=CODES, on=on)
    counted = sum(entry.pence for entry in entries)
    brought = [entry for entry in entries if entry.from_council]
    weekly = weekly_on(person=person, on=on)
    cap = values["cap_care_costs_pence"]
    return CareAccount(
        years=_years(entries, begins=person.council.year_start_date),
        counted_pence=counted,
        metered_until=max((entry.last_date for entry in entries), default=None),
        weekly_pence=weekly,
        cap_pence=cap,
        is_in_force=bool(values["cap_in_force"]),
        brought_pence=sum(entry.pence for entry in brought),
        brought_from=brought[-1].from_council if brought else "",
        weeks=weeks_to_cap(cap_pence=cap, counted_pence=counted, weekly_pence=weekly),
        kept_years=values["care_account_kept_years"],
    )


def basis_of(*, person: Person) -> CareAccountBasis | None:
    """Give what counts each week as another council worked it out; none where nobody came along with that."""
    return CareAccountBasis.objects.filter(person=person).first()


def amounts_of(budget: Budget, basis: CareAccountBasis | None) -> list[FromDay]:
    """Give what counts each week of a budget from which day on: what came along, then what was agreed here."""
    came = [FromDay(first=basis.start_date, weekly_pence=basis.weekly_pence)] if basis else []
    return came + [
        FromDay(
            first=statement.start_date,
            weekly_pence=counted_weekly_pence(
                adult_weekly_pence=statement.adult_weekly_pence,
                daily_living_weekly_pence=statement.daily_living_weekly_pence,
            ),
        )
        for statement in budget.statements.all()
    ]


def weekly_on(*, person: Person, on: date) -> int:
    """Give what counts each week for a person on a day, in pence."""
    basis = basis_of(person=person)
    for budget in budgets_of(person=person):
        if budget.start_date <= on < budget.end_date:
            begun = [amount.weekly_pence for amount in amounts_of(budget, basis) if amount.first <= on]
            return begun[-1] if begun else 0
    return 0


def _years(entries: Sequence[CareAccountEntry], *, begins: date) -> list[Year]:
    years, so_far = [], 0
    for start, found in groupby(entries, key=lambda entry: _year_of(entry.first_date, begins)):
        pence = sum(entry.pence for entry in found)
        so_far += pence
        years.append(Year(start_date=start, pence=pence, so_far_pence=so_far))
    return years


def _year_of(day: date, begins: date) -> date:
    """Give the first day of the council's year in which a day lies."""
    start = date(day.year, begins.month, begins.day)
    return start if start <= day else date(day.year - 1, begins.month, begins.day)
