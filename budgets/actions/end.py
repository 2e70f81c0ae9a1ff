"""Ending a budget before its time: what was for later days goes back to where it came from."""

from datetime import date

from django.db import transaction

from budgets.actions.agree import UnableToAgreeBudget
from budgets.models import Allocation, Budget, EndedPart
from budgets.queries import left_pence
from budgets.queries.statements import agreed_statements, weekly_by_stream
from budgets.rules.weeks import ONE_DAY, FromDay, by_day_pence
from ledger.actions import AccountName, Draft, Move, open_accounts, post
from ledger.models import AccountKind
from ledger.queries import open_from


@transaction.atomic
def end_budget(*, budget: Budget, end_date: date, by: str) -> int:
    """
    End a budget on a day, exclusive, and give back what each stream put in for the days from then on. Units: pence.

    No more goes back than is left: what is spent is spent. What is left beyond it stays for bills of earlier days.
    Gives what went back in all.

    :raises UnableToAgreeBudget: it has not begun by then, or has ended already.
    """
    held = Budget.objects.select_related("person__council").select_for_update(of=["self"], no_key=True)
    budget = held.get(pk=budget.pk)
    if not budget.start_date < end_date < budget.end_date:
        raise UnableToAgreeBudget(
            f"The budget runs from {budget.start_date:%-d %B %Y} to {budget.end_date - ONE_DAY:%-d %B %Y}. "
            "It can only end on a day between."
        )
    weekly = weekly_by_stream(agreed_statements(budget=budget))
    parts = budget.allocations.select_related("stream", "budget").order_by("stream__code")
    back = [_give_back(part, weekly, end_date, by) for part in parts]
    budget.end_date = end_date
    budget.save(update_fields=["end_date"])
    return sum(back)


def unspent_days_pence(part: Allocation, weekly: dict[str, list[FromDay]], start: date) -> int:
    """Give what a stream put in for a budget's days from one on: as statements price them, else spread evenly."""
    budget = part.budget
    if weekly:
        amounts = weekly.get(part.stream.code, [])
        return by_day_pence(amounts, first=start, last=budget.end_date - ONE_DAY, week_from=budget.start_date)
    whole, gone = budget.end_date - budget.start_date, start - budget.start_date
    return part.annual_pence - part.annual_pence * gone.days // whole.days


def _give_back(part: Allocation, weekly: dict[str, list[FromDay]], end_date: date, by: str) -> int:
    """Move what one stream put in for later days, as far as it is left, back to the council's funding."""
    due = unspent_days_pence(part, weekly, end_date)
    back = min(due, left_pence(budget=part.budget, stream=part.stream))
    if back <= 0:
        return 0
    council = part.budget.person.council
    names = [
        AccountName(AccountKind.BUDGET, part.budget_id, part.stream.code),
        AccountName(AccountKind.FUNDING, council.pk, part.stream.code),
    ]
    ids = open_accounts(book_id=council.book_id, names=names)
    opens = open_from(book_id=council.book_id)
    is_late = opens is not None and end_date < opens
    draft = Draft(
        key=f"allocate:{part.budget_id}:{part.stream.code}:ended",
        kind="allocate",
        effective_date=opens if opens and is_late else end_date,
        concerned_date=end_date if is_late else None,
        reason=f"Budget ended: {part.stream.name}",
        moves=[Move(ids[names[0]], ids[names[1]], back)],
    )
    posted = post(book_id=council.book_id, draft=draft, by=by)
    EndedPart.objects.create(
        allocation=part, returned_pence=back, effective_date=end_date, entry_id=posted.entry_id
    )
    Allocation.objects.filter(pk=part.pk).update(annual_pence=part.annual_pence - back)
    return back
