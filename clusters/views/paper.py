"""Ballots on paper, by phone or from a meeting: staff enter each twice, without seeing each other's reading."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from clusters import actions
from clusters.actions.decisions.paper import MAY_ENTER
from clusters.forms import PaperBallotForm
from clusters.models import (
    BallotChannel,
    Decision,
    DecisionState,
    Method,
    PaperBallot,
    PaperBallotState,
    RollEntry,
)
from clusters.models.decision import DecisionQuerySet
from clusters.queries.papers import papers_of
from commonpurse.pages import SignedIn, page
from people.models import Part

SAVED = {
    PaperBallotState.WAITING: _("Saved. Now a colleague enters it too, without asking you what it says."),
    PaperBallotState.AGREED: _("You both read the same. It counts, and the member is told."),
    PaperBallotState.DIFFERS: _(
        "You two read it differently, so it does not count yet. Look at the ballot again, both, and enter it anew."
    ),
}


@require_GET
def papers(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show who is on the roll of a question, and whose ballot waits for a second reading or was read differently."""
    found = get_object_or_404(_for_staff(request), pk=pk)
    return page(
        request,
        "clusters/decisions/papers.html",
        decision=found,
        is_open=found.state == DecisionState.OPEN and timezone.now() < found.closes_at,
        rows=papers_of(decision=found, reader=request.user),
    )


@require_http_methods(["GET", "POST"])
def paper_ballot(request: SignedIn, pk: UUID) -> HttpResponse:
    """Enter one ballot, the first reading or the second; nothing of another reading is shown."""
    entry = get_object_or_404(
        RollEntry.objects.select_related("membership__person", "decision__cluster"),
        pk=pk,
        decision__in=_for_staff(request),
    )
    request.shows(entry.membership.person, Part.CLUSTERS)
    decision = entry.decision
    options = list(decision.options.all())
    form = PaperBallotForm(
        request.POST or None, options=options, is_among_options=decision.method == Method.APPROVAL
    )
    if form.is_valid():
        try:
            paper = _enter(form, entry, request)
        except actions.UnableToEnter as refusal:
            form.add_error(None, str(refusal))
        else:
            say = messages.warning if paper.state == PaperBallotState.DIFFERS else messages.success
            say(request, SAVED[PaperBallotState(paper.state)])
            return redirect("clusters:papers", pk=decision.pk)
    return page(request, "clusters/decisions/paper.html", entry=entry, decision=decision, form=form)


def _for_staff(request: SignedIn) -> DecisionQuerySet:
    """Give the decisions whose ballots this member of staff may enter; others have no such page."""
    councils = [role.council_id for role in request.user.roles.all() if role.kind in MAY_ENTER]
    if not councils:
        raise Http404
    return Decision.objects.filter(cluster__council__in=councils).select_related("cluster")


def _enter(form: PaperBallotForm, entry: RollEntry, request: SignedIn) -> PaperBallot:
    """Enter a ballot as the form was answered."""
    return actions.enter_paper_ballot(
        entry=entry,
        options=[UUID(chosen) for chosen in form.cleaned_data["choice"]],
        channel=BallotChannel(form.cleaned_data["channel"]),
        by=request.user,
        at=timezone.now(),
        reason=form.cleaned_data["reason"],
        support=form.cleaned_data["support"],
    )
