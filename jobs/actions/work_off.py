"""Doing a job here and now, where no worker may be running."""

import time
from collections.abc import Callable

from celery import current_app

from jobs.models import Job
from jobs.queries import Progress, progress_of

LOOK_AGAIN_SECONDS = 0.2


def work_off(job: Job, *, on_progress: Callable[[Progress], None] | None = None) -> Job:
    """
    Do a job and its parts in this process until it is finished; gives it as it stands then, done or given up.

    Safe beside real workers: what one of them is at is left to it and waited for. `on_progress` is told after
    every piece. Only outside a transaction.
    """
    current_app.loader.import_default_modules()
    while True:
        job.refresh_from_db()
        if on_progress is not None:
            on_progress(progress_of(job))
        if job.is_finished:
            return job
        if not _do_next(job):
            time.sleep(LOOK_AGAIN_SECONDS)


def _do_next(job: Job) -> bool:
    """Do the first piece that nobody else is at; tells whether there was one."""
    parts = job.parts.unfinished().order_by("pk").values_list("pk", "kind")
    pieces = list(parts) or [(job.pk, job.kind)]
    for job_id, kind in pieces:
        current_app.tasks[kind](str(job_id))
        if not Job.objects.unfinished().filter(pk=job_id).exists():
            return True
        if job_id == job.pk and job.parts.unfinished().exists():
            return True
    return False
