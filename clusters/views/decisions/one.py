"""One decision: the question, what each answer means, the buttons; voting; the receipt; and the result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusters import actions
from clusters.actions.decisions.paper import MAY_ENTER
from clusters.forms import VoteForm
from clusters.models import Decision, DecisionState
from clusters.queries.heard import heard_in
from clusters.queries.one_decision import DecisionPage, decision_page
from commonpurse.pages import SignedIn, page
from people.models import Person


@require_GET
def decision(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a question while it is open: why it is asked, what each answer would mean for me, and the buttons."""
    found = _decision(request, pk)
    if found.state != DecisionState.OPEN:
        return redirect("clusters:decided", pk=pk)
    shown = decision_page(decision=found, person=request.whose_page(), at=timezone.now())
    return page(
        request,
        "clusters/decisions/one.html",
        shown=shown,
        decision=found,
        heard=heard_in(decision=found, person=request.whose_page()),
        form=_boxes(found, shown) if shown.is_among_options else None,
        can_stop=found.asked_by_id == request.user.pk and shown.is_open and shown.voted == 0,
        enters_papers=shown.entry is None and _enters_papers(request, found),
    )


@require_http_methods(["GET", "POST"])
def vote(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a vote; where something has to be said with it, ask for that first."""
    found, person = _decision(request, pk), _person(request)
    shown = decision_page(decision=found, person=person, at=timezone.now())
    if shown.entry is None:
        raise Http404  # a question they see, but that is not theirs to answer
    if request.method == "GET":
        return redirect("clusters:decision", pk=pk)
    form = _vote_form(request, found, person)
    if form.is_bound and form.is_valid():
        try:
            _cast(form, found, person, request)
        except actions.UnableToVote as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:voted", pk=pk)
    return page(request, "clusters/decisions/vote.html", shown=shown, decision=found, form=form)


@require_GET
def voted(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that the vote is saved and counts, with its receipt."""
    found = _decision(request, pk)
    shown = decision_page(decision=found, person=_person(request), at=timezone.now())
    if shown.ballot is None:
        raise Http404
    return page(request, "clusters/decisions/voted.html", shown=shown, decision=found)


@require_GET
def decided(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what came of it: in words, in figures where they tell nothing of anybody, and my own vote."""
    found, person = _decision(request, pk), request.whose_page()
    if found.state == DecisionState.OPEN:
        return redirect("clusters:decision", pk=pk)
    shown = decision_page(decision=found, person=person, at=timezone.now())
    return page(request, "clusters/decisions/decided.html", shown=shown, decision=found)


@require_POST
def stop(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a question back that was asked by mistake."""
    found = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk, asked_by=request.user)
    try:
        actions.stop_decision(decision=found, by=request.user, at=timezone.now())
    except actions.UnableToStop as refusal:
        messages.error(request, str(refusal))
    return redirect("clusters:decision", pk=pk)


def _decision(request: SignedIn, pk: UUID) -> Decision:
    """Give a decision one sees, with its answers."""
    visible = Decision.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("cluster", "asked_by", "winner").prefetch_related("options").distinct(), pk=pk
    )


def _boxes(decision: Decision, shown: DecisionPage) -> VoteForm:
    """Give the boxes to tick, with those ticked that were chosen last."""
    form = VoteForm(None, decision=decision, chosen=[], helped="")
    form.initial["choice"] = shown.chosen
    return form


def _person(request: SignedIn) -> Person:
    """Give whose vote it is: one's own, or that of whom one acts for."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return person


def _enters_papers(request: SignedIn, decision: Decision) -> bool:
    return request.user.has_role(*MAY_ENTER, council_id=decision.cluster.council_id)


def _vote_form(request: SignedIn, decision: Decision, person: Person) -> VoteForm:
    """Give the vote as it was sent; not yet answered where something more has to be asked with that answer first."""
    said = request.POST
    asked: dict[str, Any] = {
        "decision": decision,
        "chosen": said.getlist("choice"),
        "helped": person.name if person.user_id != request.user.pk else "",
    }
    form = VoteForm(said, **asked)
    return VoteForm(None, **asked) if form.asks_more and "said" not in said else form


def _cast(form: VoteForm, decision: Decision, person: Person, request: SignedIn) -> None:
    """Vote as the form was answered."""
    actions.cast(
        decision=decision,
        person=person,
        options=[UUID(chosen) for chosen in form.cleaned_data["choice"]],
        by=request.user,
        at=timezone.now(),
        reason=form.cleaned_data.get("reason", ""),
        support=form.cleaned_data.get("support", ""),
        seen=form.cleaned_data["seen"],
    )
