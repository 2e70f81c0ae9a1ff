"""Proving the books: what the last proof found, and asking for another."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonpurse.pages import SignedIn
from jobs.models import Job, JobState
from jobs.queries import Progress, progress_of
from people.models import Council, RoleKind
from reconciliation import actions
from reconciliation.forms import CouncilForm
from reconciliation.queries.proofs import latest_proofs


class Proof(NamedTuple):
    """The last proof of a council's books as it is shown, if there is one, and whether one may ask for another."""

    job: Job | None
    progress: Progress | None
    may_run: bool


def proofs_of(councils: Collection[Council], *, runs: Collection[UUID]) -> dict[UUID, Proof]:
    """Give the last proof of each council's books; one query, and one for each that is not finished."""
    latest = latest_proofs([council.pk for council in councils])
    return {council.pk: _shown(latest.get(council.pk), may_run=council.pk in runs) for council in councils}


@require_POST
def prove(request: SignedIn) -> HttpResponse:
    """Ask for a council's books to be proved now."""
    mine = Council.objects.filter(roles__user=request.user, roles__kind=RoleKind.FINANCE_OFFICER)
    if not mine.exists():
        raise Http404
    form = CouncilForm(request.POST, councils=mine.distinct())
    if form.is_valid():
        actions.ask_for_proof(council=form.cleaned_data["council"], by=request.user.label, at=timezone.now())
    else:
        messages.error(request, "Nothing was asked for. Press the button beside a council that is there.")
    return redirect("reconciliation:months")


def _shown(job: Job | None, *, may_run: bool) -> Proof:
    waits = job is not None and job.state != JobState.DONE
    return Proof(job=job, progress=progress_of(job) if job and waits else None, may_run=may_run)
