"""What every step of a payment run begins with: the run as it stands now."""

from uuid import UUID

from invoices.models import PaymentRun


def locked_run(pk: UUID) -> PaymentRun:
    """Give a run as it stands now; nobody else moves it until this transaction ends."""
    runs = PaymentRun.objects.select_related("council", "made_by", "reviewed_by", "approved_by")
    return runs.select_for_update(of=["self"], no_key=True).get(pk=pk)
