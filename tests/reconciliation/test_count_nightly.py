"""The open months are counted each night, so that the last count of a month has little left to do."""

from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from jobs.actions import work_off
from people.models import Council
from reconciliation.actions import ask_for_open_months, close_month, sign
from reconciliation.models import MonthEnd, MonthEndState
from reconciliation.tasks import count_open_months
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
