"""
Asking to join a cluster, a small step a page: how much, what is left, who agrees, check your answers, sent.

What somebody has answered so far waits in their session; nothing of it stands in an address.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clusters import actions
from clusters.forms import HowMuchForm
from clusters.models import Cluster, Membership, MembershipState
from clusters.queries import Offer, agreement_in_force, offers_from
from clusters.queries.invitations import invitation_with
from clusters.queries.lines import lines_of
from clusters.views.invite import INVITED
from commonpurse.pages import SignedIn, page
from people.models import Person


@require_http_methods(["GET", "POST"])
def how_much(request: SignedIn, pk: UUID) -> HttpResponse:
    """First: how much, and from which money."""
    cluster, person = _cluster(request, pk), _person(request)
    mine = _current(cluster, person)
    if mine is not None and not _may_offer(mine):
        return redirect("reports:outside", pk=pk)
    parts = _offers(request, pk, person)
    initial = {f"from-{code}": pence for code, pence in _said(request, pk).items()}
    form = HowMuchForm(request.POST or None, parts=parts, person=person, initial=initial)
    if form.is_valid():
        request.session[_key(pk, person)] = form.offer()
        return redirect("clusters:ask-left", pk=pk)
    return page(
        request,
        "clusters/ask/how_much.html",
        cluster=cluster,
        person=person,
        form=form,
        is_founder=mine is not None,
    )


@require_GET
def what_is_left(request: SignedIn, pk: UUID) -> HttpResponse:
    """Second: what that leaves for everything else."""
    cluster, person = _cluster(request, pk), _person(request)
    if not _said(request, pk):
        return redirect("clusters:ask", pk=pk)
    offers = _offers(request, pk, person)
    return page(
        request,
        "clusters/ask/what_is_left.html",
        cluster=cluster,
        person=person,
        offers=offers,
        is_founder=_current(cluster, person) is not None,
    )


@require_GET
def who_agrees(request: SignedIn, pk: UUID) -> HttpResponse:
    """Third: whose word it needs, and what one signs by asking."""
    cluster, person = _cluster(request, pk), _person(request)
    if not _said(request, pk):
        return redirect("clusters:ask", pk=pk)
    agreement = agreement_in_force(cluster=cluster)
    lines = lines_of(agreement) if agreement else {}
    return page(
        request,
        "clusters/ask/who_agrees.html",
        cluster=cluster,
        person=person,
        lines=lines,
        is_founder=_current(cluster, person) is not None,
    )


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Fourth: check the answers, and send them."""
    cluster, person = _cluster(request, pk), _person(request)
    if not _said(request, pk):
        return _sent_already(request, cluster, person) or redirect("clusters:ask", pk=pk)
    offers, refusal = _offers(request, pk, person), ""
    if request.method == "POST":
        try:
            membership = _send(request, cluster, person, offers)
        except actions.UnableToJoin as problem:
            refusal = str(problem)
        else:
            del request.session[_key(pk, person)]
            return _after(membership)
    return page(
        request,
        "clusters/ask/check.html",
        cluster=cluster,
        person=person,
        offers=offers,
        refusal=refusal,
        is_founder=_current(cluster, person) is not None,
    )


@require_GET
def asked(request: SignedIn, pk: UUID) -> HttpResponse:
    """Last: it is sent; the reference, and what happens next."""
    mine = Membership.objects.filter(person=_person(request)).select_related(
        "cluster", "person__lead_professional"
    )
    return page(request, "clusters/ask/asked.html", membership=get_object_or_404(mine, pk=pk))


def _send(request: SignedIn, cluster: Cluster, person: Person, offers: list[Offer]) -> Membership:
    """Ask to join; or, where one is in it as a founder, say what one would put in."""
    proposed = {offer.stream: offer.offered_pence for offer in offers if offer.offered_pence}
    mine, by, at = _current(cluster, person), request.user, timezone.now()
    if mine is not None and _may_offer(mine):
        return actions.offer_pledge(membership=mine, proposed=proposed, by=by, at=at)
    code = request.session.get(INVITED, "")
    invitation = invitation_with(code=code, at=at) if code else None
    return actions.ask_to_join(
        cluster=cluster, person=person, proposed=proposed, by=by, at=at, invitation=invitation
    )


def _sent_already(request: SignedIn, cluster: Cluster, person: Person) -> HttpResponse | None:
    """Lead whoever sends the same answers again to what came of them; none where nothing was sent."""
    mine = _current(cluster, person)
    if request.method != "POST" or mine is None:
        return None
    messages.info(request, _("This was sent already. You need not send it again."))
    return _after(mine)


def _after(membership: Membership) -> HttpResponse:
    """Lead to what follows: what happens next for who asked, what is still to do for a founder."""
    if membership.state == MembershipState.ASKED:
        return redirect("clusters:asked", pk=membership.pk)
    return redirect("clusters:beginning", pk=membership.cluster_id)


def _current(cluster: Cluster, person: Person) -> Membership | None:
    return cluster.memberships.current().filter(person=person).first()


def _may_offer(mine: Membership) -> bool:
    """Tell whether a founder has still to say what they would put in."""
    return mine.state == MembershipState.MEMBERS_AGREED and not mine.proposed_pledges.exists()


def _cluster(request: SignedIn, pk: UUID) -> Cluster:
    """Give a cluster of their own council that takes people; any other is not there."""
    return get_object_or_404(
        Cluster.objects.open_to(request.user), pk=pk, council=_person(request).council_id
    )


def _person(request: SignedIn) -> Person:
    """Give whose wish it is: one's own, or that of whom one acts for."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return person


def _key(pk: UUID, person: Person) -> str:
    """Name what was answered for one person and one cluster: a helper may be half way for two of them."""
    return f"ask-to-join-{pk}-{person.pk}"


def _said(request: SignedIn, pk: UUID) -> dict[str, int]:
    """Give what they have said so far, in pence by stream code; nothing yet is empty."""
    said: dict[str, int] = request.session.get(_key(pk, _person(request)), {})
    return said


def _offers(request: SignedIn, pk: UUID, person: Person) -> list[Offer]:
    return offers_from(person=person, offered=_said(request, pk), on=timezone.localdate())
