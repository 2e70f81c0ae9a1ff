"""What is held of a provider's invoices: why, whose turn it is, and what to do."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from invoices.queries.provider import held_line, open_holds, own_holds
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 25


@require_GET
def own_holds_page(request: SignedIn) -> HttpResponse:
    """List what is held of whom one works for: what waits for them first."""
    employers_of(request)
    results = Paginator(open_holds(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "invoices/provider/holds.html",
        results=results,
        rows=[held_line(hold) for hold in results],
        on=timezone.localdate(),
    )


@require_GET
def own_hold(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one hold: the line, why it is held, whose turn it is, and what to do."""
    shown = get_object_or_404(own_holds(request.user), pk=pk)
    return page(request, "invoices/provider/hold.html", held=held_line(shown), hold=shown, line=shown.line)
