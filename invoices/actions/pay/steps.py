"""What every step of a payment run begins with and leaves behind: the run as it stands now, and who did what."""

from datetime import datetime
from uuid import UUID

from invoices.models import PaymentRun, RunEvent, RunStep
from people.models import User


def locked_run(pk: UUID) -> PaymentRun:
    """Give a run as it stands now; nobody else moves it until this transaction ends."""
    runs = PaymentRun.objects.select_related("council", "made_by", "reviewed_by", "approved_by")
    return runs.select_for_update(of=["self"], no_key=True).get(pk=pk)


def note_step(*, run: PaymentRun, step: RunStep, by: User, at: datetime, detail: str = "") -> None:
    """Write down who did what with a run, and why."""
    RunEvent.objects.create(run=run, step=step, detail=detail.strip(), happened_at=at, acted_by=by)
