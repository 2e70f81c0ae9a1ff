"""
One's own share: where it stands; putting more in, taking some back, pausing; a small step a page.

What somebody has answered so far waits in their session; nothing of it stands in an address.
"""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from budgets.models import FundingStream
from clusters.actions import UnableToPledge
from clusters.actions.pause import UnableToPause, pause, resume
from clusters.actions.pledge_more import pledge_more
from clusters.actions.reduce import UnableToReduce, reduce_pledge
from clusters.forms import HowMuchForm
from clusters.forms.share import LessForm, SureForm
from clusters.models import Membership, MembershipState
from clusters.queries import newest_time_in, offers_from
from clusters.queries.share import above_agreed, paused_of, share_of
from commonpurse.pages import SignedIn, page

MORE, LESS = "more", "less"


class Said(NamedTuple):
    """What somebody has answered so far: more or less, and how much by stream code, in pence."""

    way: str
    amounts: Mapping[str, int]


@require_GET
def share(request: SignedIn, pk: UUID) -> HttpResponse:
    """Where one's own share stands, and the ways on: more, less, pause, leave."""
    membership = _membership(request, pk)
    if membership.state != MembershipState.ACTIVE:
        return redirect("commissioning:leave", pk=pk)
    return page(
        request,
        "clusters/share/share.html",
        membership=membership,
        parts=share_of(membership=membership),
        paused=paused_of(membership=membership),
    )


@require_http_methods(["GET", "POST"])
def more(request: SignedIn, pk: UUID) -> HttpResponse:
    """How much more to put in, and from which money."""
    membership = _active(request, pk)
    parts = offers_from(person=membership.person, offered={}, on=timezone.localdate())
    form = HowMuchForm(request.POST or None, parts=parts, person=membership.person)
    if form.is_valid():
        _say(request, membership, Said(MORE, form.offer()))
        return redirect("clusters:share-check", pk=pk)
    return page(request, "clusters/share/more.html", membership=membership, form=form)


@require_http_methods(["GET", "POST"])
def less(request: SignedIn, pk: UUID) -> HttpResponse:
    """How much to take back, of which money."""
    membership = _active(request, pk)
    form = LessForm(request.POST or None, parts=share_of(membership=membership))
    if form.is_valid():
        _say(request, membership, Said(LESS, form.amounts()))
        return redirect("clusters:share-check", pk=pk)
    return page(request, "clusters/share/less.html", membership=membership, form=form)


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check what was answered and what it leaves for everything else; then make it so."""
    membership = _active(request, pk)
    said = _said(request, membership)
    if said is None:
        return redirect("clusters:share", pk=pk)
    form = SureForm(request.POST or None)
    if form.is_valid():
        try:
            _change(request, membership, said, form.number)
        except (UnableToPledge, UnableToReduce) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, membership, said.way, form.number)
    is_more = said.way == MORE
    offered = said.amounts if is_more else {code: -pence for code, pence in said.amounts.items()}
    return page(
        request,
        "clusters/share/check.html",
        membership=membership,
        is_more=is_more,
        offers=offers_from(person=membership.person, offered=offered, on=timezone.localdate()),
        asks_again=is_more and above_agreed(membership=membership, more=said.amounts),
        total_pence=sum(said.amounts.values()),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def pause_or_resume(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what a pause gives back, or what going on puts in; then make it so by one button."""
    membership = _active(request, pk)
    paused, form = paused_of(membership=membership), SureForm(request.POST or None)
    if form.is_valid():
        way = "resume" if request.POST.get("do") == "resume" else "pause"
        act = resume if way == "resume" else pause
        try:
            act(membership=membership, request_id=form.number, by=request.user, at=timezone.now())
        except (UnableToPause, UnableToPledge) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, membership, way, form.number)
    return page(
        request,
        "clusters/share/pause.html",
        membership=membership,
        parts=share_of(membership=membership),
        paused=paused,
        free_pence=sum(part.free_pence for part in share_of(membership=membership)),
        paused_pence=sum(paused.values()),
        form=form,
    )


@require_GET
def done(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is done: what, the reference, and what happens next."""
    membership = _membership(request, pk)
    what = request.session.get(_key(membership, "done"))
    if what is None:
        return redirect("clusters:share", pk=pk)
    return page(
        request,
        "clusters/share/done.html",
        membership=membership,
        way=what["way"],
        reference=what["reference"],
        parts=share_of(membership=membership),
    )


def _change(request: SignedIn, membership: Membership, said: Said, number: UUID) -> None:
    """Put more in, or take some back, as was answered."""
    streams = FundingStream.objects.filter(council=membership.cluster.council_id, code__in=said.amounts)
    amounts = {stream: said.amounts[stream.code] for stream in streams}
    act = pledge_more if said.way == MORE else reduce_pledge
    act(membership=membership, amounts=amounts, request_id=number, by=request.user, at=timezone.now())


def _done(request: SignedIn, membership: Membership, way: str, number: UUID) -> HttpResponse:
    """Remember what was done for the page that says so."""
    request.session.pop(_key(membership, "said"), None)
    request.session[_key(membership, "done")] = {"way": way, "reference": number.hex[:8].upper()}
    return redirect("clusters:share-done", pk=membership.cluster_id)


def _say(request: SignedIn, membership: Membership, said: Said) -> None:
    request.session[_key(membership, "said")] = [said.way, dict(said.amounts)]


def _said(request: SignedIn, membership: Membership) -> Said | None:
    said = request.session.get(_key(membership, "said"))
    return Said(*said) if said else None


def _key(membership: Membership, what: str) -> str:
    return f"share-{what}-{membership.pk}"


def _active(request: SignedIn, pk: UUID) -> Membership:
    """Give the membership whose share can be changed; of somebody who leaves there is nothing to change."""
    membership = _membership(request, pk)
    if membership.state != MembershipState.ACTIVE:
        raise Http404
    return membership


def _membership(request: SignedIn, pk: UUID) -> Membership:
    """Give the newest time in this cluster of the person whose page this is; there is none for a stranger."""
    person = request.whose_page()
    found = newest_time_in(cluster=pk, person=person) if person is not None else None
    if found is None:
        raise Http404
    return found
