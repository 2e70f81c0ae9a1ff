"""Asking to join for somebody, as their social worker and at their word: which cluster, and how much."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters import actions
from clusters.forms.ask_for import AskForForm
from clusters.models import Cluster
from clusters.queries import offers_from
from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from people.queries import leads


@require_http_methods(["GET", "POST"])
def ask_for(request: SignedIn, pk: UUID) -> HttpResponse:
    """Choose a cluster for somebody one leads, and how much of their money; its members are asked."""
    people = Person.objects.visible_to(request.user).select_related("council", "lead_professional")
    person = get_object_or_404(people, pk=pk)
    if not leads(request.user, person):
        raise Http404
    request.shows(person, Part.MONEY, Part.CLUSTERS)
    current = person.memberships.current().values("cluster")
    clusters = list(
        Cluster.objects.taking().filter(council=person.council_id).exclude(pk__in=current).order_by("name")
    )
    parts = offers_from(person=person, offered={}, on=timezone.localdate())
    form = AskForForm(request.POST or None, clusters=clusters, parts=parts, person=person)
    if form.is_valid():
        try:
            actions.ask_to_join(
                cluster=form.cluster,
                person=person,
                proposed=form.proposed(),
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToJoin as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"Sent to {form.cluster}. It is your turn again once its members have agreed."
            )
            return redirect("reports:person", pk=pk)
    return page(
        request,
        "clusters/ask_for.html",
        person=person,
        clusters=clusters,
        has_money=bool(form.parts),
        form=form,
    )
