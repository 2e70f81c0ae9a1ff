"""Sealing everything anew with the newest key, as the owner of the tables."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from people.models import Notice
from plans.models import Plan, PlanState
from sealing.actions import UnableToReseal, reseal
from sealing.actions.reseal import sealed_columns
from sealing.models import SealedWords, our_keys
from sealing.rules import key_of
from tests.cast import make_cast
from tests.plans.makers import make_plan_file

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEW = "a new secret that is long enough to seal with"


def written(capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command, and give what it wrote."""
    call_command("reseal")
    return capsys.readouterr().out


def old_seals(superuser: psycopg.Connection, begins: str) -> int:
    """How many sealed columns of any row another key sealed."""
    count = 0
    for model, fields in sealed_columns():
        for field in fields:
            name = field.column
            starts = (
                f"left({name}, 12)"
                if isinstance(field, SealedWords)
                else f"encode(substr({name}, 1, 12), 'escape')"
            )
            kept = superuser.execute(
                f"SELECT count(*) FROM {model._meta.db_table} WHERE octet_length({name}) > 0 AND {starts} <> %s",
                [begins],
            ).fetchone()
            count += kept[0] if kept else 0
    return count


def test_seals_all_there_is_anew_what_is_frozen_too_and_goes_on_where_it_stopped(
    superuser_connection: psycopg.Connection, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    cast = make_cast()
    file = make_plan_file(plan=cast.plan)
    old = settings.SEALING_KEYS
    settings.SEALING_KEYS = [NEW, *old]
    begins = key_of(NEW).begins
    assert cast.plan.state == PlanState.AGREED
    assert old_seals(superuser_connection, begins) > 5
    said = written(capsys)
    assert "plans_plan: " in said
    assert old_seals(superuser_connection, begins) == 0
    settings.SEALING_KEYS = [NEW]
    assert Plan.objects.get(pk=cast.plan.pk).outcomes == cast.plan.outcomes
    assert bytes(type(file).objects.get(pk=file.pk).content) == b"%PDF-"
    assert all(notice.words for notice in Notice.objects.all())
    assert "; 0 rows were sealed anew." in written(capsys)
    with superuser_connection.transaction(), pytest.raises(psycopg.errors.RestrictViolation):
        superuser_connection.execute("UPDATE plans_plan SET outcomes = ''")  # the guards are awake again


def test_says_which_key_is_missing_and_changes_nothing(settings: Settings) -> None:
    plan = make_cast().plan
    lost = our_keys().newest.name
    settings.SEALING_KEYS = [NEW]
    with pytest.raises(CommandError, match=f"Sealed with key {lost}"):
        call_command("reseal")
    settings.SEALING_KEYS = []
    with pytest.raises(CommandError, match="SEALING_KEY is not set"):
        call_command("reseal")
    settings.SEALING_KEYS = ["", "only-for-tests-and-nothing-else-at-all"]
    assert Plan.objects.get(pk=plan.pk).outcomes


def test_is_for_the_owner_of_the_tables(settings: Settings) -> None:
    make_cast()
    settings.SEALING_KEYS = [NEW, *settings.SEALING_KEYS]
    with pytest.raises(UnableToReseal, match="DATABASE_OWNER_URL"):
        list(reseal(using="default"))
