"""Ringing again: for work whose ring was lost, or whose worker died."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from jobs.actions.bell import ring
from jobs.models import Job

MOST_AT_ONCE = 500


def sweep(*, at: datetime) -> int:
    """
    Ring for what is not done and has not been rung for lately; gives how many rings went out.

    Work that somebody is at is locked and left alone, and so is a whole whose parts are still to be done.
    """
    with transaction.atomic():
        waiting = list(
            Job.objects.unfinished()
            .filter(rung_at__lt=at - timedelta(seconds=settings.JOBS_RING_AGAIN_SECONDS))
            .exclude(Exists(Job.objects.unfinished().filter(part_of=OuterRef("pk"))))
            .select_for_update(skip_locked=True)
            .order_by("rung_at")[:MOST_AT_ONCE]
        )
        Job.objects.filter(pk__in=[job.pk for job in waiting]).update(rung_at=at)
    return ring((str(job.pk), job.kind) for job in waiting)
