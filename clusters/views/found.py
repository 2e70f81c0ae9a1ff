"""
Starting a cluster, a small step a page: name, purpose, place, what is shared, size, check your answers, started.

What somebody has answered so far waits in their session; nothing of it stands in an address. Whoever acts for a
person starts it for them: a helper through whom they act for, a social worker through `begin_for`.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusters import actions
from clusters.forms import FOUND_STEPS, FoundStep
from clusters.models import Cluster, Membership, MembershipState
from clusters.queries import size_on, with_a_part
from clusters.queries.versions import open_draft, versions_of
from commonpurse.pages import SignedIn, page
from people.models import Person, Scope
from people.queries import may_act_for

SAID, FOR, LAST = "found-a-cluster", "found-a-cluster-for", "found-a-cluster-last"


@require_GET
def begin_for(request: SignedIn, pk: UUID) -> HttpResponse:
    """Start a cluster for somebody whose social worker one is, or whose helper."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not may_act_for(request.user, person, scope=Scope.AGREE, on=timezone.localdate()):
        raise Http404
    request.session[FOR] = str(person.pk)
    return redirect("clusters:found", step="name")


@require_http_methods(["GET", "POST"])
def question(request: SignedIn, step: str) -> HttpResponse:
    """Ask one question, and keep the answer."""
    if step not in FOUND_STEPS:
        raise Http404
    person, here = _founder(request), FOUND_STEPS[step]
    form = _form(here, request, person)
    if form.is_valid():
        request.session[SAID] = {**_said(request), **form.cleaned_data}
        return redirect(_next(request, here))
    return page(
        request,
        "clusters/found/question.html",
        step=here,
        number=list(FOUND_STEPS).index(step) + 1,
        count=len(FOUND_STEPS),
        before=_before(here),
        is_checking="check" in request.GET,
        person=person,
        form=form,
    )


@require_http_methods(["GET", "POST"])
def check(request: SignedIn) -> HttpResponse:
    """Check the answers, and start the cluster."""
    person, said, refusal = _founder(request), _said(request), ""
    missing = [step for step in FOUND_STEPS.values() if not set(step.form.base_fields) <= said.keys()]
    if missing:
        return _started_already(request) or redirect("clusters:found", step=missing[0].key)
    if request.method == "POST":
        try:
            cluster = actions.found_cluster(
                council=person.council,
                about=actions.About(**said),
                founders=[person],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToFound as problem:
            refusal = str(problem)
        else:
            _forget(request, cluster)
            return redirect("clusters:founded", pk=cluster.pk)
    rows = [
        (step.title, said[name], f"{reverse('clusters:found', args=[step.key])}?check")
        for step in FOUND_STEPS.values()
        for name in step.form.base_fields
    ]
    return page(request, "clusters/found/check.html", person=person, rows=rows, refusal=refusal)


@require_GET
def founded(request: SignedIn, pk: UUID) -> HttpResponse:
    """Last: it has begun; the reference, and what happens next."""
    seen = Membership.objects.visible_to(request.user).filter(cluster=pk)
    cluster = get_object_or_404(Cluster.objects.filter(pk__in=seen.values("cluster")), pk=pk)
    return page(
        request, "clusters/found/founded.html", cluster=cluster, is_mine=_part(request, pk) is not None
    )


@require_GET
def beginning(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the founders what is done and what is still to do until their cluster stands."""
    mine = _part(request, pk)
    if mine is None:
        raise Http404
    cluster, today = mine.cluster, timezone.localdate()
    versions = versions_of(cluster=cluster, membership=mine)
    return page(
        request,
        "clusters/found/beginning.html",
        cluster=cluster,
        mine=mine,
        founders=with_a_part(cluster=cluster),
        asking=cluster.memberships.filter(state=MembershipState.ASKED).select_related("person"),
        least=size_on(council=cluster.council, on=today).least_members,
        newest=versions[0] if versions else None,
        draft=open_draft(cluster=cluster),
        has_offered=mine.proposed_pledges.exists() or mine.joined_date is not None,
    )


@require_POST
def begin(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin as a member today, once the cluster stands and one's professional has agreed."""
    mine = _part(request, pk)
    if mine is None:
        raise Http404
    try:
        actions.begin(membership=mine, by=request.user, at=timezone.now())
    except actions.UnableToJoin as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"You are a member of {mine.cluster} from today.")
    return redirect("clusters:beginning", pk=pk)


def _part(request: SignedIn, pk: UUID) -> Membership | None:
    """Give the part in a cluster of the person whose page it is; none where they have none."""
    person = request.whose_page()
    found = Membership.objects.filter(cluster=pk, person=person).current() if person else None
    return (
        found.select_related("cluster__council", "person").exclude(state="asked").first() if found else None
    )


def _founder(request: SignedIn) -> Person:
    """Give who starts the cluster: the person one was asked to start it for, else whose page it is."""
    chosen = request.session.get(FOR)
    people = Person.objects.visible_to(request.user).select_related("council", "lead_professional")
    person = people.filter(pk=chosen).first() if chosen else request.whose_page()
    on = timezone.localdate()
    if person is None or not may_act_for(request.user, person, scope=Scope.AGREE, on=on):
        raise Http404
    return person


def _said(request: SignedIn) -> dict[str, Any]:
    said: dict[str, Any] = request.session.get(SAID, {})
    return said


def _form(step: FoundStep, request: SignedIn, person: Person) -> forms.Form:
    """Give the form of a page with what was answered before."""
    more = {"size": size_on(council=person.council, on=timezone.localdate())} if step.key == "size" else {}
    return step.form(request.POST or None, initial=_said(request), **more)


def _next(request: SignedIn, here: FoundStep) -> str:
    """Give the page after this one; whoever came to change one answer goes back to checking."""
    keys = list(FOUND_STEPS)
    place = keys.index(here.key) + 1
    if "check" in request.GET or place == len(keys):
        return reverse("clusters:found-check")
    return reverse("clusters:found", args=[keys[place]])


def _before(here: FoundStep) -> str:
    """Give the page before this one."""
    keys = list(FOUND_STEPS)
    place = keys.index(here.key)
    return reverse("clusters:found", args=[keys[place - 1]]) if place else reverse("reports:find")


def _started_already(request: SignedIn) -> HttpResponse | None:
    """Lead whoever sends the same answers again to the cluster that they made; none where there is none."""
    last = request.session.get(LAST)
    if request.method != "POST" or last is None:
        return None
    messages.info(request, "You have started it already. You need not send it again.")
    return redirect("clusters:founded", pk=last)


def _forget(request: SignedIn, cluster: Cluster) -> None:
    """Forget the answers, and for whom they were; keep which cluster they made."""
    request.session.pop(SAID, None)
    request.session.pop(FOR, None)
    request.session[LAST] = str(cluster.pk)
