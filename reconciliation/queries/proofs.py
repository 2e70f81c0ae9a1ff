"""When a council's books were proved last, and what was found."""

from collections.abc import Collection
from uuid import UUID

from jobs.models import Job

PROOF = "reconciliation.prove_books"


def latest_proofs(council_ids: Collection[UUID]) -> dict[UUID | None, Job]:
    """Give for each of some councils the proof of its books that was asked for last; one query."""
    proofs = Job.objects.filter(kind=PROOF, council_id__in=council_ids)
    return {job.council_id: job for job in proofs.order_by("council_id", "-asked_at").distinct("council_id")}
