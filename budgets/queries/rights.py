"""Who may work out what people pay, propose their budgets, and agree them."""

from budgets.models import BudgetStatement
from people.models import Person, RoleKind, User
from people.queries import leads
from plans.models import PlanState


def may_propose(user: User, person: Person) -> bool:
    """Tell whether the user may propose a budget for this person: their lead, or a team manager of their council."""
    return leads(user, person) or user.has_role(RoleKind.MANAGER, council_id=person.council_id)


def may_agree(user: User, statement: BudgetStatement) -> bool:
    """Tell whether the user may agree the budget of an agreed plan: who may propose it, or a finance officer there."""
    person = statement.plan.person
    return may_propose(user, person) or user.has_role(RoleKind.FINANCE_OFFICER, council_id=person.council_id)


def may_settle(user: User, statement: BudgetStatement) -> bool:
    """Tell who may try to agree it: of a plan that waits, those who propose it; its own rule says who agrees."""
    if statement.plan.state == PlanState.AGREED:
        return may_agree(user, statement)
    return may_propose(user, statement.plan.person)
