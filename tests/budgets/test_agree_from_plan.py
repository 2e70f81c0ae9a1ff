"""Agreeing a budget with its plan: who pays what, held as chosen, moved to the penny; and changing it by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
    BudgetChange,
    BudgetStatement,
    Chooser,
    Delivery,
    StatementState,
)
from budgets.queries import left_by_stream
from budgets.queries.statements import proposal_of, statement_on
from budgets.rules.weeks import span_pence
from ledger.actions import AccountName, Draft, Move, close_period, open_accounts, post
from ledger.models import AccountKind, Entry
from ledger.queries import balance_pence
from people.models import Council, Person, RoleKind, User
from plans.models import Need, PlanState
from reconciliation.queries.faults import faults
from tests.budgets.makers import (
    make_budget,
    make_financial,
    make_policy,
    make_priced_plan,
    make_statement,
    make_stream,
    make_terms,
)
from tests.guards import assert_refused
from tests.people.makers import (
    YEAR_END,
    YEAR_START,
    make_council,
    make_person,
    make_social_worker,
    make_user_with_role,
)
from tests.plans.makers import AGREED_AT

pytestmark = pytest.mark.django_db
LAST = YEAR_END - timedelta(days=1)
MAY = date(2026, 5, 4)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Somebody and their social worker; what they pay is known."""

    council: Council
    person: Person
    priya: User


def make_pair(**facts: object) -> Pair:
    """Somebody who pays 67.71 a week, unless said otherwise, and Priya who leads their plan."""
    council = make_council()
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya)
    make_financial(person=person, by=priya, **facts)
    return Pair(council=council, person=person, priya=priya)


def allocated(budget: Budget) -> dict[str, int]:
    """What each stream puts in, in pence; it is all left."""
    return {part.stream.code: part.left_pence for part in left_by_stream(budget=budget)}


def funding(council: Council, stream: str) -> int:
    return balance_pence(
        account_id=AccountName(AccountKind.FUNDING, council.pk, stream).id_in(council.book_id)
    )


def of_year(weekly_pence: int, first: date = YEAR_START) -> int:
    """What the council's year comes to at so much a week, from a day on."""
    return span_pence(weekly_pence, first=first, last=LAST, week_from=YEAR_START)


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


def test_what_is_known_to_change_is_agreed_too_and_no_penny_is_lost() -> None:
    """A rate that changes in the middle of a week: a day before it at the old, a day after at the new."""
    council = make_council()
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya)
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


STATEMENT = "UPDATE budgets_budgetstatement SET {} WHERE id = %s"


def test_postgresql_keeps_statements_as_they_were_agreed() -> None:
    pair = make_pair()
    agreed = make_statement(plan=make_priced_plan(person=pair.person), by=pair.priya)
    for wrong in (
        "state = 'withdrawn'",
        "chosen_words = 'Other'",
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
