"""What a provider can do here: the first page of somebody who works for one."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from reports.queries.provider_home import provider_home as look


@require_GET
def provider_home(request: SignedIn) -> HttpResponse:
    """Show what fits, what is held and what is needed, contracts with what is left, and invoices by state."""
    home = look(user=request.user, on=timezone.localdate())
    if home is None:
        raise Http404
    return page(request, "reports/provider_home.html", home=home)
