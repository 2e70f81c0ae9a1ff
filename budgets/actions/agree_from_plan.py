"""Agreeing a budget together with its plan: the statement holds, and the money moves, all in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from budgets.actions.agree import BudgetPart, UnableToAgreeBudget, allocate, begin_budget
from budgets.actions.propose import terms_of, write_statement
from budgets.models import (
    Allocation,
    Budget,
    BudgetChange,
    BudgetStatement,
    Delivery,
    StatementPart,
    StatementState,
)
from budgets.queries import budget_on, left_pence
from budgets.queries.rights import may_agree, may_propose
from budgets.queries.statements import (
    WITH_PARTS,
    agreed_statements,
    financial_on,
    financial_within,
    weekly_by_stream,
)
from budgets.rules.weeks import FromDay, by_day_pence
from ledger.actions import AccountName, Draft, Move, open_accounts, post
from ledger.models import AccountKind
from ledger.pennies import in_pounds
from ledger.queries import open_from
from people.models import User
from plans.actions import UnableToPlan, agree_plan
from plans.models import PlanState
from plans.queries import cost_of

ONE_DAY = timedelta(days=1)


@transaction.atomic
def agree_from_plan(*, statement: BudgetStatement, by: User, at: datetime, reason: str = "") -> Budget:
    """
    Agree a proposed budget, and its plan where that is not agreed yet, and move the money: all of it or nothing.

    Where the person has a budget on its first day, that one is changed from then on, by day. Where the financial
    assessment is known to change later, the statement that holds from then on is agreed too. `reason`: where the plan
    waits for the panel, the reason of its minute.

    :raises UnableToAgreeBudget: figures changed since it was proposed, `by` may not agree it, the plan cannot be
        agreed, the dates overlap another budget, or more is to be taken out of a stream than is left in it.
    """
    statement = _locked(statement)
    _check_figures(statement)
    _agree_plan(statement, by, at, reason)
    standing = _standing(statement)
    budget = standing or begin_budget(
        person=statement.plan.person, start_date=statement.start_date, end_date=statement.end_date
    )
    before = agreed_statements(budget=budget)
    _settle(statement, budget, by, at)
    for following in _follow_ons(statement, by, at):
        _settle(following, budget, by, at)
    after = agreed_statements(budget=budget)
    if standing is None:
        allocate(budget=budget, parts=_first_parts(statement, after), by=by.label)
    else:
        _change(statement, before=before, after=after, by=by.label)
    return budget


@transaction.atomic
def take_back_proposal(*, statement: BudgetStatement, by: User) -> None:
    """
    Take a proposed budget back; nothing has moved.

    :raises UnableToAgreeBudget: it was settled already, or somebody else proposed it.
    """
    statement = _locked(statement)
    if not may_propose(by, statement.plan.person):
        raise UnableToAgreeBudget("Only this person's social worker or their team manager can take it back.")
    statement.state = StatementState.WITHDRAWN
    statement.save(update_fields=["state"])


def _locked(statement: BudgetStatement) -> BudgetStatement:
    """Give the proposal as it stands now; nobody else settles it until this transaction ends."""
    held = BudgetStatement.objects.select_related("plan__person__council", "financial").prefetch_related(
        WITH_PARTS
    )
    found = held.select_for_update(of=["self"], no_key=True).get(pk=statement.pk)
    if found.state != StatementState.PROPOSED:
        raise UnableToAgreeBudget(
            f"This budget is at “{found.get_state_display()}” now. Look at it again before you act."
        )
    return found


def _check_figures(statement: BudgetStatement) -> None:
    """Refuse to agree on what is no longer so: the plan's cost, or what the person pays."""
    cost = cost_of(plan=statement.plan)
    if cost != (statement.plan_weekly_pence, statement.plan_one_off_pence):
        raise UnableToAgreeBudget(
            f"The plan costs {in_pounds(cost.weekly_pence)} a week now. When this budget was made it was "
            f"{in_pounds(statement.plan_weekly_pence)}. Make the budget again, so that everybody agrees to the same."
        )
    if financial_on(person=statement.plan.person, on=statement.start_date) != statement.financial:
        raise UnableToAgreeBudget(
            "What the person pays was worked out anew since this budget was made. "
            "Make the budget again, so that everybody agrees to the same."
        )


def _agree_plan(statement: BudgetStatement, by: User, at: datetime, reason: str) -> None:
    """Agree the plan too where it waits; where it is agreed, hold that `by` may agree its budget."""
    plan = statement.plan
    if plan.state == PlanState.AGREED:
        if not may_agree(by, statement):
            raise UnableToAgreeBudget(
                "Only this person's social worker, their team manager or a finance officer can agree this budget."
            )
        return
    try:
        statement.plan = agree_plan(plan=plan, by=by, at=at, reason=reason)
    except UnableToPlan as refusal:
        raise UnableToAgreeBudget(str(refusal)) from refusal
    if statement.plan.state != PlanState.AGREED:
        raise UnableToAgreeBudget(
            f"The plan is at “{statement.plan.get_state_display()}” now. Its budget is agreed when it is."
        )


def _standing(statement: BudgetStatement) -> Budget | None:
    """Give the budget that covers its first day already, held until this transaction ends."""
    found = budget_on(person=statement.plan.person, on=statement.start_date)
    if found is None:
        return None
    held = Budget.objects.select_related("person__council").select_for_update(of=["self"], no_key=True)
    return held.get(pk=found.pk)


