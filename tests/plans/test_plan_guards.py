"""What PostgreSQL holds of plans, whatever goes round Django."""

import psycopg
import pytest

from plans.actions import agree_plan, give_plan
from plans.models import Plan, PlanState
from tests.guards import SEALED, assert_kept, assert_refused, run_sql
from tests.plans.makers import make_plan, make_plan_file
from tests.plans.planning import NOW, lead_of, make_handed_in, make_led, make_manager, make_written

pytestmark = pytest.mark.django_db


def make_agreed() -> Plan:
    plan = make_handed_in()
    return agree_plan(plan=plan, by=make_manager(plan), at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        f"outcomes = '{SEALED}'",
        f"contingency = '{SEALED}'",
        f"difference_reason = '{SEALED}'",
        "consent_words = ''",
        "agreed_at = now()",
        "version = 9",
        "indicative_weekly_pence = 1",
        f"return_reason = '{SEALED}'",
    ],
)
def test_keeps_an_agreed_plan_as_it_was_agreed(change: str) -> None:
    plan = make_agreed()
    assert_refused(f"UPDATE plans_plan SET {change} WHERE id = %s", plan.pk, match="Write the next version")


@pytest.mark.parametrize(
    "change", [f"words = '{SEALED}'", "weekly_pence = 0, unit_pence = 0", "taken_out_at = now()", "how = ''"]
)
def test_keeps_the_needs_of_an_agreed_plan_and_of_one_with_a_manager(change: str) -> None:
    for plan in (make_agreed(), make_handed_in()):
        assert_refused(
            f"UPDATE plans_need SET {change} WHERE plan_id = %s", plan.pk, match="stay as they are"
        )


def test_never_comes_back_once_it_is_agreed() -> None:
    assert_refused(
        "UPDATE plans_plan SET state = 'returned', return_reason = '' WHERE id = %s",
        make_agreed().pk,
        match="from agreed to returned",
    )


def test_takes_no_new_need_into_an_agreed_plan() -> None:
    assert_refused(
        "INSERT INTO plans_need (plan_id, position, words, outcome, wanted, met_by, is_eligible, who, how,"
        " when_words, days, parts, kind, unit, units_weekly_hundredths, unit_pence, price_from, weekly_pence,"
        " one_off_pence) VALUES (%s, 9, '', '', '', 'self', true, '', '', '', '{}', '{}', '', '', 0, 0, '', 0, 0)",
        make_agreed().pk,
        match="stay as they are",
    )


def test_takes_no_need_out_of_a_draft_into_an_agreed_plan() -> None:
    agreed, draft = make_agreed(), make_written()
    assert_refused(
        "UPDATE plans_need SET plan_id = %s WHERE plan_id = %s", agreed.pk, draft.pk, match="stay as they"
    )


def test_keeps_what_a_manager_reads_while_they_read_it() -> None:
    plan = make_handed_in()
    assert_refused(
        f"UPDATE plans_plan SET outcomes = '{SEALED}' WHERE id = %s", plan.pk, match="stays as it is"
    )


def test_lets_the_review_day_move_and_says_once_when_it_was_given() -> None:
    plan = make_agreed()
    run_sql("UPDATE plans_plan SET review_due_date = '2027-01-01' WHERE id = %s", plan.pk)
    give_plan(plan=plan, by=lead_of(plan), at=NOW)
    assert_refused("UPDATE plans_plan SET given_at = now() WHERE id = %s", plan.pk, match="written once")
    assert_refused("UPDATE plans_plan SET given_at = NULL WHERE id = %s", plan.pk, match="written once")


@pytest.mark.parametrize("state", ["manager", "panel", "agreed", "returned"])
def test_goes_its_way_step_by_step(state: str) -> None:
    draft = make_written()
    assert_refused(
        f"UPDATE plans_plan SET state = %s, return_reason = '{SEALED}', agreed_at = now(), agreed_by_id = %s"
        " WHERE id = %s",
        state,
        lead_of(draft).pk,
        draft.pk,
        match=f"from draft to {state}",
    )


def test_is_given_only_once_it_is_agreed() -> None:
    plan = make_written()
    assert_refused(
        "UPDATE plans_plan SET given_at = now(), given_by_id = %s WHERE id = %s",
        lead_of(plan).pk,
        plan.pk,
        match="plans_plan_is_agreed_before_it_is_given",
    )


def test_costs_its_units_at_their_price() -> None:
    plan = make_written(weekly_pence=10_05)
    for change, name in (
        ("weekly_pence = 1006", "plans_need_costs_its_units_at_their_price"),
        ("unit_pence = -1, units_weekly_hundredths = 0, weekly_pence = 0", "costs_nothing_below_zero"),
        ("met_by = 'family'", "plans_need_is_paid_for_where_it_costs"),
        ("days = '{8}'", "plans_need_stands_in_a_week"),
        ("parts = '{noon}'", "plans_need_stands_in_a_week"),
    ):
        assert_refused(f"UPDATE plans_need SET {change} WHERE plan_id = %s", plan.pk, match=name)
    run_sql(
        "UPDATE plans_need SET units_weekly_hundredths = 150, weekly_pence = 1508 WHERE plan_id = %s", plan.pk
    )


def test_names_the_carer_of_a_carers_plan_and_of_no_other() -> None:
    plan = make_written()
    assert_refused("UPDATE plans_plan SET kind = 'carer' WHERE id = %s", plan.pk, match="names_the_carer")


@pytest.mark.django_db(transaction=True)
def test_keeps_every_step_and_its_reason(owner_connection: psycopg.Connection) -> None:
    make_agreed()
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE plans_planstep SET reason = '{SEALED}'")
    for table in ("plans_planstep", "plans_plan", "plans_need"):
        assert_kept(owner_connection, table)


@pytest.mark.django_db(transaction=True)
def test_keeps_a_plan_that_was_taken_away(owner_connection: psycopg.Connection) -> None:
    plan = make_plan(person=make_led(), state=PlanState.AGREED)
    make_plan_file(plan=plan)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute("UPDATE plans_planfile SET name = 'y'")
    assert_kept(owner_connection, "plans_planfile")
