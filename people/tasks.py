"""The tasks of telling people. The first has the name of its kind of job and is given the job."""

from contextlib import closing

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from jobs.actions import work
from jobs.models import Job
from jobs.rules import MOST_ATTEMPTS
from people import actions


@shared_task(name="people.send_notice")
def send_notice(job_id: str) -> None:
    """Send one notice by e-mail: begin in the job's transaction, and send once that is safely written."""
    begun_at, notice_ids = timezone.now(), list[str]()
    with closing(get_connection()) as post:  # opened by who begins

        def begin(job: Job) -> None:
            notice_id = job.payload["notice"]
            is_last_try = job.attempts >= MOST_ATTEMPTS
            actions.begin_to_send(notice_id=notice_id, post=post, at=begun_at, is_last_try=is_last_try)
            notice_ids.append(notice_id)

        if work(job_id, begin):
            actions.finish_sending(notice_id=notice_ids[-1], post=post, begun_at=begun_at, at=timezone.now())


@shared_task(name="people.find_lost_notices")
def find_lost_notices() -> None:
    """Say of e-mails whose worker died while sending that nobody can tell whether they arrived. Beat rings for it."""
    actions.find_lost(at=timezone.now())
