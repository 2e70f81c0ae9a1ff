"""The sweep, which beat rings for."""

from celery import shared_task
from django.utils import timezone

from jobs import actions


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring again for work that is not done."""
    actions.sweep(at=timezone.now())
