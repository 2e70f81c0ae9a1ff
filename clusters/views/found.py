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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clusters import actions
from clusters.forms import FOUND_STEPS, FoundStep, SizeForm
from clusters.models import Cluster, Membership
from clusters.queries import size_on
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
    person = request.whose_page()
    is_mine = person is not None and cluster.memberships.filter(person=person).exists()
    return page(request, "clusters/found/founded.html", cluster=cluster, is_mine=is_mine)


def _founder(request: SignedIn) -> Person:
    """Give who starts the cluster: the person one was asked to start it for, else whose page it is."""
    chosen = request.session.get(FOR)
    if chosen is None:
        person = request.whose_page()
    else:
        people = Person.objects.visible_to(request.user).select_related("council", "lead_professional")
        person = people.filter(pk=chosen).first()
    if person is None:
        raise Http404
    return person


def _said(request: SignedIn) -> dict[str, Any]:
    said: dict[str, Any] = request.session.get(SAID, {})
    return said


def _form(step: FoundStep, request: SignedIn, person: Person) -> forms.Form:
    """Give the form of a page with what was answered before."""
    data, initial = request.POST if request.method == "POST" else None, _said(request)
    if step.form is SizeForm:
        return SizeForm(data, initial=initial, size=size_on(council=person.council, on=timezone.localdate()))
    return step.form(data, initial=initial)


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
    messages.info(request, _("You have started it already. You need not send it again."))
    return redirect("clusters:founded", pk=last)


def _forget(request: SignedIn, cluster: Cluster) -> None:
    """Forget the answers, and for whom they were; keep which cluster they made."""
    request.session.pop(SAID, None)
    request.session.pop(FOR, None)
    request.session[LAST] = str(cluster.pk)
