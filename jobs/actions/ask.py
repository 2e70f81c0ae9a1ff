"""Asking for work: a row in the transaction of its cause."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jobs.actions.bell import ring_on_commit
from jobs.models import Job


@transaction.atomic
def ask_for(
    *,
    kind: str,
    key: str,
    asked_by: str,
    payload: dict[str, Any] | None = None,
    council_id: UUID | None = None,
    part_of: Job | None = None,
    total: int = 1,
    doing: str = "",
) -> Job:
    """
    Write down work to be done and ring for it once this transaction is safe.

    Asking again for the same work (kind and key) gives the row that is there as it was first written. `kind` is
    the name of the Celery task, `payload` what it needs to know, `doing` what the page says meanwhile.
    """
    Job.objects.bulk_create(
        [
            Job(
                kind=kind,
                key=key,
                asked_by=asked_by,
                payload=payload or {},
                council_id=council_id,
                part_of=part_of,
                total=total,
                doing=doing,
            )
        ],
        ignore_conflicts=True,
    )
    job = Job.objects.get(kind=kind, key=key)
    if not job.is_finished:
        ring_on_commit(job)
    return job
