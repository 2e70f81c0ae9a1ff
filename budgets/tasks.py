"""What goes on in the background for budgets: paying direct payments, metering care accounts."""

from datetime import date
from typing import Any
from uuid import UUID

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from budgets.actions.care_account import meter_council
from budgets.actions.direct import pay_what_is_due
from budgets.actions.direct.pay import PAY
from jobs.actions import ask_for, work
from jobs.models import Job
from ledger.pennies import in_pounds
from people.models import Council


@shared_task(name=PAY)
def pay_direct_payments(job_id: str) -> None:
    """Pay what is due on a day, some people at once, and ask for the others."""
    work(job_id, _pay)


@shared_task(name="budgets.meter_care_accounts", ignore_result=True)
def meter_care_accounts() -> None:
    """Meter care accounts up to the end of last month. Beat asks for it every hour; what is metered stays as it is."""
    for council in Council.objects.order_by("pk"):
        meter_council(council=council, on=timezone.localdate(), at=timezone.now(), by="system:care-accounts")


def _pay(job: Job) -> dict[str, Any]:
    after = job.payload["after"]
    run = pay_what_is_due(
        council=Council.objects.get(pk=str(job.council_id)),
        on=date.fromisoformat(job.payload["on"]),
        at=timezone.now(),
        by=job.asked_by,
        after=UUID(after) if after else None,
    )
    if run.last is not None:
        ask_for(
            kind=PAY,
            key=f"{job.key.partition('>')[0]}>{run.last}",
            payload={**job.payload, "after": str(run.last)},
            council_id=job.council_id,
            asked_by=job.asked_by,
            doing=job.doing,
        )
    words = f"{run.paid} payments, {in_pounds(run.pence)}; {len(run.refused)} could not be paid"
    return {
        "paid": run.paid,
        "pence": run.pence,
        "refused": run.refused,
        "address": reverse("budgets:payments"),
        "words": words,
    }
