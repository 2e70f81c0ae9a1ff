"""Direct payments: what is due to whom, what was paid, and when the next comes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import BigIntegerField, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from budgets.models import (
    PAID_DIRECTLY,
    Allocation,
    BudgetStatement,
    Instalment,
    InstalmentKind,
    PaymentArrangement,
    PaymentArrangementQuerySet,
    Rhythm,
    Spend,
    StatementPart,
    StatementState,
)
from budgets.queries.left import budget_account
from budgets.queries.statements import weekly_by_stream
from budgets.rules.direct import Span, even_pence, periods
from budgets.rules.weeks import by_day_pence, span_pence
from ledger.actions import AccountName
from ledger.models import AccountKind
from ledger.queries import balances_pence
from people.models import Person
from people.queries import waiting_for_safety

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=6)
STATEMENTS = Prefetch(
    "allocation__budget__statements",
    queryset=BudgetStatement.objects.filter(state=StatementState.AGREED)
    .order_by("agreed_at", "start_date", "pk")
    .prefetch_related(Prefetch("parts", queryset=StatementPart.objects.select_related("stream"))),
)
PAID = Prefetch("instalments", queryset=Instalment.objects.order_by("-first_date", "-paid_at"))


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is to be paid for some days, in pence: in its turn, or more for days that were paid before."""

    span: Span
    pence: int
    kind: InstalmentKind


@dataclass(frozen=True, kw_only=True)
class Standing:
    """
    How one arrangement stands on a day, in pence.

    `due`: what is to be paid by then; `next_due`: what comes after, and on its first day. `over_pence`: what paid days
    came to less since they were paid; it is only ever asked back with notice. `left_pence`: what the budget still has.
    `is_waiting`: nothing is paid for now, because whoever gets it in the person's place is not to have it.
    `held_pence`: what stands in the account of what the person was paid of this stream; `spent_pence`: all that they
    wrote down, of whichever stream.
    """

    arrangement: PaymentArrangement
    due: Sequence[Due]
    next_due: Due | None
    paid: Sequence[Instalment]
    over_pence: int
    weekly_pence: int
    left_pence: int
    paid_account: UUID
    held_pence: int
    spent_pence: int
    is_waiting: bool

    @property
    def due_pence(self) -> int:
        """All that is to be paid by now."""
        return sum(each.pence for each in self.due)

    @property
    def is_short(self) -> bool:
        """Whether the budget has less than is due: the rest is pledged, promised or spent."""
        return self.due_pence > self.left_pence


def arrangements_in(*, councils: Collection[UUID]) -> PaymentArrangementQuerySet:
    """Give every arrangement of some councils with what its payments are worked out from, by the person's reference."""
    found = PaymentArrangement.objects.filter(allocation__budget__person__council__in=councils)
    return _whole(found).order_by("allocation__budget__person__ref", "start_date", "pk")


def to_arrange(*, councils: Collection[UUID], on: date) -> QuerySet[Allocation]:
    """Give what is held as a direct payment on a day and not paid out by any arrangement yet."""
    held = Allocation.objects.filter(
        delivery__in=PAID_DIRECTLY,
        annual_pence__gt=0,
        budget__person__council__in=councils,
        budget__person__died_date__isnull=True,
        budget__end_date__gt=on,
        arrangements__isnull=True,
    )
    return held.select_related("budget__person", "stream").order_by("budget__person__ref", "stream__code")


def arrangements_for(*, person: Person) -> list[PaymentArrangement]:
    """Give a person's arrangements, the newest first."""
    found = PaymentArrangement.objects.filter(allocation__budget__person=person)
    return list(_whole(found).order_by("-start_date", "allocation__stream__code"))


def standings(*, arrangements: Collection[PaymentArrangement], on: date) -> list[Standing]:
    """Say how these arrangements stand on a day, in their order; two queries, however many they are."""
    whose = {one.allocation.budget.person_id for one in arrangements}
    waiting = waiting_for_safety(people=whose, on=on) if whose else set()
    accounts = {account for one in arrangements for account in (_account(one), _paid_account(one))}
    balances = balances_pence(account_ids=accounts) if accounts else {}
    return [
        _standing(one, on, balances, is_waiting=one.allocation.budget.person_id in waiting)
        for one in arrangements
    ]


def ends(arrangement: PaymentArrangement) -> date:
    """Give the day before which an arrangement pays: its own end, or its budget's."""
    until = arrangement.allocation.budget.end_date
    return min(arrangement.end_date, until) if arrangement.end_date else until


def due_pence(arrangement: PaymentArrangement, span: Span) -> int:
    """Price some days of an arrangement: each at what stands on it now; with them, what is paid once. Units: pence."""
    first, last = max(span.first, arrangement.start_date), min(span.last, ends(arrangement) - ONE_DAY)
    budget = arrangement.allocation.budget
    if arrangement.weekly_pence is not None:
        return span_pence(arrangement.weekly_pence, first=first, last=last, week_from=budget.start_date)
    code, statements = arrangement.allocation.stream.code, list(budget.statements.all())
    amounts = weekly_by_stream(statements).get(code, [])
    by_day = by_day_pence(amounts, first=first, last=last, week_from=budget.start_date)
    once = sum(
        part.one_off_pence
        for statement in statements
        for part in statement.parts.all()
        if part.stream.code == code and first <= statement.start_date <= last
    )
    return by_day + once + _before_statements(arrangement, Span(first=first, last=last), statements)


