"""The bell: tells Celery that a job waits. If nobody hears it, the sweep rings again."""

from collections.abc import Iterable
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from jobs.models import Job

log = structlog.get_logger(__name__)


def ring_on_commit(job: Job) -> None:
    """Ring for one job as soon as what asked for it is safely written."""
    transaction.on_commit(partial(ring, [(str(job.pk), job.kind)]))


def ring(jobs: Iterable[tuple[str, str]]) -> int:
    """
    Ring for jobs, given as id and kind; gives how many rings went out.

    A broker that is down stops nobody: it is logged, and the sweep rings again once it is back.
    """
    rung = 0
    for job_id, kind in jobs:
        try:
            current_app.send_task(kind, [job_id], retry=False)
        except (OperationalError, OSError) as trouble:
            log.warning("bell_not_heard", kind=kind, job=job_id, trouble=type(trouble).__name__)
            return rung
        rung += 1
    return rung
