"""The tasks of commissioning: each has the name of its kind of job and is given the job."""

from celery import shared_task
from django.utils import timezone

from clusters.actions import UnableToChangeState, UnableToUse
from clusters.models import Decision, Membership
from commissioning import actions
from commissioning.actions.calls import settle_call
from commissioning.actions.calls.settle import BY as CALLS
from commissioning.actions.calls.settle import ask_to_settle_calls
from commissioning.actions.leave import UnableToLeave, settle_death
from commissioning.actions.settle import settle
from commissioning.actions.settle_due import BY, ask_to_settle, close_empty_clusters
from commissioning.models import Call
from jobs.actions import UnableToWork, work
from jobs.models import Job
from people.models import Person


@shared_task(name="commissioning.act_on_decision")
def act_on_decision(job_id: str) -> None:
    """Do what the members decided, where contracts and money are concerned."""
    work(job_id, _act)


@shared_task(name="commissioning.settle_leavers")
def settle_leavers() -> None:
    """Ask for what is due today of everybody who leaves. Beat rings for it; once a day is enough, more does no harm."""
    ask_to_settle(at=timezone.now())
    close_empty_clusters(at=timezone.now())


@shared_task(name="commissioning.settle_membership")
def settle_membership(job_id: str) -> None:
    """Settle with one member who leaves, as far as it is due today."""
    work(job_id, _settle)


@shared_task(name="commissioning.settle_death")
def settle_after_death(job_id: str) -> None:
    """End the memberships of somebody who has died, and bring their money home."""
    work(job_id, _settle_death)


@shared_task(name="commissioning.look_at_calls")
def look_at_calls() -> None:
    """Ask for the calls that go on by themselves: voted on without a choice, or past their days."""
    ask_to_settle_calls(at=timezone.now())


@shared_task(name="commissioning.settle_call")
def settle_one_call(job_id: str) -> None:
    """Bring one call on, as far as it is due."""
    work(job_id, _settle_call)


def _settle_call(job: Job) -> None:
    settle_call(call=Call.objects.get(pk=job.payload["call"]), by=CALLS, at=timezone.now())


def _act(job: Job) -> None:
    decision = Decision.objects.select_related("cluster__council", "asked_by", "winner").get(
        pk=job.payload["decision"]
    )
    try:
        actions.act_on_decision(decision=decision, at=timezone.now())
    except (
        UnableToUse,
        UnableToChangeState,
        UnableToLeave,
        actions.UnableToEnd,
        actions.UnableToDraft,
    ) as refusal:
        raise UnableToWork(str(refusal)) from refusal


def _settle(job: Job) -> None:
    settle(membership=Membership.objects.get(pk=job.payload["membership"]), by=BY, at=timezone.now())


def _settle_death(job: Job) -> None:
    settle_death(person=Person.objects.get(pk=job.payload["person"]), by=job.asked_by, at=timezone.now())
