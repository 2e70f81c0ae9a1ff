"""Where the page of a plan leads on to: what is to be done for its budget next, by whoever reads it."""

from datetime import date

from django.urls import reverse

from budgets.models import BudgetStatement, StatementState
from budgets.queries.rights import may_propose, may_settle
from budgets.queries.statements import financial_on
from people.models import User
from plans.models import WAITING, Plan, PlanState
from plans.queries import Onward, cost_of


def onward_from(plan: Plan, user: User, on: date) -> Onward | None:
    """Give the next step towards a plan's budget; none where it needs none, or the reader has no part in it."""
    if plan.carer_id or plan.state not in (*WAITING, PlanState.AGREED) or not user.roles.all():
        return None
    standing = plan.budget_statements.exclude(state=StatementState.WITHDRAWN).order_by("-proposed_at")
    statement = standing.select_related("plan__person").first()
    if statement is not None:
        return _of(statement, user)
    person = plan.person
    if plan.state != PlanState.AGREED or not may_propose(user, person) or not any(cost_of(plan=plan)):
        return None
    if financial_on(person=person, on=on) is None:
        return Onward("Work out what they can pay", reverse("budgets:finances", args=[person.pk]))
    return Onward("Make the budget", reverse("budgets:make", args=[plan.pk]))


def _of(statement: BudgetStatement, user: User) -> Onward | None:
    if statement.state == StatementState.AGREED:
        return Onward(
            "How the budget is made up", reverse("budgets:statement", args=[statement.pk]), is_next=False
        )
    if not may_settle(user, statement):
        return None
    is_agreed = statement.plan.state == PlanState.AGREED
    words = "Check and agree the budget" if is_agreed else "Agree the plan together with its budget"
    return Onward(words, reverse("budgets:agree", args=[statement.pk]))
