"""Work that Celery rings for: taking in a batch, chunk by chunk; forgetting files that nobody sent."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from invoices import actions
from invoices.actions import long_upload, webhooks
from invoices.actions.tidy import tidy
from jobs.actions import work
from jobs.models import Job
from people.models import Council


@shared_task(name="invoices.take_in_chunk")
def take_in_chunk(job_id: str) -> None:
    """Take in one chunk of clusters of a batch."""
    work(job_id, _take_in_chunk)


@shared_task(name="invoices.take_in_batch")
def take_in_batch(job_id: str) -> None:
    """Finish a batch once all its chunks are done: gather what was refused."""
    work(job_id, _gather)


@shared_task(name="invoices.forget_uploads")
def forget_uploads() -> None:
    """Forget the files that nobody sent within a day. Beat asks for it every hour."""
    actions.forget_uploads(at=timezone.now())


@shared_task(name="invoices.tidy")
def tidy_all() -> None:
    """Take away what systems were told longer ago than policy keeps it. Beat asks for it every night."""
    for council in Council.objects.order_by("pk"):
        tidy(council=council, on=timezone.localdate(), at=timezone.now())


@shared_task(name="invoices.look_at_upload")
def look_at_upload(job_id: str) -> None:
    """Look at a long file: read it, then judge it."""
    work(job_id, lambda job: long_upload.look_in_steps(job=job))


@shared_task(name="invoices.read_upload")
def read_upload(job_id: str) -> None:
    """Read a long file."""
    work(job_id, lambda job: long_upload.read_long(upload_id=_upload(job), at=timezone.now()))


@shared_task(name="invoices.judge_upload")
def judge_upload(job_id: str) -> None:
    """Judge a long file; nothing of it counts."""
    work(
        job_id,
        lambda job: long_upload.judge_long(
            upload_id=_upload(job), on=timezone.localdate(), at=timezone.now()
        ),
    )


@shared_task(name="invoices.send_upload")
def send_upload(job_id: str) -> None:
    """Take a long file in, whole or not at all."""
    work(
        job_id,
        lambda job: long_upload.send_long(upload_id=_upload(job), on=timezone.localdate(), at=timezone.now()),
    )


def _upload(job: Job) -> UUID:
    return UUID(job.payload["upload"])


def _take_in_chunk(job: Job) -> dict[str, Any]:
    taken = actions.take_in_chunk(
        council=Council.objects.get(pk=str(job.council_id)),
        batch=job.payload["batch"],
        clusters=[UUID(cluster) for cluster in job.payload["clusters"]],
        on=timezone.localdate(),
        by=job.asked_by,
    )
    return {"refused": taken.refused}


def _gather(job: Job) -> dict[str, Any]:
    parts = job.parts.values_list("result", flat=True)
    return {"refused": sorted(refusal for result in parts for refusal in result["refused"])}


@shared_task(name="invoices.look_at_webhooks")
def look_at_webhooks() -> None:
    """Pass on what changed to those who listen, and ask for what is due to be sent. Beat rings for it."""
    webhooks.pass_on_all(at=timezone.now())
    webhooks.ask_for_due(at=timezone.now())


@shared_task(name="invoices.deliver_webhook")
def deliver_webhook(job_id: str) -> None:
    """Send one message: begin in the job's transaction, and send once that is safely written."""
    sendings = list[webhooks.Sending]()

    def begin(job: Job) -> None:
        sendings.clear()
        begun = webhooks.begin_delivery(delivery_id=job.payload["delivery"], at=timezone.now())
        sendings.extend([begun] if begun else [])

    if work(job_id, begin):
        for sending in sendings:
            webhooks.finish_delivery(sending, at=timezone.now())
