"""Working off: a job and its parts, here and now."""

import threading
import time

import psycopg
import pytest
from django.db import connection

from jobs.actions import try_again, work, work_off
from jobs.actions.retry import UnableToTryAgain
from jobs.models import Job, JobState
from jobs.queries import Progress
from tests.jobs.makers import WHOLE, make_job
from tests.jobs.test_work import refuse

pytestmark = pytest.mark.django_db(transaction=True)


def test_does_the_parts_and_then_the_whole() -> None:
    heard: list[Progress] = []
    job = work_off(make_job(kind=WHOLE, payload={"parts": 3}), on_progress=heard.append)
    assert (job.state, job.result) == (JobState.DONE, {"sum": 3})
    assert [progress.done for progress in heard] == [0, 0, 1, 2, 3, 3]


def test_waits_for_what_a_worker_is_at() -> None:
    job = make_job()

    def let_go_later() -> None:
        with psycopg.connect(**params) as other:
            other.execute("SELECT FROM jobs_job WHERE id = %s FOR UPDATE", [job.pk])
            held.set()
            time.sleep(0.3)

    params, held = connection.get_connection_params(), threading.Event()
    worker = threading.Thread(target=let_go_later)
    worker.start()
    held.wait(5)
    assert work_off(job).state == JobState.DONE
    worker.join()


def test_tries_again_what_was_given_up() -> None:
    job = make_job()
    work(job.pk, refuse)
    with pytest.raises(UnableToTryAgain):
        try_again(job=make_job())
    again = try_again(job=job)
    assert (again.state, again.attempts, again.error) == (JobState.WAITING, 0, "")
    assert work_off(again).state == JobState.DONE
    assert Job.objects.get(pk=job.pk).result == {"counted": 1}
