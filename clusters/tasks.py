"""The tasks of deciding together: each is named like its kind of job and given the job; beat rings for the look."""

from collections.abc import Iterable
from typing import Any

from celery import shared_task
from django.utils import timezone

from clusters import actions
from clusters.actions.decisions.close import REMIND_BEFORE
from clusters.models import Decision, DecisionKind
from clusters.queries.decisions import due_to_close, due_to_remind
from jobs.actions import UnableToWork, ask_for, work
from jobs.models import Job

CLOSE, REMIND = "clusters.close_decision", "clusters.remind_of_decision"
BY = "system:decisions"


@shared_task(name="clusters.look_at_decisions")
def look_at_decisions() -> None:
    """Ask for the votes to be closed whose time is over, and for reminders; put to the vote who still waits for one."""
    now = timezone.now()
    _ask_once(CLOSE, due_to_close(at=now))
    _ask_once(REMIND, due_to_remind(at=now, before=REMIND_BEFORE))
    actions.open_missing_admissions(by=BY, at=now)


@shared_task(name=CLOSE)
def close_decision(job_id: str) -> None:
    """Count one decision."""

    def close(job: Job) -> dict[str, Any]:
        decision = actions.close_decision(decision=_decision(job), by=BY, at=timezone.now())
        return {"state": decision.state}

    work(job_id, close)


@shared_task(name=REMIND)
def remind_of_decision(job_id: str) -> None:
    """Remind those who have not voted on one decision."""

    def remind(job: Job) -> dict[str, Any]:
        return {"told": actions.remind_of_decision(decision=_decision(job), by=BY, at=timezone.now())}

    work(job_id, remind)


@shared_task(name="clusters.act_on_decision")
def act_on_decision(job_id: str) -> None:
    """Do what the members decided, where it is about who they are and what they agreed."""
    work(job_id, _act)


def _act(job: Job) -> None:
    decision = _decision(job)
    try:
        if decision.kind == DecisionKind.ADMIT:
            actions.admit_as_decided(decision=decision, by=BY, at=timezone.now())
        elif decision.kind == DecisionKind.CHANGE_AGREEMENT:
            actions.adopt(decision=decision, by=BY, at=timezone.now())
    except actions.UnableToUse as refusal:
        raise UnableToWork(str(refusal)) from refusal


def _decision(job: Job) -> Decision:
    return Decision.objects.select_related("cluster__council").get(pk=job.payload["decision"])


def _ask_once(kind: str, decisions: Iterable[Decision]) -> None:
    """Ask for work on each of these that was not asked for yet; what waits is rung for by the sweep."""
    found = {str(decision.pk): decision for decision in decisions}
    asked = set(Job.objects.filter(kind=kind, key__in=found).values_list("key", flat=True))
    for key, decision in found.items():
        if key not in asked:
            ask_for(
                kind=kind,
                key=key,
                payload={"decision": key},
                council_id=decision.cluster.council_id,
                asked_by=BY,
            )
