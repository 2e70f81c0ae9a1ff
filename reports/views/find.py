"""Find a cluster, and see one from outside: what it does and pays, never who is in it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from clusters.models import Cluster
from clusters.models.cluster import ClusterQuerySet
from clusters.queries import agreement_in_force
from commonpurse.pages import SignedIn, page
from reports.forms import FindForm
from reports.queries.find import clusters_like, seen_from_outside

A_PAGE = 12


@require_GET
def find(request: SignedIn) -> HttpResponse:
    """Look for a cluster of one's own council by words and place."""
    form = FindForm(request.GET)
    asked = form.asked()
    found = clusters_like(clusters=_clusters(request), **asked)
    results = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "reports/find.html",
        search=form,
        results=results,
        clusters=seen_from_outside(clusters=list(results), on=timezone.localdate()),
        query=urlencode({name: value for name, value in asked.items() if value}),
    )


@require_GET
def outside(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a cluster from outside, and the way to ask to join."""
    cluster = get_object_or_404(_clusters(request), pk=pk)
    person = request.whose_page()
    mine = cluster.memberships.current().filter(person=person).first() if person else None
    return page(
        request,
        "reports/outside.html",
        seen=seen_from_outside(clusters=[cluster], on=timezone.localdate())[0],
        agreement=agreement_in_force(cluster=cluster),
        mine=mine,
        may_ask=person is not None and mine is None,
    )


def _clusters(request: SignedIn) -> ClusterQuerySet:
    """Give the clusters that can be found: of the council of whose page it is, else of every council one works for."""
    found, person = Cluster.objects.open_to(request.user), request.whose_page()
    return found.filter(council=person.council_id) if person else found
