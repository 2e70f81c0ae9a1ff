"""Sealed columns of a row: plain to whoever holds the row, unreadable to everybody else."""

import pickle
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import FieldError
from django.db import DataError, IntegrityError, connection, transaction
from pytest_django import Settings

from budgets.models import FinancialAssessment
from people.models import Notice, Person
from plans.models import Need, Plan
from sealing.models import new_id, opened
from sealing.rules import UnableToOpen
from tests.budgets.makers import make_financial
from tests.cast import make_cast
from tests.guards import run_sql
from tests.people.makers import make_person
from tests.plans.planning import make_need

pytestmark = pytest.mark.django_db
SAID = "I want to sing again"


def make_plan(*, outcomes: str) -> Plan:
    """A plan that somebody writes in."""
    return Plan.objects.create(person=make_person(), outcomes=outcomes)


def in_the_database(plan: Plan, column: str = "outcomes") -> str:
    """What PostgreSQL, and so a backup, has of a plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM plans_plan WHERE id = %s", [plan.pk])
        [kept] = cursor.fetchone()
    return str(kept)


@pytest.fixture
def plan() -> Plan:
    """A plan with words of its person's own."""
    return make_plan(outcomes=SAID)


def test_reads_like_any_other_words_and_stands_sealed(plan: Plan) -> None:
    assert Plan.objects.get(pk=plan.pk).outcomes == SAID
    assert "sing" not in in_the_database(plan)
    assert in_the_database(plan, "advice") == ""


def test_writes_what_stays_the_same_as_it_was_also_after_the_key_was_changed(
    plan: Plan, settings: Settings
) -> None:
    before = in_the_database(plan)
    settings.SEALING_KEYS = ["another key that is long enough too", *settings.SEALING_KEYS]
    for again in (Plan.objects.get(pk=plan.pk), Plan.objects.get(pk=plan.pk)):
        again.outcomes = str(again.outcomes)
        again.save()
        assert in_the_database(plan) == before
    again.outcomes = "I want to dance"
    again.save()
    assert in_the_database(plan)[:12] != before[:12]
    assert Plan.objects.get(pk=plan.pk).outcomes == "I want to dance"


def test_takes_words_along_into_another_row(plan: Plan) -> None:
    other = make_plan(outcomes=Plan.objects.get(pk=plan.pk).outcomes)
    assert Plan.objects.get(pk=other.pk).outcomes == SAID
    assert in_the_database(other) != in_the_database(plan)


def test_opens_nothing_that_was_moved_to_another_row_or_column(plan: Plan) -> None:
    other = make_plan(outcomes="Something else")
    run_sql(
        "UPDATE plans_plan SET outcomes = %s, advice = %s WHERE id = %s",
        *[in_the_database(plan)] * 2,
        other.pk,
    )
    found = Plan.objects.get(pk=other.pk)
    for name in ("outcomes", "advice"):
        with pytest.raises(UnableToOpen, match=f"plans_plan.{name} of row {other.pk} does not open"):
            getattr(found, name)


def test_says_that_a_key_is_missing_rather_than_anything_wrong(plan: Plan, settings: Settings) -> None:
    settings.SEALING_KEYS = ["another key that is long enough too"]
    with pytest.raises(UnableToOpen, match="neither SEALING_KEY nor among SEALING_KEY_FALLBACKS"):
        _ = Plan.objects.get(pk=plan.pk).outcomes


def test_lets_no_plain_word_in_by_psql_either(plan: Plan) -> None:
    with pytest.raises(IntegrityError, match="sealed_text"), transaction.atomic():
        run_sql("UPDATE plans_plan SET outcomes = 'I want to sing' WHERE id = %s", plan.pk)


def test_answers_whether_there_are_words_and_nothing_else(plan: Plan) -> None:
    make_plan(outcomes="")
    assert list(Plan.objects.exclude(outcomes="")) == [plan]
    with pytest.raises(TypeError, match="not looked for"):
        Plan.objects.filter(outcomes=SAID)
    with pytest.raises(FieldError, match="Unsupported lookup"):
        Plan.objects.filter(outcomes__icontains="sing")
    with pytest.raises(TypeError, match="written with its row"):
        Plan.objects.update(outcomes="All the same")


def test_gives_away_no_word_where_the_row_is_not_known(plan: Plan) -> None:
    [kept] = Plan.objects.values_list("outcomes", flat=True)
    assert repr(kept) == "<sealed>"
    with pytest.raises(UnableToOpen, match="Read it from its row"):
        str(kept)
    assert opened(in_the_database(plan), column="plans_plan.outcomes", row=plan.pk) == SAID


def test_comes_later_where_it_was_left_out_and_survives_being_packed(plan: Plan) -> None:
    late = Plan.objects.only("version").get(pk=plan.pk)
    assert late.outcomes == SAID
    assert pickle.loads(pickle.dumps(Plan.objects.get(pk=plan.pk))).outcomes == SAID  # noqa: S301 - our own
    plan.refresh_from_db()
    assert plan.outcomes == SAID


def test_seals_many_rows_at_once(plan: Plan) -> None:
    Need.objects.bulk_create(
        Need(plan=plan, words=words, met_by="self", how="" if words == "Two" else "Slowly")
        for words in ("One", "Two", "Three")
    )
    found = {need.words: need.how for need in plan.needs.all()}
    assert found == {"One": "Slowly", "Two": "", "Three": "Slowly"}


def test_seals_facts_by_their_names_and_sees_that_one_was_changed() -> None:
    cast = make_cast()
    found = make_financial(person=cast.ben, by=cast.priya)
    ended = FinancialAssessment.objects.get(pk=found.pk)
    assert ended.lines == found.lines
    ended.end_date = found.start_date + timedelta(days=30)
    ended.save()  # all that a trigger lets through: what else it says looks the same to PostgreSQL
    changed = FinancialAssessment.objects.get(pk=found.pk)
    changed.end_date = found.start_date + timedelta(days=20)
    changed.lines[0]["pence"] += 1
    with pytest.raises(IntegrityError, match="can only be ended"), transaction.atomic():
        changed.save()


def test_holds_how_long_words_may_be(plan: Plan) -> None:
    make_need(plan=plan, words="x" * 500)
    with pytest.raises(DataError, match="501 of 500"):
        make_need(plan=plan, words="x" * 501)


def test_makes_ids_that_come_one_after_the_other_as_postgresql_does() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert ids == sorted(set(ids))
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuid_extract_timestamp(%s) - now() < interval '1 minute'", [new_id()])
        assert cursor.fetchone() == (True,)


def test_belongs_to_rows_that_know_their_id_beforehand() -> None:
    assert isinstance(Notice().pk, type(uuid4()))
    assert not isinstance(Person().pk, type(uuid4()))
