"""Agreeing a person's budget: the council's money becomes theirs to plan with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from budgets.models import Allocation, Budget, Delivery, FundingStream, StreamKind
from budgets.rules.streams import kind_of_stream
from ledger.actions import AccountName, Draft, Move, open_accounts, post_many
from ledger.models import AccountKind
from ledger.queries import open_from
from people.models import Council, Person


class UnableToAgreeBudget(Exception):
    """The dates or the parts of a budget do not hold together."""


@dataclass(frozen=True, kw_only=True)
class BudgetPart:
    """What one funding stream puts into a budget for its whole span, in pence, and how that is held."""

    stream: FundingStream
    annual_pence: int
    delivery: Delivery = Delivery.COUNCIL_MANAGED


@transaction.atomic
def add_stream(*, council: Council, code: str, name: str, kind: StreamKind | None = None) -> FundingStream:
    """
    Name a source of money that budgets of this council are made of. Naming it again changes nothing.

    Without a `kind` it is of the one its code tells.
    """
    told = {"name": name, "kind": kind or kind_of_stream(code)}
    stream, _ = FundingStream.objects.get_or_create(council=council, code=code, defaults=told)
    return stream


@transaction.atomic
def agree_budget(
    *, person: Person, start_date: date, end_date: date, parts: Sequence[BudgetPart], by: str
) -> Budget:
    """
    Give a person a budget from one day up to another, and move each stream's money into it.

    Units: pence. Dates: `end_date` exclusive. The money counts from `start_date`, or, where the books are
    closed by then, from the first open day, and says which day it concerns.

    :raises UnableToAgreeBudget: the dates overlap another budget of theirs or end before they start, a stream
        is named twice or is another council's, or a part is below nothing.
    """
    _check_parts(person=person, parts=parts)
    budget = begin_budget(person=person, start_date=start_date, end_date=end_date)
    allocate(budget=budget, parts=parts, by=by)
    return budget


def begin_budget(*, person: Person, start_date: date, end_date: date) -> Budget:
    """
    Write down that a person has a budget from one day up to another; no money is in it yet.

    :raises UnableToAgreeBudget: the dates overlap another budget of theirs or end before they start, or they moved.
    """
    _check_dates(person=person, start_date=start_date, end_date=end_date)
    return Budget.objects.create(person=person, start_date=start_date, end_date=end_date)


def refuse_after_move(person: Person, start_date: date) -> None:
    """
    Hold that this council still looks after somebody on the first day of a budget.

    :raises UnableToAgreeBudget: another one does from that day, or from an earlier one.
    """
    if person.moved_date is not None and person.moved_date <= start_date:
        raise UnableToAgreeBudget(
            f"They moved to another council on {person.moved_date:%-d %B %Y}. It gives the budget from that day."
        )


def allocate(*, budget: Budget, parts: Sequence[BudgetPart], by: str) -> None:
    """Write down what each stream puts into a budget that has none yet, and move its money there."""
    for part in parts:
        Allocation.objects.create(
            budget=budget, stream=part.stream, annual_pence=part.annual_pence, delivery=part.delivery
        )
    _post(budget=budget, parts=parts, by=by)


def _check_parts(*, person: Person, parts: Sequence[BudgetPart]) -> None:
    if not parts:
        raise UnableToAgreeBudget("A budget needs at least one source of money. Add one.")
    if len({part.stream for part in parts}) < len(parts):
        raise UnableToAgreeBudget("A source of money is named twice. Put its two amounts together.")
    if any(part.stream.council_id != person.council_id for part in parts):
        raise UnableToAgreeBudget("A source of money belongs to another council. Choose one of your own.")
    if any(part.annual_pence < 0 for part in parts):
        raise UnableToAgreeBudget("A source of money cannot put in less than nothing. Check the amounts.")


def _check_dates(*, person: Person, start_date: date, end_date: date) -> None:
    if end_date <= start_date:
        raise UnableToAgreeBudget("The budget ends before it starts. Check the two dates.")
    refuse_after_move(person, start_date)
    other = person.budgets.filter(start_date__lt=end_date, end_date__gt=start_date).first()
    if other is not None:
        raise UnableToAgreeBudget(
            f"There is a budget from {other.start_date:%-d %B %Y} to {other.end_date:%-d %B %Y} already. "
            "Choose dates outside it."
        )


def _post(*, budget: Budget, parts: Sequence[BudgetPart], by: str) -> None:
    """Move each stream's money from the council's funding into the budget, one entry a stream."""
    council = budget.person.council
    opens = open_from(book_id=council.book_id)
    is_late = opens is not None and budget.start_date < opens
    sources = {part.stream: AccountName(AccountKind.FUNDING, council.pk, part.stream.code) for part in parts}
    targets = {part.stream: AccountName(AccountKind.BUDGET, budget.pk, part.stream.code) for part in parts}
    ids = open_accounts(book_id=council.book_id, names=[*sources.values(), *targets.values()])
    drafts = [
        Draft(
            key=f"allocate:{budget.pk}:{part.stream.code}",
            kind="allocate",
            effective_date=opens if opens and is_late else budget.start_date,
            concerned_date=budget.start_date if is_late else None,
            reason=f"Budget agreed: {part.stream.name}",
            moves=[Move(ids[sources[part.stream]], ids[targets[part.stream]], part.annual_pence)],
        )
        for part in parts
        if part.annual_pence
    ]
    post_many(book_id=council.book_id, drafts=drafts, by=by)
