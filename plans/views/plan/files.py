"""A plan to take away: as a PDF made in the background, in one's own language and words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from commonpurse.pages import SignedIn, settings_in_use
from jobs.queries import progress_of
from people.models import Part
from plans import actions
from plans.models import Plan, PlanFile, PlanState
from plans.queries import pdf_job


@require_POST
def pdf(request: SignedIn, pk: UUID) -> HttpResponse:
    """Have an agreed plan made as a PDF."""
    agreed = Plan.objects.visible_to(request.user).filter(state=PlanState.AGREED)
    shown = get_object_or_404(agreed.select_related("person"), pk=pk)
    actions.ask_for_plan_pdf(
        plan=shown, language=get_language() or "", is_easy=_is_easy(request), by=request.user
    )
    return redirect(f"{reverse('plans:plan', args=[pk])}#pdf")


@require_GET
def file(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give a plan that was made as a PDF, exactly as it was made."""
    made = get_object_or_404(PlanFile.objects.visible_to(request.user).select_related("plan__person"), pk=pk)
    request.shows(made.plan.person, Part.PLAN)
    headers = {"Content-Disposition": f'inline; filename="{made.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(made.content), content_type="application/pdf", headers=headers)


def file_of(shown: Plan, request: SignedIn) -> dict[str, Any] | None:
    """Give how far the PDF of a plan is for whoever reads; none before it is agreed."""
    if shown.state != PlanState.AGREED:
        return None
    job = pdf_job(plan=shown, language=get_language() or "", is_easy=_is_easy(request), by=request.user)
    return {"job": job, "progress": progress_of(job) if job else None}


def _is_easy(request: SignedIn) -> bool:
    likes = settings_in_use(request)
    return bool(likes and likes.is_easy)
