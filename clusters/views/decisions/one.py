"""One decision: the question, what each answer means, and the buttons."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from clusters.models import Decision
from commonpurse.pages import SignedIn, page


@require_GET
def decision(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one decision."""
    found = get_object_or_404(Decision.objects.visible_to(request.user).select_related("cluster"), pk=pk)
    return page(request, "clusters/decisions/one.html", decision=found)
