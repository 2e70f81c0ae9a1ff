"""Trying a version on past cases, publishing it, and retiring it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from jobs.queries import progress_of
from plans.actions import ras as actions
from plans.forms.ras import RasDayForm
from plans.queries import newest_preview, questions_of, shape_of
from plans.rules.ras import faults_of
from plans.views.ras.found import version_of


@require_http_methods(["GET", "POST"])
def preview(request: SignedIn, pk: UUID) -> HttpResponse:
    """Try a version on past cases, and show who would gain and who would lose, in groups that are large enough."""
    shown = version_of(request, pk)
    if request.method == "POST":
        actions.ask_for_preview(version=shown, by=request.user, at=timezone.now())
        return redirect("plans:ras-preview", pk=pk)
    job = newest_preview(version=shown)
    known = set(shown.copied_from.questions.values_list("origin", flat=True)) if shown.copied_from else set()
    return page(
        request,
        "plans/ras/preview.html",
        version=shown,
        job=job,
        progress=progress_of(job) if job else None,
        found=job.result if job and job.result else None,
        new_questions=[one for one in questions_of(shown) if known and one.origin not in known],
    )


@require_http_methods(["GET", "POST"])
def publish(request: SignedIn, pk: UUID) -> HttpResponse:
    """Publish a draft from a day on, once it lacks nothing."""
    draft = version_of(request, pk, is_draft=True)
    form = RasDayForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        try:
            actions.publish_ras(
                version=draft, effective_date=form.cleaned_data["day"], by=request.user, at=timezone.now()
            )
        except actions.UnableToPublishRas as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect("plans:ras-version", pk=pk)
    faults = faults_of(shape_of(draft), whose=draft.kind)
    return page(request, "plans/ras/publish.html", version=draft, form=form, faults=faults)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: UUID) -> HttpResponse:
    """Let no new assessment use a version from a day on."""
    shown = version_of(request, pk)
    form = RasDayForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        try:
            actions.retire_ras(
                version=shown, until_date=form.cleaned_data["day"], by=request.user, at=timezone.now()
            )
        except actions.UnableToRetireRas as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect("plans:ras-version", pk=pk)
    return page(request, "plans/ras/retire.html", version=shown, form=form)
