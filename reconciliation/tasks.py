"""The month end's tasks: each has the name of its kind of job and is given the job."""

from celery import shared_task
from django.utils import timezone

from jobs.actions import work
from reconciliation import actions


@shared_task(name="reconciliation.month_end")
def month_end(job_id: str) -> None:
    """Count a month, or write its certificate once its parts are done."""
    work(job_id, actions.count_month, in_one_snapshot=True)


@shared_task(name="reconciliation.chunk")
def chunk(job_id: str) -> None:
    """Count a chunk of clusters."""
    work(job_id, actions.count_chunk, in_one_snapshot=True)


@shared_task(name="reconciliation.prove_books")
def prove_books(job_id: str) -> None:
    """Prove a council's books, or say what was found once the checks are done."""
    work(job_id, actions.prove_books)


@shared_task(name="reconciliation.check")
def check(job_id: str) -> None:
    """Do one check of a council's books."""
    work(job_id, actions.run_check)


@shared_task(name="reconciliation.prove_all_books")
def prove_all_books() -> None:
    """Ask for the books of every council to be proved; beat rings for it each night."""
    actions.ask_for_all_proofs(by="system:nightly", at=timezone.now())


@shared_task(name="reconciliation.count_open_months")
def count_open_months() -> None:
    """Ask for what is new in the open months to be counted; beat rings for it each night."""
    actions.ask_for_open_months(on=timezone.localdate(), by="system:nightly")


@shared_task(name="reconciliation.count_what_is_new")
def count_what_is_new() -> None:
    """Ask for the open months to be counted where money moved since; beat rings for it each quarter of an hour."""
    actions.ask_for_months_with_news(on=timezone.localdate(), by="system:quarter-hourly")
