"""Doing work: once, wholly, and marked done in the transaction of its effect."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from jobs.actions import UnableToWork, ask_for, work
from jobs.models import Job, JobState
from jobs.queries import progress_of
from jobs.rules import MOST_ATTEMPTS
from tests.jobs.makers import WHOLE, add_up, make_job


def go_wrong(job: Job) -> dict[str, Any]:
    """Write something and fall over."""
    ask_for(kind="tests.jobs.left", key="half done", asked_by="test")
    raise ZeroDivisionError(job.key)


def refuse(job: Job) -> dict[str, Any]:
    """Can never be done."""
    raise UnableToWork("April is closed.")


@pytest.mark.django_db
def test_marks_it_done_with_its_result() -> None:
    job = make_job(total=3)
    assert work(job.pk, lambda _: {"pages": 4})
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.attempts) == (JobState.DONE, {"pages": 4}, 3, 1)
    assert job.finished_at is not None


@pytest.mark.django_db
def test_does_it_once_however_often_it_is_rung() -> None:
    job, times = make_job(), list[int]()
    for _ in range(3):
        work(job.pk, lambda _: times.append(1))
    assert times == [1]


@pytest.mark.django_db
def test_keeps_nothing_of_what_went_wrong_and_waits_for_the_next_ring() -> None:
    job = make_job()
    assert not work(job.pk, go_wrong)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert "ZeroDivisionError" in job.error
    assert not Job.objects.filter(kind="tests.jobs.left").exists()
    assert work(job.pk, lambda _: None)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")


@pytest.mark.django_db
def test_gives_up_after_some_attempts_in_plain_words() -> None:
    job = make_job()
    for _ in range(MOST_ATTEMPTS + 2):
        work(job.pk, go_wrong)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, MOST_ATTEMPTS)
    assert "Nothing was half done" in job.error
    assert "ZeroDivision" not in job.error


@pytest.mark.django_db
def test_gives_up_work_that_kills_its_worker_each_time() -> None:
    job = make_job()
    Job.objects.update(attempts=MOST_ATTEMPTS)
    assert not work(job.pk, lambda _: None)
    job.refresh_from_db()
    assert job.state == JobState.FAILED


@pytest.mark.django_db
def test_does_not_try_again_what_can_never_be_done() -> None:
    job = make_job()
    work(job.pk, refuse)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "April is closed.", 1)


@pytest.mark.django_db(transaction=True)
def test_leaves_alone_what_somebody_else_is_at() -> None:
    job, times = make_job(), list[int]()
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT FROM jobs_job WHERE id = %s FOR UPDATE", [job.pk])
        assert not work(job.pk, lambda _: times.append(1))
    job.refresh_from_db()
    assert (times, job.attempts) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_reads_of_one_moment_when_asked_to() -> None:
    def arrive_meanwhile(job: Job) -> dict[str, Any]:
        before = Job.objects.count()
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("INSERT INTO jobs_job (kind, key, asked_by) VALUES ('late', 'late', 'test')")
        return {"before": before, "after": Job.objects.count()}

    calm, plain = make_job(), make_job()
    work(calm.pk, arrive_meanwhile, in_one_snapshot=True)
    calm.refresh_from_db()
    assert calm.result == {"before": 2, "after": 2}
    Job.objects.filter(kind="late").update(key="earlier")
    work(plain.pk, arrive_meanwhile)
    plain.refresh_from_db()
    assert plain.result == {"before": 3, "after": 4}


@pytest.mark.django_db
def test_waits_for_its_parts_and_goes_on_when_all_are_done() -> None:
    job = make_job(kind=WHOLE, payload={"parts": 3})
    assert not work(job.pk, add_up)
    parts = list(job.parts.all())
    for part in parts[:2]:
        work(part.pk, lambda _: {"counted": 2})
    assert not work(job.pk, add_up)
    job.refresh_from_db()
    assert progress_of(job)[:2] == (2, 4)
    work(parts[2].pk, lambda _: {"counted": 2})
    assert work(job.pk, add_up)
    job.refresh_from_db()
    assert job.result == {"sum": 6}
    assert progress_of(job).percent == 100


@pytest.mark.django_db
def test_stops_when_a_part_could_not_be_done_and_says_which_words_it_left() -> None:
    job = make_job(kind=WHOLE, payload={"parts": 2})
    work(job.pk, add_up)
    done, stopped = job.parts.all()
    work(done.pk, lambda _: {"counted": 1})
    work(stopped.pk, refuse)
    work(job.pk, add_up)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "1 of 2 parts of this could not be done. The first said: April is closed."
