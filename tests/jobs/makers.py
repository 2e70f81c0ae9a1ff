"""Work to try things on."""

from typing import Any
from uuid import uuid4

from celery import shared_task

from jobs.actions import ask_for, work
from jobs.models import Job

COUNT = "tests.jobs.count"
WHOLE = "tests.jobs.whole"


def make_job(*, kind: str = COUNT, key: str | None = None, asked_by: str = "user:1", **more: Any) -> Job:
    """A job that is asked for; by default it counts to one."""
    return ask_for(kind=kind, key=key or str(uuid4()), asked_by=asked_by, **more)


@shared_task(name=COUNT)
def count(job_id: str) -> None:
    """Count to one."""
    work(job_id, lambda _: {"counted": 1})


@shared_task(name=WHOLE)
def whole(job_id: str) -> None:
    """Ask for as many parts as the payload says, and afterwards add up what they counted."""
    work(job_id, add_up)


def add_up(job: Job) -> dict[str, Any] | None:
    """Make the parts the first time, add up what they counted the second time."""
    if job.parts.exists():
        return {"sum": sum(part.result["counted"] for part in job.parts.all())}
    for number in range(job.payload["parts"]):
        make_job(key=f"{job.key}:{number}", part_of=job)
    return None
