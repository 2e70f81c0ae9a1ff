"""Metering care accounts: month by month, what counts towards a cap on care costs; nothing of it is ever taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from budgets.models import CareAccountBasis, CareAccountEntry, StatementState
from budgets.queries.care_account import amounts_of, basis_of, budgets_of, counted_pence
from people.models import Council, Person
from people.queries import value_on

ONE_DAY = timedelta(days=1)
AT_ONCE = 500  # people in one go; the next go takes the next


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What another council counted for some days (both included), in pence; a correction may be below zero."""

    first_date: date
    last_date: date
    pence: int
    is_correction: bool
    is_in_force: bool


def meter_council(*, council: Council, on: date, at: datetime, by: str) -> int:
    """
    Meter the care accounts of a council up to the end of last month, some people at once; gives how many.

    Who moves is metered up to their day when their pack is made, and by the other council from then on.
    """
    through = on.replace(day=1) - ONE_DAY
    begun = Q(budgets__start_date__lte=through)
    stated = begun & (
        Q(budgets__statements__state=StatementState.AGREED) | Q(care_account_basis__isnull=False)
    )
    waiting = (
        Person.objects.filter(stated, council=council, moved_date__isnull=True)
        .annotate(until=Max("care_account__last_date"))
        .filter(Q(until__isnull=True) | Q(until__lt=through))
    )
    people = list(waiting.select_related("council").order_by("pk")[:AT_ONCE])
    for person in people:
        meter(person=person, through=through, at=at, by=by)
    return len(people)


@transaction.atomic
def meter(*, person: Person, through: date, at: datetime, by: str) -> list[CareAccountEntry]:
    """
    Write down what counts for a person up to a day (included), and correct what was written when that changed since.

    Metering a day again writes nothing. Whether the cap is in force is what policy says for that day.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    basis = basis_of(person=person)
    budgets = [budget for budget in budgets_of(person=person) if amounts_of(budget, basis)]
    if not budgets:
        return []
    every = list(CareAccountEntry.objects.filter(person=person))
    before = [entry for entry in every if not entry.from_council]  # another council's stays as it came
    begins = min(budget.start_date for budget in budgets)
    until = max((entry.last_date for entry in every), default=begins - ONE_DAY)
    spans = []
    if before:
        first = min(begins, *(entry.first_date for entry in before))
        now = counted_pence(budgets=budgets, basis=basis, first=first, last=until)
        spans.append((first, until, now - sum(entry.pence for entry in before), True))
    if until < through:
        first = until + ONE_DAY
        counts = counted_pence(budgets=budgets, basis=basis, first=first, last=through)
        spans.append((first, through, counts, False))
    is_in_force = bool(value_on(council=person.council, code="cap_in_force", on=through))
    entries = [
        CareAccountEntry(
            person=person,
            first_date=first,
            last_date=last,
            pence=pence,
            is_correction=is_correction,
            is_in_force=is_in_force,
            made_at=at,
            made_by=by,
        )
        for first, last, pence, is_correction in spans
        if pence or not is_correction
    ]
    return CareAccountEntry.objects.bulk_create(entries)


@transaction.atomic
def bring_care_account(
    *,
    person: Person,
    counted: Sequence[Counted],
    weekly_pence: int,
    start_date: date,
    from_council: str,
    at: datetime,
    by: str,
) -> None:
    """
    Go on with the care account of somebody who moved here: what counted before stays, and the same counts each week.

    From `start_date` on `weekly_pence` counts, until a statement of this council's own says otherwise. Units: pence.
    """
    CareAccountEntry.objects.bulk_create(
        CareAccountEntry(
            person=person,
            first_date=one.first_date,
            last_date=one.last_date,
            pence=one.pence,
            is_correction=one.is_correction,
            is_in_force=one.is_in_force,
            from_council=from_council,
            made_at=at,
            made_by=by,
        )
        for one in counted
    )
    CareAccountBasis.objects.create(
        person=person,
        start_date=start_date,
        weekly_pence=weekly_pence,
        from_council=from_council,
        made_at=at,
        made_by=by,
    )
