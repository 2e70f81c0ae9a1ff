"""What PostgreSQL holds about a resource allocation system against everybody, psql included."""

import psycopg
import pytest
from django.db import IntegrityError, transaction

from plans.models import RasBand, RasMethod, RasOption, RasVersion
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import make_council
from tests.plans.asking import make_question, make_ras, make_ras_draft

pytestmark = pytest.mark.django_db

PUBLISH = (
    "UPDATE plans_rasversion SET state = 'published', effective_date = '2026-04-01', published_at = now(),"
    " published_by = 'user:1' WHERE id = %s"
)
RETIRE = (
    "UPDATE plans_rasversion SET state = 'retired', until_date = '2027-04-01', retired_at = now(),"
    " retired_by = 'user:1' WHERE id = %s"
)


@pytest.mark.parametrize(
    "change",
    [
        "title = 'else'",
        "notes = 'else'",
        "method = 'price_book'",
        "tolerance_percent = 20",
        "moderation_percent = 20",
        "unpaid_hour_pence = 1",
        "unpaid_most_percent = 1",
        "effective_date = '2026-05-01'",
        "published_at = now()",
        "published_by = 'else'",
        "number = 9",
        "made_by = 'else'",
        "state = 'draft', effective_date = NULL, published_at = NULL, published_by = ''",
    ],
)
def test_what_is_published_stays(change: str) -> None:
    version = make_ras(council=make_council())
    assert_refused(f"UPDATE plans_rasversion SET {change} WHERE id = %s", version.pk, match="stays as it is")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("plans_rasquestion", "words = 'else'"),
        ("plans_rasoption", "points = 1"),
        ("plans_rasband", "weekly_pence = weekly_pence + 1"),
        ("plans_priceitem", "unit_pence = 1"),
    ],
)
def test_so_does_all_it_is_made_of(table: str, change: str) -> None:
    make_ras(council=make_council())
    assert_refused(f"UPDATE {table} SET {change}", match="published, and stays")
    assert_refused(f"DELETE FROM {table}", match="published, and stays")


def test_nothing_is_added_to_it() -> None:
    version = make_ras(council=make_council())
    with pytest.raises(IntegrityError, match="published, and stays"), transaction.atomic():
        make_question(version=version)
    with pytest.raises(IntegrityError, match="published, and stays"), transaction.atomic():
        RasBand.objects.create(version=version, from_points=99, weekly_pence=1)
    question = version.questions.first()
    assert question is not None
    with pytest.raises(IntegrityError, match="published, and stays"), transaction.atomic():
        RasOption.objects.create(question=question, position=9, words="x", easy_words="x", points=1)


def test_a_part_does_not_move_from_a_published_version_to_a_draft() -> None:
    council = make_council()
    published, draft = make_ras(council=council), make_ras_draft(council=council)
    RasBand.objects.filter(version=draft).delete()
    assert_refused(
        "UPDATE plans_rasband SET version_id = %s WHERE version_id = %s",
        draft.pk,
        published.pk,
        match="published, and stays",
    )


def test_it_is_retired_once_and_for_good() -> None:
    version = make_ras(council=make_council())
    run_sql(RETIRE, version.pk)
    assert_refused(RETIRE, version.pk, match="stays as it is")


def test_a_version_begins_as_a_draft() -> None:
    version = make_ras(council=make_council())
    assert_refused(
        "INSERT INTO plans_rasversion SELECT copied.* FROM plans_rasversion old,"
        " jsonb_populate_record(old, jsonb_build_object('id', uuidv7(), 'number', 2, 'effective_date', '2027-01-01'))"
        " copied WHERE old.id = %s",
        version.pk,
        match="begins as a draft",
    )


def test_a_draft_keeps_its_number_and_its_kind() -> None:
    draft = make_ras_draft(council=make_council())
    for change in ("number = 5", "kind = 'carer'", "made_by = 'else'"):
        assert_refused(
            f"UPDATE plans_rasversion SET {change} WHERE id = %s", draft.pk, match="stays as it is"
        )


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE plans_rasband SET from_points = 1 WHERE from_points = 0",
        "UPDATE plans_rasband SET weekly_pence = 10000 WHERE from_points = 20",
        "UPDATE plans_rasband SET weekly_pence = 9999 WHERE from_points = 20",
        "DELETE FROM plans_rasoption WHERE position > 1",
        "DELETE FROM plans_rasoption; DELETE FROM plans_rasquestion",
        "UPDATE plans_rasversion SET method = 'price_book'",
    ],
)
def test_what_is_not_whole_is_not_published(spoilt: str) -> None:
    draft = make_ras_draft(council=make_council())
    run_sql(spoilt)
    assert_refused(PUBLISH, draft.pk, match="not whole yet")


@pytest.mark.parametrize("method", RasMethod.values)
def test_what_is_whole_is_published(method: RasMethod) -> None:
    draft = make_ras_draft(council=make_council(), method=method)
    run_sql(PUBLISH, draft.pk)
    assert RasVersion.objects.get(pk=draft.pk).state == "published"


def test_one_draft_of_a_kind_is_written_at_a_time() -> None:
    council = make_council()
    make_ras_draft(council=council)
    with pytest.raises(IntegrityError, match="written_one_at_a_time"), transaction.atomic():
        make_ras_draft(council=council)


def test_a_question_keeps_to_the_outcomes_and_prices_of_its_version() -> None:
    draft = make_ras_draft(council=make_council())
    other = make_ras_draft(council=make_council())
    price = other.prices.get()
    for change, *values in (("outcome = 'carer-home'",), ("price_id = %s", price.pk)):
        assert_refused(
            f"UPDATE plans_rasquestion SET {change} WHERE version_id = %s",
            *values,
            draft.pk,
            match="keeps to the outcomes and prices",
        )


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE plans_rasquestion SET outcome = 'carer-else'", "known_outcome|outcomes and prices"),
        ("UPDATE plans_rasquestion SET easy_words = ''", "asks_in_both_words"),
        ("UPDATE plans_rasoption SET easy_words = ''", "speaks_in_both_words"),
        ("UPDATE plans_rasoption SET points = 1001", "points_are_few"),
        ("UPDATE plans_rasversion SET tolerance_percent = 101", "parts_of_a_hundred"),
        ("UPDATE plans_rasversion SET effective_date = '2026-01-01'", "who_published_it"),
        ("UPDATE plans_priceitem SET unit_pence = 0", "costs_something"),
    ],
)
def test_what_makes_no_sense_is_refused(statement: str, rule: str) -> None:
    make_ras_draft(council=make_council())
    assert_refused(statement, match=rule)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_ever_taken_away(owner_connection: psycopg.Connection) -> None:
    make_ras(council=make_council())
    assert_kept(owner_connection, "plans_rasversion")
    for table in ("plans_rasquestion", "plans_rasoption", "plans_rasband", "plans_priceitem"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner_connection.execute(f"TRUNCATE {table} CASCADE")
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner_connection.execute(f"DELETE FROM {table}")
