"""A budget that changes within its year: by day, nothing lost, and never below what is pledged."""

from datetime import date, datetime, timedelta

import pytest

from budgets.actions import (
    OtherMoney,
    UnableToAgreeBudget,
    agree_from_plan,
)
from budgets.models import (
    Budget,
    BudgetChange,
)
from budgets.queries.statements import statement_on
from budgets.rules.weeks import span_pence
from ledger.actions import AccountName, Draft, Move, close_period, open_accounts, post
from ledger.models import AccountKind
from plans.models import PlanState
from reconciliation.queries.faults import faults
from tests.budgets.agreeing import MAY, allocated, make_pair, of_year
from tests.budgets.makers import (
    let_lead_agree,
    make_budget,
    make_financial,
    make_priced_plan,
    make_statement,
    make_stream,
)
from tests.people.makers import (
    YEAR_START,
    make_council,
    make_person,
    make_policy,
    make_social_worker,
)
from tests.plans.makers import AGREED_AT

pytestmark = pytest.mark.django_db


def test_what_is_known_to_change_is_agreed_too_and_no_penny_is_lost() -> None:
    """A rate that changes in the middle of a week: a day before it at the old, a day after at the new."""
    council = make_council()
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya)
    let_lead_agree(council)
    make_policy(council=council, code="mig_weekly_pence", value=170_30, effective_date=MAY)
    make_financial(person=person, by=priya)
    statement = make_statement(plan=make_priced_plan(person=person), by=priya)
    assert statement.budget is not None
    later = statement_on(person=person, on=MAY)
    assert later is not None
    assert (later.adult_weekly_pence, later.council_weekly_pence) == (57_71, 334_24)
    assert statement_on(person=person, on=date(2026, 5, 3)) == statement
    before = span_pence(67_71, first=YEAR_START, last=date(2026, 5, 3), week_from=YEAR_START)
    assert allocated(statement.budget)["own"] == before + of_year(57_71, MAY)


def test_a_new_plan_changes_the_budget_by_day_from_its_first() -> None:
    pair = make_pair()
    make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    higher = make_statement(
        plan=make_priced_plan(person=pair.person, weekly_pence=500_00), by=pair.priya, start_date=MAY
    )
    assert higher.budget is not None
    until = date(2026, 5, 3)
    old = span_pence(324_24, first=YEAR_START, last=until, week_from=YEAR_START)
    assert allocated(higher.budget) == {
        "council": old + of_year(500_00 - 67_71, MAY),
        "own": of_year(67_71),
    }
    lower = make_statement(
        plan=make_priced_plan(person=pair.person, weekly_pence=100_00),
        by=pair.priya,
        start_date=MAY,
        at=AGREED_AT + timedelta(days=1),
    )
    assert lower.budget == higher.budget
    assert allocated(higher.budget)["council"] == old + of_year(32_29, MAY)
    assert BudgetChange.objects.filter(statement=lower).get().change_pence < 0
    assert Budget.objects.count() == 1
    assert list(faults(council=pair.council)) == []


def test_a_change_brings_new_money_and_one_off_money_in() -> None:
    pair = make_pair()
    make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    nhs = OtherMoney(
        stream=make_stream(council=pair.council, code="health"), weekly_pence=50_00, one_off_pence=20_00
    )
    changed = make_statement(
        plan=make_priced_plan(person=pair.person),
        by=pair.priya,
        start_date=MAY,
        others=[nhs],
        one_off_pence=5_00,
    )
    assert changed.budget is not None
    assert allocated(changed.budget)["health"] == of_year(50_00, MAY) + 20_00
    assert (
        allocated(changed.budget)["council"]
        == of_year(324_24) - of_year(324_24, MAY) + of_year(274_24, MAY) + 5_00
    )
    assert list(faults(council=pair.council)) == []


def test_a_budget_without_statements_is_spread_evenly_to_be_changed() -> None:
    pair = make_pair()
    budget = make_budget(person=pair.person, pence={"council": 10_000_00, "health": 365_00})
    make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya, start_date=MAY)
    gone = (MAY - YEAR_START).days
    assert allocated(budget) == {
        "council": 10_000_00 * gone // 365 + of_year(324_24, MAY),
        "own": of_year(67_71, MAY),
        "health": gone * 1_00,
    }


def pledge(budget: Budget, pence: int) -> None:
    """Move so much of a budget's council money into a pool."""
    book, stream = budget.person.council.book_id, "council"
    source = AccountName(AccountKind.BUDGET, budget.pk, stream)
    target = AccountName(AccountKind.POOL_SHARE, budget.person_id, stream)
    ids = open_accounts(book_id=book, names=[source, target])
    move = Move(ids[source], ids[target], pence)
    draft = Draft(key="pledge:1", kind="pledge", effective_date=YEAR_START, reason="Pledged", moves=[move])
    post(book_id=book, draft=draft, by="user:1")


def test_refuses_to_take_out_what_is_pledged_and_says_what_to_do() -> None:
    pair = make_pair()
    first = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    assert first.budget is not None
    pledge(first.budget, of_year(324_24) - 100_00)
    plan = make_priced_plan(person=pair.person, weekly_pence=100_00)
    lower = make_statement(plan=plan, by=pair.priya, is_agreed=False, start_date=MAY)
    with pytest.raises(
        UnableToAgreeBudget, match=r"£100.00 is left there: .* promised or spent. Nothing has changed"
    ):
        agree_from_plan(statement=lower, by=pair.priya, at=AGREED_AT)
    plan.refresh_from_db()
    assert (plan.state, BudgetChange.objects.count()) == (PlanState.SUBMITTED, 0)
    assert allocated(first.budget)["council"] == 100_00


def test_dates_a_change_in_the_first_open_month_and_says_which_day_it_concerns() -> None:
    pair = make_pair()
    make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    close_period(
        book_id=pair.council.book_id,
        start=date(2026, 4, 1),
        end=date(2026, 6, 1),
        at=datetime.combine(date(2026, 6, 2), AGREED_AT.timetz()),
        by="system:tests",
    )
    changed = make_statement(
        plan=make_priced_plan(person=pair.person, weekly_pence=500_00), by=pair.priya, start_date=MAY
    )
    entry = BudgetChange.objects.get(statement=changed).entry
    assert (entry.effective_date, entry.concerned_date) == (date(2026, 6, 1), MAY)
