"""All decisions of a cluster: open now, and so far."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from clusters.models import Cluster, Decision, Membership
from clusters.models.membership import MembershipQuerySet
from clusters.queries.decisions import to_vote_on
from commonpurse.pages import SignedIn, page
from people.rules.words import moment_words

MOST_SHOWN = 50


@require_GET
def decisions(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what a cluster decides now, with the deadline, and what it has decided."""
    cluster, person, now = _cluster(request, pk), request.whose_page(), timezone.now()
    found = cluster.decisions.filter(pk__in=Decision.objects.visible_to(request.user).values("pk"))
    rows = list(found.select_related("winner").order_by("-closes_at", "-pk")[:MOST_SHOWN])
    waiting = {one.pk for one in to_vote_on(person=person, at=now)} if person else set()
    has_a_say = person is not None and _with_a_say(cluster).filter(person=person).exists()
    return page(
        request,
        "clusters/decisions/every.html",
        cluster=cluster,
        open_now=[
            (one, moment_words(timezone.localtime(one.closes_at)), one.pk in waiting)
            for one in reversed(rows)
            if one.closed_at is None
        ],
        so_far=[one for one in rows if one.closed_at is not None],
        has_a_say=has_a_say,
    )


def _cluster(request: SignedIn, pk: UUID) -> Cluster:
    """Give a cluster one sees from the inside, or, while it forms, that one helps to found."""
    theirs = Membership.objects.with_a_say().filter(person=request.whose_page()).values("cluster")
    seen = Cluster.objects.visible_to(request.user).values("pk")
    return get_object_or_404(Cluster.objects.filter(Q(pk__in=seen) | Q(pk__in=theirs)), pk=pk)


def _with_a_say(cluster: Cluster) -> MembershipQuerySet:
    return Membership.objects.with_a_say().filter(cluster=cluster)
