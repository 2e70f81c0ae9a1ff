"""What PostgreSQL holds of assessments and what they come to, whoever writes: raw SQL, past every action."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plans.models import IndicativeBudget
from tests.guards import SEALED, assert_refused, run_sql
from tests.plans.assessing import (
    answer,
    challenge_line,
    make_assessment,
    make_consent,
    make_indicative,
    make_led,
    options_of,
)

pytestmark = pytest.mark.django_db

COPY = """INSERT INTO plans_indicativebudget
    SELECT copied.* FROM plans_indicativebudget old, jsonb_populate_record(old, %s::jsonb) copied WHERE old.id = %s"""
NEW_ID = "00000000-0000-7000-8000-000000000001"


def assert_refused_in_the_end(statement: str, *values: Any, match: str) -> None:
    """PostgreSQL refuses it when the transaction ends."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        run_to_the_end(statement, *values)


def run_to_the_end(statement: str, *values: Any) -> None:
    """Run a statement, and what PostgreSQL checks at the end of a transaction."""
    run_sql(statement, *values)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def indicative() -> IndicativeBudget:
    """490 pounds a week: 30 are taken off for 10 hours that a carer consents to."""
    person = make_led(unpaid_hour_pence=3_00)
    return make_indicative(person=person, consents=[make_consent(person=person, hours=10)])


def test_takes_nothing_off_without_a_consent(indicative: IndicativeBudget) -> None:
    run_sql("UPDATE plans_indicativebudget SET is_current = false")
    assert_refused_in_the_end(
        COPY,
        f'{{"id": "{NEW_ID}", "number": 2, "is_current": true, "points": 0, "allocated_pence": 0, '
        '"unpaid_care_pence": 0, "weekly_pence": 0}',
        indicative.pk,
        match="without a carer's consent",
    )


def test_lets_no_consent_be_taken_back_while_it_is_counted(indicative: IndicativeBudget) -> None:
    assert_refused_in_the_end(
        "UPDATE people_carerconsent SET withdrawn_at = now(), withdrawn_by = 'me'",
        match="without a carer's consent",
    )


def test_counts_no_more_hours_than_were_consented_to(indicative: IndicativeBudget) -> None:
    run_sql("UPDATE plans_indicativebudget SET is_current = false")
    changed = (
        f'{{"id": "{NEW_ID}", "number": 2, "is_current": true, "unpaid_hours": 11, "points": 0, '
        '"allocated_pence": 0, "unpaid_care_pence": 0, "weekly_pence": 0}'
    )
    assert_refused_in_the_end(
        f"WITH made AS ({COPY} RETURNING id) INSERT INTO plans_unpaidcare (indicative_id, consent_id, hours_weekly) "
        "SELECT made.id, consent.id, 11 FROM made, people_carerconsent consent",
        changed,
        indicative.pk,
        match="without a carer's consent",
    )


def test_adds_up_line_by_line(indicative: IndicativeBudget) -> None:
    run_sql("UPDATE plans_indicativebudget SET is_current = false")
    assert_refused_in_the_end(
        COPY,
        f'{{"id": "{NEW_ID}", "number": 2, "unpaid_hours": 0, "unpaid_care_pence": 0, "weekly_pence": 52000}}',
        indicative.pk,
        match="do not add up",
    )
    assert_refused(
        COPY,
        f'{{"id": "{NEW_ID}", "number": 2, "weekly_pence": 1}}',
        indicative.pk,
        match="plans_indicative_adds_up",
    )


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE plans_indicativebudget SET moderation_reason = '{SEALED}'",
        "UPDATE plans_indicativeline SET weekly_pence = 0",
        "UPDATE plans_unpaidcare SET hours_weekly = 1",
        f"UPDATE plans_answer SET words = '{SEALED}'",
        "UPDATE plans_assessment SET state = 'open'",
        "UPDATE plans_assessment SET person_id = person_id, started_date = '2020-01-01'",
    ],
)
def test_stays_as_it_was_worked_out(indicative: IndicativeBudget, statement: str) -> None:
    assert_refused(statement)


def test_is_followed_and_never_taken_up_again(indicative: IndicativeBudget) -> None:
    run_sql("UPDATE plans_indicativebudget SET is_current = false")
    assert_refused("UPDATE plans_indicativebudget SET is_current = true", match="stays as it was")


def test_counts_an_answer_to_its_own_question(indicative: IndicativeBudget) -> None:
    line = indicative.lines.order_by("position")[0]
    other = options_of(indicative.assessment)[1][0]
    run_sql("UPDATE plans_indicativebudget SET is_current = false")
    assert_refused(
        f"WITH made AS ({COPY} RETURNING id) INSERT INTO plans_indicativeline "
        "(indicative_id, question_id, position, option_id, points, weekly_pence) "
        "SELECT made.id, %s, 1, %s, 0, 0 FROM made",
        f'{{"id": "{NEW_ID}", "number": 2}}',
        indicative.pk,
        line.question_id,
        other.pk,
        match="its own question",
    )


def test_answers_its_own_question() -> None:
    assessment = make_assessment(person=make_led())
    answer(assessment, 1, 1)
    first, second = options_of(assessment)
    assert_refused(
        "UPDATE plans_answer SET option_id = %s WHERE question_id = %s",
        second[0].pk,
        first[0].question_id,
        match="another question",
    )


def test_a_challenge_is_only_answered(indicative: IndicativeBudget) -> None:
    challenge_line(indicative)
    assert_refused("UPDATE plans_challenge SET due_date = '2030-01-01'", match="only answered")
    assert_refused("UPDATE plans_challenge SET answered_at = now()", match="answered_whole")


def test_an_assessment_stays_of_whom_it_is(indicative: IndicativeBudget) -> None:
    for column, value in (("person_id", make_led().pk), ("started_date", "2026-01-01")):
        assert_refused(f"UPDATE plans_assessment SET {column} = %s", value, match="stays of whom it is")
