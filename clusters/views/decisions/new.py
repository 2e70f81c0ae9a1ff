"""
Putting something to the vote, a small step a page: what it is about, the question and why, check, asked.

What has been answered so far waits in the session; nothing of it stands in an address.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters import actions
from clusters.forms import SIMPLE_KINDS, QuestionForm, WhatToDecideForm
from clusters.models import Cluster, Decision, DecisionKind, Membership
from clusters.queries.decisions import rules_for
from clusters.queries.one_decision import HOW_IT_IS_COUNTED
from commonpurse.pages import SignedIn, page
from people.rules.words import moment_words


@require_http_methods(["GET", "POST"])
def what(request: SignedIn, pk: UUID) -> HttpResponse:
    """First: what it is about."""
    mine = _mine(request, pk)
    form = WhatToDecideForm(request.POST or None, initial=_said(request, pk))
    if form.is_valid():
        request.session[_key(pk)] = _said(request, pk) | form.cleaned_data
        return redirect("clusters:decide-words", pk=pk)
    return page(request, "clusters/decisions/what.html", cluster=mine.cluster, form=form)


@require_http_methods(["GET", "POST"])
def words(request: SignedIn, pk: UUID) -> HttpResponse:
    """Second: the question and why, in their own words, and who where it is about somebody."""
    mine, said = _mine(request, pk), _said(request, pk)
    if "kind" not in said:
        return redirect("clusters:decide", pk=pk)
    form = QuestionForm(request.POST or None, kind=said["kind"], others=_others(mine), initial=said)
    if form.is_valid():
        answers = form.cleaned_data
        member = {"member": str(answers.pop("member").pk)} if "member" in answers else {}
        request.session[_key(pk)] = {"kind": said["kind"]} | answers | member
        return redirect("clusters:decide-check", pk=pk)
    return page(request, "clusters/decisions/words.html", cluster=mine.cluster, kind=said["kind"], form=form)


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Third: check it, and put it to the others."""
    mine, said, refusal = _mine(request, pk), _said(request, pk), ""
    if "question" not in said:
        return redirect("clusters:decide-words", pk=pk)
    if request.method == "POST":
        try:
            decision = _open(request, mine, said)
        except actions.UnableToOpen as problem:
            refusal = str(problem)
        else:
            del request.session[_key(pk)]
            return redirect("clusters:decision", pk=decision.pk)
    kind = DecisionKind(said["kind"])
    rules = rules_for(cluster=mine.cluster, kind=kind, at=timezone.now())
    return page(
        request,
        "clusters/decisions/check.html",
        cluster=mine.cluster,
        said=said,
        about=SIMPLE_KINDS[kind],
        member=next((one for one in _others(mine) if str(one.pk) == said.get("member")), None),
        closes_words=moment_words(timezone.localtime(rules.usual_end)),
        counted=HOW_IT_IS_COUNTED[rules.method],
        refusal=refusal,
    )


def _mine(request: SignedIn, pk: UUID) -> Membership:
    """Give the membership with a say for which somebody asks; nobody else has this page."""
    person = request.whose_page()
    if person is None:
        raise Http404
    with_a_say = Membership.objects.with_a_say().filter(person=person)
    return get_object_or_404(with_a_say.select_related("cluster__council", "person"), cluster=pk)


def _others(mine: Membership) -> list[Membership]:
    """Give the other members."""
    others = mine.cluster.memberships.in_the_pool().exclude(pk=mine.pk)
    return list(others.select_related("person").order_by("person__name", "ref"))


def _key(pk: UUID) -> str:
    return f"decide-{pk}"


def _said(request: SignedIn, pk: UUID) -> dict[str, str]:
    """Give what was answered so far; nothing yet is empty."""
    said: dict[str, str] = request.session.get(_key(pk), {})
    return said


def _open(request: SignedIn, mine: Membership, said: dict[str, str]) -> Decision:
    """Put the question as it was answered."""
    return actions.open_decision(
        cluster=mine.cluster,
        kind=DecisionKind(said["kind"]),
        question=said["question"],
        why=said["why"],
        subject_id=_subject(mine.cluster, said),
        by=request.user,
        at=timezone.now(),
        person=mine.person,
    )


def _subject(cluster: Cluster, said: dict[str, str]) -> UUID | None:
    """Give what it is about: the member, or the cluster that would close; the reserve is about nothing more."""
    if said["kind"] == DecisionKind.REMOVE:
        return UUID(said["member"])
    return cluster.pk if said["kind"] == DecisionKind.WIND_DOWN else None