def paid_account(*, person: Person, stream_code: str) -> AccountName:
    """Name the account that holds what a person was paid of one stream."""
    return AccountName(AccountKind.DIRECT_PAYMENT, person.pk, stream_code)


def has_direct_payment(*, person: Person) -> bool:
    """Tell whether a person has, or had, a direct payment."""
    return PaymentArrangement.objects.filter(allocation__budget__person=person).exists()


def _whole(found: PaymentArrangementQuerySet) -> PaymentArrangementQuerySet:
    with_people = found.select_related(
        "allocation__stream",
        "allocation__budget__person__council",
        "allocation__budget__person__lead_professional",
    )
    changed = Sum("allocation__changes__change_pence", default=0)
    spends = Spend.objects.standing().filter(person=OuterRef("allocation__budget__person")).order_by()
    spent = spends.values("person").annotate(pence=Sum("amount_pence")).values("pence")
    return with_people.annotate(
        changed_pence=changed, spent_pence=Coalesce(Subquery(spent), 0, output_field=BigIntegerField())
    ).prefetch_related(STATEMENTS, PAID)


def _account(arrangement: PaymentArrangement) -> UUID:
    part = arrangement.allocation
    book = part.budget.person.council.book_id
    return budget_account(book_id=book, budget_id=part.budget_id, stream_code=part.stream.code)


def _paid_account(arrangement: PaymentArrangement) -> UUID:
    person = arrangement.allocation.budget.person
    name = paid_account(person=person, stream_code=arrangement.allocation.stream.code)
    return name.id_in(person.council.book_id)


def _standing(
    arrangement: PaymentArrangement, on: date, balances: Mapping[UUID, int], *, is_waiting: bool
) -> Standing:
    paid = list(arrangement.instalments.all())
    covered = {one.first_date for one in paid if one.kind == InstalmentKind.REGULAR}
    begun: list[Due] = []
    coming: list[Due] = []
    is_monthly = arrangement.rhythm == Rhythm.MONTHLY
    for span in periods(is_monthly=is_monthly, start=arrangement.start_date, until=ends(arrangement)):
        if span.first in covered:
            continue
        due = Due(span=span, pence=due_pence(arrangement, span), kind=InstalmentKind.REGULAR)
        if due.pence and span.first <= on:
            begun.append(due)
        elif due.pence:
            coming.append(due)
            break
    more = _more(arrangement, paid)
    adjustments = [more] if more and more.pence > 0 else []
    return Standing(
        arrangement=arrangement,
        due=[*adjustments, *begun],
        next_due=coming[0] if coming else None,
        paid=paid,
        over_pence=-more.pence if more and more.pence < 0 else 0,
        weekly_pence=due_pence_weekly(arrangement, on),
        left_pence=balances[_account(arrangement)],
        paid_account=_paid_account(arrangement),
        held_pence=balances[_paid_account(arrangement)],
        spent_pence=int(arrangement.spent_pence),  # type: ignore[attr-defined]  # `_whole` put it there
        is_waiting=is_waiting,
    )


def due_pence_weekly(arrangement: PaymentArrangement, on: date) -> int:
    """Give what an arrangement pays for the seven days from a day on; nothing once it has ended. Units: pence."""
    if arrangement.weekly_pence is not None:
        return arrangement.weekly_pence if on < ends(arrangement) else 0
    budget = arrangement.allocation.budget
    code, statements = arrangement.allocation.stream.code, list(budget.statements.all())
    week = Span(first=on, last=min(on + WEEK, ends(arrangement) - ONE_DAY))
    amounts = weekly_by_stream(statements).get(code, [])
    return by_day_pence(
        amounts, first=week.first, last=week.last, week_from=budget.start_date
    ) + _before_statements(arrangement, week, statements)


def _more(arrangement: PaymentArrangement, paid: Sequence[Instalment]) -> Due | None:
    """Say what the days that were paid come to more (or less) now than was paid for them."""
    regular = [one for one in paid if one.kind == InstalmentKind.REGULAR]
    if not regular:
        return None
    now = sum(due_pence(arrangement, Span(first=one.first_date, last=one.last_date)) for one in regular)
    span = Span(first=min(one.first_date for one in regular), last=max(one.last_date for one in regular))
    pence = now - sum(one.amount_pence for one in paid)
    return Due(span=span, pence=pence, kind=InstalmentKind.ADJUSTMENT)


def _before_statements(
    arrangement: PaymentArrangement, span: Span, statements: Sequence[BudgetStatement]
) -> int:
    """Price the days before a budget had a statement: what it had then, spread evenly over its days."""
    part, budget = arrangement.allocation, arrangement.allocation.budget
    begins = min((statement.start_date for statement in statements), default=budget.end_date)
    first_pence = part.annual_pence - arrangement.changed_pence  # type: ignore[attr-defined]  # `_whole` put it there
    if begins <= budget.start_date:
        return 0
    days = Span(first=span.first, last=min(span.last, begins - ONE_DAY))
    return even_pence(first_pence, span=days, start=budget.start_date, until=budget.end_date)
