"""What people pay, and what statements say of their budgets: on a day, for a plan, over a span."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from budgets.models import (
    Budget,
    BudgetStatement,
    BudgetStatementQuerySet,
    FinancialAssessment,
    StatementPart,
    StatementState,
)
from budgets.rules.weeks import FromDay
from people.models import Person
from plans.models import Plan

WITH_PARTS = Prefetch(
    "parts", queryset=StatementPart.objects.select_related("stream").order_by("stream__kind", "stream__code")
)


def financial_on(*, person: Person, on: date) -> FinancialAssessment | None:
    """Give the financial assessment that holds on a day; they never overlap."""
    begun = person.financial_assessments.that_count().filter(start_date__lte=on).order_by("-start_date")
    return begun.exclude(end_date__lte=on).first()


def financial_within(*, person: Person, start: date, end: date) -> list[FinancialAssessment]:
    """Give the financial assessments that begin after `start` and before `end`, in order."""
    found = person.financial_assessments.that_count().filter(start_date__gt=start, start_date__lt=end)
    return list(found.order_by("start_date"))


def is_stated(*, plan: Plan) -> bool:
    """Tell whether a budget was agreed for a plan."""
    return plan.budget_statements.filter(state=StatementState.AGREED).exists()


def proposal_of(*, plan: Plan) -> BudgetStatement | None:
    """Give the statement that is proposed for a plan and waits to be agreed."""
    return _whole().filter(plan=plan, state=StatementState.PROPOSED).first()


def agreed_statements(*, budget: Budget) -> list[BudgetStatement]:
    """Give what was agreed of a budget, in that order; on a day, the last counts that had begun by then."""
    found = _whole().filter(budget=budget, state=StatementState.AGREED)
    return list(found.order_by("agreed_at", "start_date", "pk"))


def statement_on(*, person: Person, on: date) -> BudgetStatement | None:
    """Give the agreed statement that counts for a person on a day."""
    return _whole().filter(pk__in=counting_on(person.pk, on).values("pk")[:1]).first()


def counting_on(person: UUID, on: date) -> BudgetStatementQuerySet:
    """Give the agreed statements of a person that have begun by a day, first of all the one that counts then."""
    found = BudgetStatement.objects.filter(
        plan__person=person,
        state=StatementState.AGREED,
        start_date__lte=on,
        budget__start_date__lte=on,
        budget__end_date__gt=on,
    )
    return found.order_by("-agreed_at", "-start_date", "-pk")


def weekly_by_stream(statements: Sequence[BudgetStatement]) -> dict[str, list[FromDay]]:
    """Say for each stream's code what it pays a week from which day on, as these statements say, in their order."""
    codes = {part.stream.code for statement in statements for part in statement.parts.all()}
    return {code: [_of(statement, code) for statement in statements] for code in sorted(codes)}


def _of(statement: BudgetStatement, code: str) -> FromDay:
    weekly = {part.stream.code: part.weekly_pence for part in statement.parts.all()}
    return FromDay(first=statement.start_date, weekly_pence=weekly.get(code, 0))


def _whole() -> BudgetStatementQuerySet:
    return BudgetStatement.objects.select_related(
        "plan__person__council", "plan__person__lead_professional", "financial", "budget", "agreed_by"
    ).prefetch_related(WITH_PARTS)


def latest_of(*, person: Person, on: date) -> BudgetStatement | None:
    """Give what to show of a person's budget on a day: what is agreed, else what begins later, or is proposed."""
    theirs = _whole().filter(plan__person=person).exclude(state=StatementState.WITHDRAWN)
    found = list(
        theirs.order_by("agreed_at", "start_date", "pk")
    )  # proposals, which have not been agreed, come last
    agreed = [one for one in found if one.state == StatementState.AGREED]
    standing = [one for one in agreed if one.start_date <= on < one.end_date]
    coming = [one for one in agreed if one.start_date > on]
    return next(iter([*standing[-1:], *coming[:1], *found[-1:]]), None)


def following(*, statement: BudgetStatement) -> list[BudgetStatement]:
    """Give the statements that were agreed together with one and hold from later days on, in order."""
    found = BudgetStatement.objects.filter(
        budget=statement.budget,
        agreed_at=statement.agreed_at,
        state=StatementState.AGREED,
        start_date__gt=statement.start_date,
    )
    return list(found.order_by("start_date"))
