"""The providers a council works with."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from people.models import RoleKind
from providers.models import Provider
from providers.queries import standings
from providers.queries.keys import WATCHED_BY

ROWS_A_PAGE = 50


@require_GET
def providers(request: SignedIn) -> HttpResponse:
    """Every provider of the councils one works for, with what the regulator says of them."""
    if not request.user.has_role(*RoleKind):
        raise Http404
    found = Provider.objects.visible_to(request.user).order_by("name", "ref")
    results = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    listed = list(results)
    said = standings(providers=listed)
    sees_keys = request.user.has_role(*WATCHED_BY)
    rows = [(provider, said[provider.cqc_location_id]) for provider in listed]
    return page(request, "providers/providers.html", results=results, rows=rows, sees_keys=sees_keys)
