"""Find a cluster, and see one from outside: what it does and pays, never who is in it. Anybody may look."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from clusters.models import Cluster, ClusterQuerySet, Membership
from clusters.queries import agreement_in_force
from clusters.queries.invitations import invitation_with
from clusters.queries.lines import lines_of
from commonpurse.pages import SignedIn, page
from people.models import Person, RoleKind
from reports.forms import FindForm
from reports.queries.find import clusters_like, seen_from_outside

A_PAGE = 12


@login_not_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Look for a cluster by what it does, what help it shares, and place; in one's own council, where one has one."""
    form = FindForm(request.GET)
    asked, person = form.asked(), _person(request)
    found = clusters_like(clusters=_clusters(request, person), **asked)
    results = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "reports/find.html",
        search=form,
        results=results,
        clusters=seen_from_outside(clusters=list(results), on=timezone.localdate()),
        query=urlencode({name: value for name, value in asked.items() if value}),
        may_start=person is not None,
    )


@login_not_required
@require_GET
def outside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a cluster from outside; to people of its council the way to ask to join, and what its members agreed."""
    person = _person(request)
    mine = _mine(pk, person)
    cluster = get_object_or_404(_there(request, mine), pk=pk)
    may_ask = person is not None and mine is None and person.council_id == cluster.council_id
    agreement = agreement_in_force(cluster=cluster) if mine or may_ask else None
    return page(
        request,
        "reports/outside.html",
        seen=seen_from_outside(clusters=[cluster], on=timezone.localdate())[0],
        lines=lines_of(agreement) if agreement else {},
        mine=mine,
        person=person,
        may_ask=may_ask,
        is_invited=_is_invited(request, cluster),
        may_hold=person is None and _commissions(request, cluster),
    )


def _person(request: HttpRequest) -> Person | None:
    """Give whose page it is; nobody's where somebody looks who has not signed in."""
    return cast("SignedIn", request).whose_page() if request.user.is_authenticated else None


def _clusters(request: HttpRequest, person: Person | None) -> ClusterQuerySet:
    """Give the clusters that can be found: those of the council of whose page it is, or of whoever looks; else all."""
    if person is not None:
        return Cluster.objects.taking().filter(council=person.council_id)
    own = Cluster.objects.open_to(request.user)
    return own if request.user.is_authenticated and own.exists() else Cluster.objects.taking()


def _there(request: HttpRequest, mine: Membership | None) -> ClusterQuerySet:
    """Give what can be seen from outside: what takes people; to its members and its council in any state."""
    if mine is not None:
        return Cluster.objects.filter(pk=mine.cluster_id)
    if request.user.is_authenticated:
        return Cluster.objects.taking() | Cluster.objects.visible_to(request.user)
    return Cluster.objects.taking()


def _commissions(request: HttpRequest, cluster: Cluster) -> bool:
    """Tell whether a commissioner of its council looks, who can put it on hold."""
    user = request.user
    return user.is_authenticated and user.has_role(RoleKind.COMMISSIONER, council_id=cluster.council_id)


def _mine(pk: UUID, person: Person | None) -> Membership | None:
    if person is None:
        return None
    return Membership.objects.current().filter(cluster=pk, person=person).first()


def _is_invited(request: HttpRequest, cluster: Cluster) -> bool:
    """Tell whether they came with a code of this cluster that works."""
    code = request.session.get("invited-with", "")
    invitation = invitation_with(code=code, at=timezone.now()) if code else None
    return invitation is not None and invitation.cluster_id == cluster.pk
