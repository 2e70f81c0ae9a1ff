"""Agreeing a budget with its plan: who pays what, held as chosen, and moved to the penny."""

from datetime import date
from typing import Any

import pytest

from budgets.actions import (
    OtherMoney,
    UnableToAgreeBudget,
    agree_from_plan,
    propose_budget,
    take_back_proposal,
)
from budgets.models import (
    Allowance,
    Basis,
    Budget,
    BudgetStatement,
    Chooser,
    Delivery,
    StatementState,
)
from budgets.queries.statements import proposal_of, statement_on
from ledger.models import Entry
from people.models import RoleKind
from plans.models import Need, PlanState
from reconciliation.queries.faults import faults
from tests.budgets.agreeing import MAY, allocated, funding, make_pair, of_year
from tests.budgets.makers import (
    make_financial,
    make_priced_plan,
    make_statement,
    make_stream,
    make_terms,
)
from tests.people.makers import (
    YEAR_START,
    make_council,
    make_social_worker,
    make_user_with_role,
)
from tests.plans.makers import AGREED_AT

pytestmark = pytest.mark.django_db


def test_agrees_plan_and_budget_and_moves_each_streams_money_to_the_penny() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    statement = make_statement(plan=plan, by=pair.priya)
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    assert (statement.cost_weekly_pence, statement.adult_weekly_pence, statement.council_weekly_pence) == (
        391_95,
        67_71,
        324_24,
    )
    budget = statement.budget
    assert budget is not None
    assert allocated(budget) == {"council": of_year(324_24), "own": of_year(67_71)}
    assert funding(pair.council, "own") == -of_year(67_71)
    assert sum(allocated(budget).values()) == of_year(324_24) + of_year(67_71)
    assert statement_on(person=pair.person, on=MAY) == statement
    assert list(faults(council=pair.council)) == []


def test_takes_other_money_off_before_sharing_the_cost() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person, weekly_pence=454_00)
    others = [
        OtherMoney(stream=make_stream(council=pair.council, code="health"), weekly_pence=100_00),
        OtherMoney(stream=make_stream(council=pair.council, code="top_up"), weekly_pence=30_00),
        OtherMoney(stream=make_stream(council=pair.council, code="dfg"), one_off_pence=5_000_00),
    ]
    statement = make_statement(plan=plan, by=pair.priya, others=others)
    assert (statement.plan_weekly_pence, statement.cost_weekly_pence) == (454_00, 324_00)
    assert statement.council_weekly_pence == 324_00 - 67_71
    assert statement.budget is not None
    assert allocated(statement.budget) == {
        "council": of_year(256_29),
        "own": of_year(67_71),
        "health": of_year(100_00),
        "top_up": of_year(30_00),
        "dfg": 5_000_00,
    }


def test_charges_no_more_than_the_cost() -> None:
    pair = make_pair()
    statement = make_statement(plan=make_priced_plan(person=pair.person, weekly_pence=40_00), by=pair.priya)
    assert (statement.adult_weekly_pence, statement.council_weekly_pence) == (40_00, 0)
    assert [part.stream.kind for part in statement.parts.all()] == ["own"]


def test_who_gives_no_figures_pays_all_of_it() -> None:
    pair = make_pair(basis=Basis.REFUSED, reason="Asked twice")
    statement = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    assert (statement.adult_weekly_pence, statement.council_weekly_pence) == (391_95, 0)


def test_shows_daily_living_costs_of_a_care_home_apart() -> None:
    pair = make_pair(allowance=Allowance.PEA, dre_pence=0)
    plan = make_priced_plan(person=pair.person, weekly_pence=700_00)
    assert make_statement(plan=plan, by=pair.priya).daily_living_weekly_pence == 200_00


def test_records_who_chose_how_it_is_held_and_who_holds_a_fund() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    with pytest.raises(UnableToAgreeBudget, match="who holds the individual service fund"):
        make_statement(plan=plan, by=pair.priya, delivery=Delivery.ISF, holder=" ")
    with pytest.raises(UnableToAgreeBudget, match="Say who chose for them"):
        make_statement(plan=plan, by=pair.priya, chosen_by=Chooser.HELPER)
    statement = make_statement(
        plan=plan,
        by=pair.priya,
        delivery=Delivery.ISF,
        holder="Kind Hands",
        chosen_by=Chooser.HELPER,
        chosen_words="Her sister, who has authority",
    )
    assert {part.holder for part in statement.parts.all()} == {"Kind Hands"}
    assert statement.budget is not None
    assert {part.delivery for part in statement.budget.allocations.all()} == {Delivery.ISF}


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"start_date": date(2026, 3, 1)}, "There is no financial assessment for 1 March 2026"),
        ({"end_date": YEAR_START}, "ends before it starts"),
    ],
)
def test_refuses_dates_that_do_not_hold_together(terms: dict[str, Any], why: str) -> None:
    pair = make_pair()
    with pytest.raises(UnableToAgreeBudget, match=why):
        make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya, **terms)


