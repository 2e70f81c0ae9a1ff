"""Budgets for tests."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from budgets.actions import (
    BudgetPart,
    Facts,
    Terms,
    add_stream,
    agree_budget,
    agree_from_plan,
    assess_finances,
    propose_budget,
)
from budgets.actions.direct import arrange_payment
from budgets.models import (
    Allocation,
    Budget,
    BudgetStatement,
    Delivery,
    FinancialAssessment,
    FundingStream,
    PaymentArrangement,
    Rhythm,
)
from people.models import Council, Person, PolicyValue, User
from plans.models import MetBy, Need, Plan, PlanState
from tests.people.makers import YEAR_END, YEAR_START, make_person, make_policy
from tests.plans.makers import AGREED_AT, make_plan

STREAM_NAMES = {
    "council": "council money",
    "contribution": "own contribution",
    "health": "health money",
    "dfg": "housing grant",
    "top_up": "top-up",
}


def make_stream(*, council: Council, code: str = "council") -> FundingStream:
    """A source of money of this council; the one it has already, if it has."""
    return add_stream(council=council, code=code, name=STREAM_NAMES.get(code, f"{code} money"))


def make_budget(
    *,
    person: Person | None = None,
    pence: Mapping[str, int] | None = None,
    start_date: date = YEAR_START,
    end_date: date = YEAR_END,
) -> Budget:
    """A budget with so many pence from each stream; by default 10,000 pounds of council money for the year."""
    person = person or make_person()
    parts = [
        BudgetPart(stream=make_stream(council=person.council, code=code), annual_pence=amount)
        for code, amount in (pence or {"council": 10_000_00}).items()
    ]
    return agree_budget(
        person=person, start_date=start_date, end_date=end_date, parts=parts, by="system:tests"
    )


def make_priced_plan(
    *,
    person: Person,
    weekly_pence: int = 391_95,
    state: PlanState = PlanState.SUBMITTED,
    one_off_pence: int = 0,
) -> Plan:
    """
    A plan with one need that a paid service meets at so much a week, in the state asked for.

    Its council lets a lead professional agree alone whatever a plan costs.
    """
    plan = make_plan(person=person, state=state)
    let_lead_agree(person.council)
    price(plan, weekly_pence=weekly_pence, one_off_pence=one_off_pence)
    return plan


def price(plan: Plan, *, weekly_pence: int = 391_95, one_off_pence: int = 0) -> None:
    """A further need in a plan, which a paid service meets at so much a week."""
    Need.objects.create(
        plan=plan,
        words="Getting up and dressed",
        met_by=MetBy.SERVICE,
        units_weekly_hundredths=100,
        unit_pence=weekly_pence,
        weekly_pence=weekly_pence,
        one_off_pence=one_off_pence,
    )


def let_lead_agree(council: Council) -> None:
    """Whatever a plan costs, its lead professional may agree it alone; saying so again changes nothing."""
    code = "plan_lead_limit_weekly_pence"
    if not PolicyValue.objects.filter(council=council, code=code).exists():
        make_policy(council=council, code=code, value=100_000_00, effective_date=date(2020, 1, 1))


def make_financial(*, person: Person, by: User, **facts: Any) -> FinancialAssessment:
    """What somebody pays from the beginning of the year: 67.71 a week, as in the published example."""
    usual = {
        "start_date": YEAR_START,
        "income_pence": 352_26,
        "disregards_pence": 111_65,
        "dre_pence": 12_60,
        "sources": (("income", "Pension letter of 3 April"),),
    }
    return assess_finances(person=person, facts=Facts(**{**usual, **facts}), by=by)


def make_terms(**more: Any) -> Terms:
    """The council's year, everything held by the council, chosen by the person."""
    usual = {"start_date": YEAR_START, "end_date": YEAR_END, "chosen_date": YEAR_START}
    return Terms(**{**usual, **more})


def make_statement(
    *, plan: Plan, by: User, is_agreed: bool = True, at: datetime = AGREED_AT, **terms: Any
) -> BudgetStatement:
    """A statement of a plan's budget, agreed together with the plan unless it only waits."""
    statement = propose_budget(plan=plan, terms=make_terms(**terms), by=by, at=at)
    if is_agreed:
        agree_from_plan(statement=statement, by=by, at=at)
        statement.refresh_from_db()
    return statement


def make_proposal(*, plan: Plan, by: User, on: date, at: datetime) -> BudgetStatement:
    """What somebody pays from a day on, and a budget that is proposed for their plan and waits."""
    make_financial(person=plan.person, by=by, start_date=on)
    price(plan)
    return make_statement(plan=plan, by=by, is_agreed=False, start_date=on, at=at)


def make_arrangement(*, person: Person, by: User, **terms: Any) -> PaymentArrangement:
    """The council money of somebody's budget, paid to them every four weeks from its first day."""
    part = Allocation.objects.filter(budget__person=person, stream__code="council").latest(
        "budget__start_date"
    )
    if part.delivery != Delivery.MIXED:
        part.delivery = Delivery.DIRECT_PAYMENT
        part.save(update_fields=["delivery"])
    usual = {"rhythm": Rhythm.FOUR_WEEKS, "start_date": part.budget.start_date, "at": AGREED_AT}
    return arrange_payment(allocation=part, by=by, **{**usual, **terms})
