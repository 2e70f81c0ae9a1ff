"""Doing a piece of work: once, wholly, and marked done in the transaction of its effect."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models.functions import Now

from jobs.actions.bell import ring
from jobs.models import Job, JobState
from jobs.rules import GIVEN_UP, PARTS_GIVEN_UP, is_given_up
from ledger.actions import with_retries

Effect = Callable[[Job], dict[str, Any] | None]

log = structlog.get_logger(__name__)


class UnableToWork(Exception):
    """The work can never be done, however often it is tried; the message is for the person who asked."""


def work(job_id: UUID | str, effect: Effect, *, in_one_snapshot: bool = False) -> bool:
    """
    Do a job, unless it is done, somebody else is at it, or it waits for its parts; tells whether it was done.

    The attempt is counted first, in a transaction of its own. Then one transaction locks the row, runs
    `effect` and marks the job done with what that returns; a worker that is killed leaves the row waiting and
    no lock. An effect may ask for parts (`ask_for(part_of=job)`): the job then waits, and its effect runs
    again when all of them are done. `in_one_snapshot`: everything the effect reads is of one moment.

    What goes wrong is recorded and tried again by the next ring; after some attempts the job is given up.
    """
    if not _begin(job_id):
        return False
    try:
        return _finish(job_id, effect, in_one_snapshot=in_one_snapshot)
    except UnableToWork as refusal:
        _give_up(job_id, str(refusal))
    except Exception as trouble:  # whatever it was, the job must say so and the worker must live
        log.exception("job_went_wrong", job=str(job_id))
        _put_back(job_id, trouble)
    return False


@transaction.atomic
def _begin(job_id: UUID | str) -> bool:
    job = Job.objects.unfinished().select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None:
        return False
    parts = list(job.parts.order_by("pk").values_list("state", "error"))
    errors = [error for state, error in parts if state == JobState.FAILED]
    if any(state == JobState.WAITING for state, _ in parts):
        return False
    if errors:
        _fail(job, PARTS_GIVEN_UP.format(count=len(errors), total=len(parts), words=errors[0]))
        return False
    if is_given_up(attempts=job.attempts):
        _fail(job, GIVEN_UP.format(attempts=job.attempts, ref=job.pk))
        return False
    job.attempts += 1
    job.started_at = job.started_at or Now()
    job.save(update_fields=["attempts", "started_at"])
    return True


@with_retries
def _finish(job_id: UUID | str, effect: Effect, *, in_one_snapshot: bool) -> bool:
    is_ours = not connection.in_atomic_block
    with transaction.atomic():
        if in_one_snapshot and is_ours:  # inside a larger transaction its own snapshot holds
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        job = Job.objects.unfinished().select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return False
        result = effect(job)
        if job.parts.unfinished().exists():
            Job.objects.filter(pk=job.pk).update(attempts=0)
            return False
        Job.objects.filter(pk=job.pk).update(
            state=JobState.DONE, done=job.total, result=result or {}, error="", finished_at=Now()
        )
        _ring_for_the_whole(job)
    return True


@transaction.atomic
def _put_back(job_id: UUID | str, trouble: Exception) -> None:
    job = Job.objects.unfinished().select_for_update().filter(pk=job_id).first()
    if job is None:
        return
    if is_given_up(attempts=job.attempts):
        _fail(job, GIVEN_UP.format(attempts=job.attempts, ref=job.pk))
        return
    job.error = f"Attempt {job.attempts} went wrong ({type(trouble).__name__}). It will be tried again."
    job.save(update_fields=["error"])


@transaction.atomic
def _give_up(job_id: UUID | str, words: str) -> None:
    job = Job.objects.unfinished().select_for_update().filter(pk=job_id).first()
    if job is not None:
        _fail(job, words)


def _fail(job: Job, words: str) -> None:
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error=words, finished_at=Now())
    _ring_for_the_whole(job)


def _ring_for_the_whole(job: Job) -> None:
    """Ring for the job this was the last unfinished part of, once it is safely so."""
    whole = job.part_of
    if whole is None:
        return

    def ring_if_last() -> None:
        if not whole.parts.unfinished().exists():
            ring([(str(whole.pk), whole.kind)])

    transaction.on_commit(ring_if_last)
