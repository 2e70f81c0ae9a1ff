"""What every step of a payment run begins with and leaves behind: the run as it stands now, and who did what."""

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from invoices.models import Payment, PaymentRun, RunEvent, RunStep
from ledger.pennies import in_pounds
from people.models import Council, User
from providers.actions import tell_staff


def locked_run(pk: UUID) -> PaymentRun:
    """Give a run as it stands now; nobody else moves it until this transaction ends."""
    runs = PaymentRun.objects.select_related("council", "made_by", "reviewed_by", "approved_by")
    return runs.select_for_update(of=["self"], no_key=True).get(pk=pk)


def note_step(*, run: PaymentRun, step: RunStep, by: User, at: datetime, detail: str = "") -> None:
    """Write down who did what with a run, and why."""
    RunEvent.objects.create(run=run, step=step, detail=detail.strip(), happened_at=at, acted_by=by)


def tell_provider(
    *,
    payment: Payment,
    council: Council,
    kind: str,
    by: User,
    at: datetime,
    about: str = "",
    **facts: str | date,
) -> None:
    """Tell whoever works for the provider of a payment what becomes of it; the letter also knows the amount."""
    tell_staff(
        payment.provider,
        council=council,
        kind=kind,
        key=str(payment.pk),
        at=at,
        by=by.label,
        about=about or reverse("invoices:own-payments"),
        council_name=council.name,
        amount=in_pounds(payment.amount_pence),
        **facts,
    )
