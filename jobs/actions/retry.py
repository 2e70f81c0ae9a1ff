"""Trying again what was given up."""

from django.db import transaction
from django.db.models import Q

from jobs.actions.bell import ring_on_commit
from jobs.models import Job, JobState


class UnableToTryAgain(Exception):
    """The job was not given up: it is done, or still under way."""


@transaction.atomic
def try_again(*, job: Job) -> Job:
    """
    Put a job that was given up back among what is to be done, with those of its parts that were.

    What its parts have done stays done.

    :raises UnableToTryAgain: see the class.
    """
    given_up = Job.objects.select_for_update().filter(Q(pk=job.pk) | Q(part_of=job), state=JobState.FAILED)
    again = {row.pk: row for row in given_up}
    if job.pk not in again:
        raise UnableToTryAgain(
            "This is not stopped: it is done, or still under way. Look at it again in a moment."
        )
    Job.objects.filter(pk__in=again).update(state=JobState.WAITING, attempts=0, error="", finished_at=None)
    for row in again.values():
        ring_on_commit(row)
    return Job.objects.get(pk=job.pk)
