"""Counting while invoices arrive: what comes in is counted in another round, or the certificate says it was not."""

import pytest

from jobs.actions import work, work_off
from jobs.models import Job
from reconciliation.actions import ask_for_month_end, count_chunk, count_month
from reconciliation.actions.count import MOST_ROUNDS
from reconciliation.models import MonthEnd, MonthEndState
from tests.reconciliation.makers import JUNE, MAY, Pool, bill, count, doubts, make_pool

pytestmark = pytest.mark.django_db


def begin(pool: Pool) -> tuple[MonthEnd, Job]:
    """Ask for May and have its parts laid out."""
    month_end = ask_for_month_end(council=pool.council, start_date=MAY, on=JUNE, by="system:tests")
    assert month_end.job is not None
    work(month_end.job.pk, count_month)
    return month_end, month_end.job


def do_parts(job: Job) -> None:
    """Count every chunk that was asked for."""
    for part in job.parts.unfinished():
        assert work(part.pk, count_chunk)


def test_counts_what_arrived_in_another_round() -> None:
    pool = make_pool()
    bill(pool)
    month_end, job = begin(pool)
    do_parts(job)
    bill(pool)
    work_off(job)
    month_end.refresh_from_db()
    assert sorted(part.payload["round"] for part in job.parts.all()) == [1, 2]
    assert (doubts(month_end), month_end.state) == ([], MonthEndState.CLEAN)
    assert month_end.cluster_months.get().billed_pence == 100_00


def test_says_so_when_it_never_comes_to_rest() -> None:
    pool = make_pool()
    month_end, job = begin(pool)
    for _ in range(MOST_ROUNDS):
        do_parts(job)
        bill(pool)
        work(job.pk, count_month)
    month_end.refresh_from_db()
    assert month_end.state == MonthEndState.UNCLEAR
    assert ("arrived", 0, 1) in doubts(month_end)
    assert count(pool.council).state == MonthEndState.CLEAN


def test_gives_the_count_that_is_under_way_when_asked_again() -> None:
    pool = make_pool()
    _, job = begin(pool)
    again = ask_for_month_end(council=pool.council, start_date=MAY, on=JUNE, by="user:1")
    assert (again.job, again.run) == (job, 1)


def test_counts_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reconciliation.actions.count.CLUSTERS_IN_A_CHUNK", 2)
    first = make_pool()
    for _ in range(4):
        bill(make_pool(council=first.council))
    month_end = count(first.council)
    assert month_end.job is not None
    assert month_end.job.parts.count() == 3
    assert doubts(month_end) == []
    assert month_end.cluster_months.count() == 5
