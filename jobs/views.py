"""How far a piece of work has come, for whoever asked for it."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh, HttpResponseStopPolling

from commonpurse.pages import page
from jobs import actions
from jobs.models import Job, SignedIn
from jobs.queries import progress_of


@require_GET
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """
    Show how far it is: a page, or for htmx the part of a page that asks again until the work is finished.

    Asked with `reload`, htmx loads the whole page anew at the end: it tells something else then.
    """
    job = get_object_or_404(Job.objects.visible_to(cast("SignedIn", request.user)), pk=pk)
    if not getattr(request, "htmx", False):
        return page(request, "jobs/progress.html", job=job, progress=progress_of(job))
    reload = "reload" in request.GET
    if reload and job.is_finished:
        return HttpResponseClientRefresh()
    part = page(request, "jobs/_progress.html", job=job, progress=progress_of(job), reload=reload)
    return HttpResponseStopPolling(part.content) if job.is_finished else part


@require_POST
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put work that was given up back among what is to be done."""
    job = get_object_or_404(Job.objects.visible_to(cast("SignedIn", request.user)), pk=pk)
    try:
        actions.try_again(job=job)
    except actions.UnableToTryAgain as refusal:
        return page(request, "jobs/progress.html", job=job, progress=progress_of(job), refusal=str(refusal))
    return redirect("jobs:progress", pk=pk)
