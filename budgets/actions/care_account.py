"""Metering care accounts: month by month, what counts towards a cap on care costs; nothing of it is ever taken away."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from budgets.models import CareAccountEntry, StatementState
from budgets.queries.care_account import budgets_of, counted_pence
from people.models import Council, Person
from people.queries import value_on

ONE_DAY = timedelta(days=1)
AT_ONCE = 500  # people in one go; the next go takes the next


def meter_council(*, council: Council, on: date, at: datetime, by: str) -> int:
    """Meter the care accounts of a council up to the end of last month, some people at once; gives how many."""
    through = on.replace(day=1) - ONE_DAY
    stated = Q(budgets__statements__state=StatementState.AGREED, budgets__start_date__lte=through)
    waiting = (
        Person.objects.filter(stated, council=council)
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
    budgets = [budget for budget in budgets_of(person=person) if budget.statements.all()]
    if not budgets:
        return []
    before = list(CareAccountEntry.objects.filter(person=person))
    begins = min(budget.start_date for budget in budgets)
    until = max((entry.last_date for entry in before), default=begins - ONE_DAY)
    spans = []
    if before:
        first = min(begins, *(entry.first_date for entry in before))
        now = counted_pence(budgets=budgets, first=first, last=until)
        spans.append((first, until, now - sum(entry.pence for entry in before), True))
    if until < through:
        first = until + ONE_DAY
        spans.append((first, through, counted_pence(budgets=budgets, first=first, last=through), False))
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
