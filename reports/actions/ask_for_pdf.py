"""Asking for a report as a PDF."""

from datetime import date

from django.db import transaction

from jobs.actions import ask_for
from jobs.models import Job
from reports.queries import MAKE_PDF, Wanted, pdf_key
from reports.rules.months import in_url


@transaction.atomic
def ask_for_pdf(*, wanted: Wanted, on: date, by: str) -> Job:
    """
    Have a report made as a PDF, dated `on`, and give the work to look at.

    Asking again while no figure of it has changed gives the same work, and so the same file.
    """
    return ask_for(
        kind=MAKE_PDF,
        key=pdf_key(wanted, wanted.made(on=on)),
        asked_by=by,
        council_id=None if wanted.person else wanted.council.pk,
        payload={
            "council": str(wanted.council.pk),
            "cluster": str(wanted.cluster.pk) if wanted.cluster else None,
            "person": str(wanted.person.pk) if wanted.person else None,
            "month": in_url(wanted.month),
            "on": on.isoformat(),
        },
        doing="Drawing the pages",
    )