def _settle(statement: BudgetStatement, budget: Budget, by: User, at: datetime) -> None:
    statement.state, statement.budget = StatementState.AGREED, budget
    statement.agreed_at, statement.agreed_by = at, by
    statement.save(update_fields=["state", "budget", "agreed_at", "agreed_by"])


def _follow_ons(statement: BudgetStatement, by: User, at: datetime) -> Iterator[BudgetStatement]:
    """Write what holds from each later day on which what the person pays is known to change; one-off money is paid."""
    plan, terms = statement.plan, terms_of(statement)
    once = [replace(other, one_off_pence=0) for other in terms.others]
    changes = financial_within(person=plan.person, start=terms.start_date, end=terms.end_date)
    for financial in changes:
        later = replace(terms, start_date=financial.start_date, one_off_pence=0, others=once)
        yield write_statement(plan=plan, terms=later, financial=financial, by=by, at=at)


def _first_parts(statement: BudgetStatement, agreed: Sequence[BudgetStatement]) -> list[BudgetPart]:
    """Say what each stream puts into a new budget: each day of it at what stands on it, and what is paid once."""
    budget, once = agreed[0].budget, _once(statement)
    assert budget is not None  # every agreed statement has its own
    held = _held_by_stream(agreed)
    return [
        BudgetPart(
            stream=held[code].stream,
            annual_pence=_from_day(amounts, budget, budget.start_date) + once.get(code, 0),
            delivery=Delivery(held[code].delivery),
        )
        for code, amounts in weekly_by_stream(agreed).items()
    ]


def _change(
    statement: BudgetStatement,
    *,
    before: Sequence[BudgetStatement],
    after: Sequence[BudgetStatement],
    by: str,
) -> None:
    """Put into each stream, or take out of it, what its days from the statement's first on come to more or less."""
    budget, once, held = after[-1].budget, _once(statement), _held_by_stream(after)
    assert budget is not None
    now, was = weekly_by_stream(after), weekly_by_stream(before)
    parts = {part.stream.code: part for part in budget.allocations.select_related("stream__council")}
    for code in sorted({*now, *parts}):
        part = parts.get(code) or _new_part(budget, held[code])
        due = _from_day(now.get(code, []), budget, statement.start_date) + once.get(code, 0)
        stood = (
            _from_day(was.get(code, []), budget, statement.start_date)
            if before
            else _unspent_days(part, statement.start_date)
        )
        _move(part, statement, due - stood, by)
        if code in held:
            Allocation.objects.filter(pk=part.pk).update(delivery=held[code].delivery)


def _move(part: Allocation, statement: BudgetStatement, change_pence: int, by: str) -> None:
    """Move what changed between the council's funding and the budget, and write it down; nothing for no change."""
    if not change_pence:
        return
    _check_left(part, change_pence)
    council = statement.plan.person.council
    names = [
        AccountName(AccountKind.FUNDING, council.pk, part.stream.code),
        AccountName(AccountKind.BUDGET, part.budget_id, part.stream.code),
    ]
    ids = open_accounts(book_id=council.book_id, names=names)
    ways = names if change_pence > 0 else names[::-1]
    opens = open_from(book_id=council.book_id)
    is_late = opens is not None and statement.start_date < opens
    draft = Draft(
        key=f"allocate:{part.budget_id}:{part.stream.code}:{statement.pk}",
        kind="allocate",
        effective_date=opens if opens and is_late else statement.start_date,
        concerned_date=statement.start_date if is_late else None,
        reason=f"Budget changed: {part.stream.name}",
        moves=[Move(ids[ways[0]], ids[ways[1]], abs(change_pence))],
    )
    posted = post(book_id=council.book_id, draft=draft, by=by)
    BudgetChange.objects.create(
        allocation=part,
        statement=statement,
        change_pence=change_pence,
        effective_date=statement.start_date,
        entry_id=posted.entry_id,
    )
    part.annual_pence += change_pence
    part.save(update_fields=["annual_pence"])


def _check_left(part: Allocation, change_pence: int) -> None:
    """Refuse to take out more than is left: what is pledged or spent stays where it is."""
    left = left_pence(budget=part.budget, stream=part.stream)
    if -change_pence > left:
        raise UnableToAgreeBudget(
            f"{in_pounds(-change_pence)} would have to come out of the {part.stream.name}, and {in_pounds(left)} is "
            "left there: the rest is in a cluster’s pool, promised or spent. Nothing has changed. Ask the person "
            "whether they take some of it back from their cluster first, or let the new plan begin later."
        )


def _new_part(budget: Budget, held: StatementPart) -> Allocation:
    return Allocation.objects.create(
        budget=budget, stream=held.stream, annual_pence=0, delivery=held.delivery
    )


def _unspent_days(part: Allocation, start: date) -> int:
    """Give the part of a budget without statements that is for the days from one on: spread evenly, to the penny."""
    whole, gone = part.budget.end_date - part.budget.start_date, start - part.budget.start_date
    return part.annual_pence - part.annual_pence * gone.days // whole.days


def _from_day(amounts: Sequence[FromDay], budget: Budget, first: date) -> int:
    """Price the days of a budget from one on, each at what stands on it. Units: pence."""
    return by_day_pence(amounts, first=first, last=budget.end_date - ONE_DAY, week_from=budget.start_date)


def _once(statement: BudgetStatement) -> dict[str, int]:
    """Give what each stream puts in once, in pence by its code."""
    return {part.stream.code: part.one_off_pence for part in statement.parts.all()}


def _held_by_stream(agreed: Sequence[BudgetStatement]) -> dict[str, StatementPart]:
    """Give for each stream's code the last part that says how it is held."""
    return {part.stream.code: part for statement in agreed for part in statement.parts.all()}
