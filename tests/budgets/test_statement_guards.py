"""What PostgreSQL holds of statements and changes, whoever writes them."""

import pytest

from budgets.models import (
    Delivery,
)
from ledger.models import Entry
from plans.models import PlanState
from tests.budgets.agreeing import MAY, make_pair
from tests.budgets.makers import (
    make_budget,
    make_priced_plan,
    make_statement,
    make_stream,
)
from tests.guards import SEALED, assert_refused

pytestmark = pytest.mark.django_db


STATEMENT = "UPDATE budgets_budgetstatement SET {} WHERE id = %s"


def test_postgresql_keeps_statements_as_they_were_agreed() -> None:
    pair = make_pair()
    agreed = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    for wrong in (
        "state = 'withdrawn'",
        f"chosen_words = '{SEALED}'",
        "council_weekly_pence = 1, adult_weekly_pence = 39194",
    ):
        assert_refused(STATEMENT.format(wrong), agreed.pk, match="only agreed or taken back")
    assert_refused("UPDATE budgets_statementpart SET weekly_pence = 1", match="is kept")
    part = agreed.parts.all()[0]
    assert_refused(
        "INSERT INTO budgets_statementpart (statement_id, stream_id, weekly_pence, one_off_pence, delivery, holder)"
        " VALUES (%s, %s, 1, 0, 'mixed', '')",
        agreed.pk,
        part.stream_id,
        match="gets no further part",
    )


def test_postgresql_holds_what_a_proposal_says() -> None:
    pair = make_pair()
    waiting = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya, is_agreed=False)
    for wrong, rule in (
        ("state = 'agreed'", "is of an agreed plan"),
        ("start_date = '2026-05-01'", "only agreed or taken back"),
    ):
        assert_refused(STATEMENT.format(wrong), waiting.pk, match=rule)
    copy = """
    INSERT INTO budgets_budgetstatement (plan_id, financial_id, state, start_date, end_date, plan_weekly_pence,
        plan_one_off_pence, cost_weekly_pence, adult_weekly_pence, council_weekly_pence, daily_living_weekly_pence,
        chosen_by, chosen_date, chosen_words, proposed_by_id)
    SELECT plan_id, financial_id, '{state}', start_date, end_date, plan_weekly_pence, plan_one_off_pence,
        {cost}, adult_weekly_pence, council_weekly_pence, {living}, '{chooser}', chosen_date, '', proposed_by_id
    FROM budgets_budgetstatement WHERE id = %s
    """
    usual = {"state": "withdrawn", "cost": "cost_weekly_pence", "living": "0", "chooser": "person"}
    for changes, rule in (
        ({}, "begins as a proposal"),
        ({"state": "proposed"}, "budgets_statement_is_proposed_once"),
        ({"state": "proposed", "cost": "39194"}, "budgets_statement_cost_is_shared_out"),
        ({"state": "proposed", "living": "39196"}, "budgets_statement_daily_living_is_part_of_cost"),
        ({"state": "proposed", "chooser": "helper"}, "budgets_statement_says_why_another_chose"),
    ):
        assert_refused(copy.format(**{**usual, **changes}), waiting.pk, match=rule)


def test_postgresql_holds_that_a_statement_is_the_sum_of_its_parts() -> None:
    pair = make_pair()
    plan = make_priced_plan(person=pair.person, state=PlanState.AGREED)
    budget = make_budget(person=pair.person)
    waiting = make_statement(plan=plan, by=pair.priya, is_agreed=False)
    health = make_stream(council=pair.council, code="health")
    waiting.parts.create(stream=health, weekly_pence=1, delivery=Delivery.COUNCIL_MANAGED)
    assert_refused(
        STATEMENT.format(
            "state = 'agreed', budget_id = %s, agreed_at = now(), agreed_by_id = proposed_by_id"
        ),
        budget.pk,
        waiting.pk,
        match="do not come to what it says",
    )


def test_postgresql_holds_that_a_change_is_what_its_entry_moved() -> None:
    pair = make_pair()
    make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    changed = make_statement(
        plan=make_priced_plan(person=pair.person, weekly_pence=500_00), by=pair.priya, start_date=MAY
    )
    change = changed.changes.get()
    entry = Entry.objects.exclude(pk=change.entry_id).first()
    assert entry is not None
    assert_refused(
        "INSERT INTO budgets_budgetchange (allocation_id, statement_id, change_pence, effective_date, entry_id)"
        " SELECT a.id, %s, 5, '2026-05-04', %s FROM budgets_allocation a WHERE a.id <> %s",
        changed.pk,
        entry.pk,
        change.allocation_id,
        match="does not say what its entry moved",
    )