def test_refuses_other_money_that_does_not_hold_together() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    health, housing = (make_stream(council=pair.council, code=code) for code in ("health", "dfg"))
    for other, why in (
        (
            OtherMoney(stream=health, weekly_pence=391_96),
            "comes to £391.96 a week, and the plan costs £391.95",
        ),
        (OtherMoney(stream=health, weekly_pence=-1), "less than nothing"),
        (OtherMoney(stream=housing, weekly_pence=1), "is paid once"),
        (OtherMoney(stream=make_stream(council=pair.council)), "is worked out"),
        (OtherMoney(stream=make_stream(council=make_council(), code="nhs")), "belongs to another council"),
    ):
        with pytest.raises(UnableToAgreeBudget, match=why):
            propose_budget(plan=plan, terms=make_terms(others=[other]), by=pair.priya, at=AGREED_AT)
    assert not BudgetStatement.objects.exists()


def test_refuses_a_plan_that_costs_nothing_was_sent_back_or_is_old() -> None:
    pair = make_pair()
    for plan, why in (
        (make_priced_plan(person=pair.person, weekly_pence=0), "costs nothing"),
        (make_priced_plan(person=pair.person, state=PlanState.RETURNED), "was sent back"),
    ):
        with pytest.raises(UnableToAgreeBudget, match=why):
            make_statement(plan=plan, by=pair.priya)
    old = make_priced_plan(person=pair.person)
    make_priced_plan(person=pair.person, state=PlanState.AGREED)
    with pytest.raises(UnableToAgreeBudget, match="A newer version of this plan is agreed"):
        make_statement(plan=old, by=pair.priya)


def test_refuses_figures_that_changed_meanwhile_and_moves_nothing() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    statement = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    need = Need.objects.get(plan=plan, weekly_pence=391_95)
    need.unit_pence = need.weekly_pence = 400_00
    need.save(update_fields=["unit_pence", "weekly_pence"])
    with pytest.raises(UnableToAgreeBudget, match=r"costs £400.00 a week now.*it was £391.95"):
        agree_from_plan(statement=statement, by=pair.priya, at=AGREED_AT)
    statement = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    make_financial(person=pair.person, by=pair.priya, income_pence=360_00)
    with pytest.raises(UnableToAgreeBudget, match="was worked out anew"):
        agree_from_plan(statement=statement, by=pair.priya, at=AGREED_AT)
    plan.refresh_from_db()
    assert (plan.state, Entry.objects.count(), Budget.objects.count()) == (PlanState.SUBMITTED, 0, 0)


def test_a_proposal_is_replaced_by_the_next_and_settled_once() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    first = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    second = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    assert proposal_of(plan=plan) == second
    with pytest.raises(UnableToAgreeBudget, match="is at “Taken back” now"):
        agree_from_plan(statement=first, by=pair.priya, at=AGREED_AT)
    agree_from_plan(statement=second, by=pair.priya, at=AGREED_AT)
    with pytest.raises(UnableToAgreeBudget, match="is at “Agreed” now"):
        agree_from_plan(statement=second, by=pair.priya, at=AGREED_AT)
    with pytest.raises(UnableToAgreeBudget, match="is at “Agreed” now"):
        take_back_proposal(statement=second, by=pair.priya)


def test_a_proposal_is_taken_back_by_those_who_may_propose() -> None:
    pair = make_pair()
    statement = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya, is_agreed=False)
    quinn = make_social_worker(council=pair.council, name="Quinn Other")
    with pytest.raises(UnableToAgreeBudget, match="can take it back"):
        take_back_proposal(statement=statement, by=quinn)
    take_back_proposal(statement=statement, by=pair.priya)
    statement.refresh_from_db()
    assert statement.state == StatementState.WITHDRAWN


def test_only_those_who_may_propose_and_agree_it() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person)
    quinn = make_social_worker(council=pair.council, name="Quinn Other")
    farah = make_user_with_role(council=pair.council, kind=RoleKind.FINANCE_OFFICER)
    for other in (quinn, farah):
        with pytest.raises(UnableToAgreeBudget, match="can propose a budget"):
            make_statement(plan=plan, by=other)
    statement = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    with pytest.raises(UnableToAgreeBudget):  # the plan's own rule: it is not hers to agree
        agree_from_plan(statement=statement, by=quinn, at=AGREED_AT)
    agreed = make_priced_plan(person=pair.person, state=PlanState.AGREED)
    waiting = make_statement(plan=agreed, by=pair.priya, is_agreed=False)
    with pytest.raises(UnableToAgreeBudget, match="or a finance officer can agree"):
        agree_from_plan(statement=waiting, by=quinn, at=AGREED_AT)
    agree_from_plan(statement=waiting, by=farah, at=AGREED_AT)
