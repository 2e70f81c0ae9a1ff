"""Proving the books from their rows: each night, and when a finance officer asks."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from jobs.actions import ask_for
from jobs.models import Job
from people.actions import tell_user
from people.models import Council, RoleKind, User
from reconciliation.queries.faults import ALL_CHECKS, found_by
from reconciliation.queries.proofs import PROOF, latest_proofs

CHECK = "reconciliation.check"
ROWS_NAMED = 50
TOLD = (RoleKind.FINANCE_OFFICER, RoleKind.ADMINISTRATOR)


@transaction.atomic
def ask_for_proof(*, council: Council, by: str, at: datetime) -> Job:
    """
    Ask for all the books of a council to be worked out again from their rows; gives the work that is under way, if any.

    Whoever looks after the council's money is told only if a row is wrong. Source: design, section 10.
    """
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    latest = latest_proofs([council.pk]).get(council.pk)
    if latest is not None and not latest.is_finished:
        return latest
    return ask_for(
        kind=PROOF,
        key=f"{council.pk}:{at.isoformat()}",
        council_id=council.pk,
        asked_by=by,
        doing="Proving the books",
    )


def ask_for_all_proofs(*, by: str, at: datetime) -> list[Job]:
    """Ask for the books of every council to be proved; beat rings for it each night."""
    councils = Council.objects.filter(is_practice=False).order_by("code")
    return [ask_for_proof(council=council, by=by, at=at) for council in councils]


def prove_books(job: Job) -> dict[str, Any] | None:
    """
    Ask for each check as a part; once all are done, add up what they found, and tell if a row is wrong.

    The effect of a proof's job. Running it twice changes nothing.
    """
    parts = list(job.parts.order_by("key"))
    if not parts:
        for name in ALL_CHECKS:
            ask_for(
                kind=CHECK,
                key=f"{job.key}:{name}",
                payload={"check": name},
                council_id=job.council_id,
                asked_by=job.asked_by,
                part_of=job,
            )
        return None
    wrong = sum(part.result["wrong"] for part in parts)
    if wrong:
        _tell(job, wrong)
    return {"wrong": wrong, "rows": [row for part in parts for row in part.result["rows"]][:ROWS_NAMED]}


def run_check(job: Job) -> dict[str, Any]:
    """Do one check of a council's books; gives how many rows are wrong, and names the first. The effect of one part."""
    council = Council.objects.get(pk=str(job.council_id))
    wrong, rows = 0, []
    for wrong, fault in enumerate(found_by(job.payload["check"], council=council), 1):
        if wrong <= ROWS_NAMED:
            rows.append(str(fault))
    return {"wrong": wrong, "rows": rows}


def _tell(job: Job, wrong: int) -> None:
    council = Council.objects.get(pk=str(job.council_id))
    told = User.objects.filter(is_active=True, roles__council=council, roles__kind__in=TOLD)
    for user in told.distinct().order_by("pk"):
        tell_user(
            user=user,
            council=council,
            kind="reconciliation_books_wrong",
            key=str(job.pk),
            at=job.asked_at,
            by="system:proof",
            about=reverse("reconciliation:months"),
            council_name=council.name,
            wrong=wrong,
        )
