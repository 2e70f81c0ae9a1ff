"""The open months are counted as money moves, and each night, so that the last count has little left to do."""

from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from invoices.actions import BATCH
from jobs.actions import ask_for, work_off
from jobs.models import Job, JobState
from people.models import Council
from reconciliation.actions import ask_for_months_with_news, ask_for_open_months, close_month, sign
from reconciliation.models import MonthEnd, MonthEndState
from reconciliation.queries.standing import has_news
from reconciliation.tasks import count_open_months, count_what_is_new
from tests.reconciliation.makers import APRIL, JUNE, MAY, bill, count, make_finance_officer, make_pool

pytestmark = pytest.mark.django_db


def count_each(on: date = JUNE) -> list[MonthEnd]:
    """Count what a night asks for, as the workers would."""
    asked = ask_for_open_months(on=on, by="system:nightly")
    for month_end in asked:
        assert month_end.job is not None
        work_off(month_end.job)
        month_end.refresh_from_db()
    return asked


def clusters_counted(month_end: MonthEnd) -> int:
    """How many clusters the latest count of a month worked out."""
    assert month_end.job is not None
    return sum(len(part.payload["clusters"]) for part in month_end.job.parts.all())


def test_counts_the_running_month_and_the_one_before_of_every_council() -> None:
    councils = [bill_something().code, bill_something().code]
    counted = [(m.council.code, m.start_date, m.state) for m in count_each()]
    clean = MonthEndState.CLEAN
    assert counted == [(code, start, clean) for code in sorted(councils) for start in (MAY, JUNE)]


def bill_something() -> Council:
    """A council where something was billed in May."""
    pool = make_pool()
    bill(pool)
    return pool.council


def test_works_out_only_what_is_new_since_the_night_before() -> None:
    first = make_pool()
    others = [make_pool(council=first.council) for _ in range(2)]
    for pool in (first, *others):
        bill(pool)
    [may, _] = count_each()
    assert clusters_counted(may) == 3
    bill(others[0])
    [may, _] = count_each()
    assert clusters_counted(may) == 1
    [may, _] = count_each()
    assert (clusters_counted(may), may.state) == (0, MonthEndState.CLEAN)


def test_counts_no_month_from_before_the_council_began() -> None:
    make_pool()
    assert [month_end.start_date for month_end in count_each(on=date(2026, 4, 20))] == [APRIL]


def test_leaves_alone_what_is_signed_or_closed() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    april = sign(month_end=count(pool.council, start_date=APRIL), by=officer, on=JUNE, at=timezone.now())
    assert [m.start_date for m in count_each(on=date(2026, 5, 2))] == [MAY]
    close_month(month_end=april, by=officer, at=timezone.now())
    assert [m.start_date for m in count_each(on=date(2026, 5, 3))] == [MAY]
    april.refresh_from_db()
    assert (april.state, april.run) == (MonthEndState.CLOSED, 1)


def test_is_rung_for_each_night() -> None:
    rung = [
        entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == count_open_months.name
    ]
    assert [(entry["schedule"].hour, entry["schedule"].minute) for entry in rung] == [({2}, {15})]
    make_pool()
    with time_machine.travel("2026-06-02 02:15 +0100"):
        count_open_months()
    assert sorted(MonthEnd.objects.values_list("start_date", flat=True)) == [MAY, JUNE]


def test_shares_a_nights_few_clusters_out_among_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconciliation.actions.count.FEWEST_IN_A_CHUNK", 1)
    first = make_pool()
    for _ in range(5):
        make_pool(council=first.council)
    [may, _] = count_each()
    assert may.job is not None
    assert sorted(len(part.payload["clusters"]) for part in may.job.parts.all()) == [2, 2, 2]


def asked_for_now() -> list[date]:
    """The months a quarter of an hour's look asks for; the workers count them."""
    asked = ask_for_months_with_news(on=JUNE, by="system:quarter-hourly")
    for month_end in asked:
        assert month_end.job is not None
        work_off(month_end.job)
    return [month_end.start_date for month_end in asked]


def test_counts_again_within_a_quarter_of_an_hour_where_money_moved_and_nowhere_else() -> None:
    pool, quiet = make_pool(), make_pool()
    bill(pool)
    assert asked_for_now() == [MAY, JUNE, MAY, JUNE]
    assert asked_for_now() == []
    bill(pool)
    with CaptureQueriesContext(connection) as asked:
        assert has_news(council=pool.council, on=JUNE)
        assert not has_news(council=quiet.council, on=JUNE)
    assert len(asked) == 4
    assert asked_for_now() == [MAY, JUNE]


def test_waits_while_a_batch_is_still_coming_in() -> None:
    pool = make_pool()
    bill(pool)
    coming = ask_for(kind=BATCH, key="june", council_id=pool.council.pk, asked_by="system:tests")
    assert asked_for_now() == []
    Job.objects.filter(pk=coming.pk).update(state=JobState.DONE, finished_at=timezone.now())
    assert asked_for_now() == [MAY, JUNE]


def test_is_looked_for_each_quarter_of_an_hour() -> None:
    [rung] = [e for e in settings.CELERY_BEAT_SCHEDULE.values() if e["task"] == count_what_is_new.name]
    assert rung["schedule"] == 900
    make_pool()
    with time_machine.travel("2026-06-02 10:15 +0100"):
        count_what_is_new()
    assert sorted(MonthEnd.objects.values_list("start_date", flat=True)) == [MAY, JUNE]
