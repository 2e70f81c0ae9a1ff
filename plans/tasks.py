"""What goes on in the background for plans: drawing them, consents that end, and trying a RAS on past cases."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from commonpurse.pdf import UnableToDraw
from jobs.actions import UnableToWork, work
from jobs.models import Job
from plans import actions
from plans.actions.assessment import end_lapsed_consents
from plans.actions.ras import preview_chunk, preview_ras


@shared_task(name="plans.end_lapsed_consents", ignore_result=True)
def look_at_consents() -> None:
    """Open again what rested on a carer's consent that has ended. Doing it twice changes nothing."""
    end_lapsed_consents(on=timezone.localdate(), at=timezone.now())


@shared_task(name="plans.ras_preview")
def ras_preview(job_id: str) -> None:
    """Try a version of a resource allocation system on past cases, or put together what its parts found."""
    work(job_id, preview_ras)


@shared_task(name="plans.ras_preview_chunk")
def ras_preview_chunk(job_id: str) -> None:
    """Try a version on a part of the past cases."""
    work(job_id, preview_chunk)


@shared_task(name="plans.make_pdf")
def make_pdf(job_id: str) -> None:
    """Draw the plan a job asks for, once."""
    work(job_id, _draw)


def _draw(job: Job) -> dict[str, str]:
    """Draw the plan and say where it is."""
    try:
        made = actions.make_plan_pdf(payload=job.payload, by=job.asked_by)
    except UnableToDraw as refusal:
        raise UnableToWork(str(refusal)) from refusal
    return {
        "address": reverse("plans:file", args=[made.pk]),
        "words": "Open the plan as PDF",
        "file": str(made.pk),
    }
