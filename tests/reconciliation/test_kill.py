"""A worker killed in the middle of a month end: nothing is lost, nothing is done twice."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from jobs.actions import sweep, work
from jobs.models import Job, JobState
from people.models import Council
from reconciliation.actions import ask_for_month_end, count, count_month
from reconciliation.models import MonthEnd, Statement
from tests.people.makers import make_council
from tests.plugin.bell import StartWorker
from tests.reconciliation.makers import JUNE, MAY, doubts, make_lively_pool
from tests.reconciliation.makers import count as count_here

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 45
WAITING_FOR_US = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%%reconciliation_statement%%'
"""


def wait_for(what: Callable[[], bool], worker: subprocess.Popen[bytes]) -> None:
    """Wait until something is so, as long as the worker lives."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert worker.poll() is None, "The worker ended by itself."
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.1)


def written(council: Council) -> Sequence[tuple[object, ...]]:
    """What the statements of a council say; members and services are named alike in both councils."""
    return list(
        Statement.objects.filter(cluster_month__month_end__council=council)
        .order_by("membership__ref", "stream")
        .values_list(
            "membership__ref", "stream", "opening_pence", "spent_pence", "closing_pence", "forecast_pence"
        )
    )


def make_busy_council() -> Council:
    """A council with four lively clusters, the same each time."""
    council = make_council()
    for seed in range(4):
        make_lively_pool(council=council, seed=seed)
    return council


def test_is_finished_by_the_next_worker_with_the_same_statements(
    start_worker: StartWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count, "CLUSTERS_IN_A_CHUNK", 1)
    quiet, struck = make_busy_council(), make_busy_council()
    count_here(quiet)
    month_end = ask_for_month_end(council=struck, start_date=MAY, on=JUNE, by="system:tests")
    job = month_end.job
    assert job is not None
    work(job.pk, count_month)  # the parts are asked for; a chunk is a single cluster

    with psycopg.connect(**connection.get_connection_params()) as gate:
        # Statements cannot be written while we hold this: the worker is stopped in the middle of a chunk.
        gate.execute("LOCK TABLE reconciliation_statement IN SHARE MODE")
        worker = start_worker()
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as watch:
            wait_for(lambda: watch.execute(WAITING_FOR_US).fetchone() != (0,), worker)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    job.refresh_from_db()
    assert (job.state, written(struck)) == (JobState.WAITING, [])
    assert job.parts.filter(attempts__gt=0).exists()

    worker = start_worker()
    sweep(at=timezone.now() + timedelta(seconds=31))  # beat does this every ten seconds
    wait_for(lambda: not Job.objects.unfinished().exists(), worker)
    assert written(struck) == written(quiet) != []
    finished = MonthEnd.objects.get(pk=month_end.pk)
    assert (doubts(finished), finished.run) == ([], 1)
    assert sorted(part.attempts for part in job.parts.all()) == [1, 1, 1, 2]
