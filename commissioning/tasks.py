"""The tasks of commissioning: each has the name of its kind of job and is given the job."""

from celery import shared_task
from django.utils import timezone

from clusters.actions import UnableToUse
from clusters.models import Decision
from commissioning import actions
from jobs.actions import UnableToWork, work
from jobs.models import Job


@shared_task(name="commissioning.act_on_decision")
def act_on_decision(job_id: str) -> None:
    """Do what the members decided, where contracts and money are concerned."""
    work(job_id, _act)


def _act(job: Job) -> None:
    decision = Decision.objects.select_related("cluster__council", "asked_by", "winner").get(
        pk=job.payload["decision"]
    )
    try:
        actions.act_on_decision(decision=decision, at=timezone.now())
    except (UnableToUse, actions.UnableToEnd, actions.UnableToDraft) as refusal:
        raise UnableToWork(str(refusal)) from refusal
