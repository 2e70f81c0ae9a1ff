"""What goes on in the background for plans: looking at consents whose last day is over."""

from celery import shared_task
from django.utils import timezone

from plans.actions.assessment import end_lapsed_consents


@shared_task(name="plans.end_lapsed_consents", ignore_result=True)
def look_at_consents() -> None:
    """Open again what rested on a carer's consent that has ended. Doing it twice changes nothing."""
    end_lapsed_consents(on=timezone.localdate(), at=timezone.now())
