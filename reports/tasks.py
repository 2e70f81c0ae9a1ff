"""Work on reports that is done in the background."""

from celery import shared_task
from django.urls import reverse

from commonpurse.pdf import UnableToDraw
from jobs.actions import UnableToWork, work
from jobs.models import Job
from reports import actions


@shared_task(name="reports.make_pdf")
def make_pdf(job_id: str) -> None:
    """Draw the report a job asks for, once."""
    work(job_id, _draw, in_one_snapshot=True)


def _draw(job: Job) -> dict[str, str]:
    """Draw the report and say where it is."""
    try:
        made = actions.make_pdf(payload=job.payload, by=job.asked_by)
    except UnableToDraw as refusal:
        raise UnableToWork(str(refusal)) from refusal
    return {
        "address": reverse("reports:file", args=[made.pk]),
        "words": "Open the report as PDF",
        "file": str(made.pk),
    }
