"""Inviting with a code: making codes, taking them back, and what somebody sees who was given one."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusters import actions
from clusters.actions.join import OPEN_STATES
from clusters.forms import CodeForm, as_made
from clusters.models import Invitation, Membership
from clusters.queries import WITH_A_PART
from clusters.queries.invitations import invitation_with, working_invitations
from commonpurse.pages import SignedIn, page

INVITED = "invited-with"  # in the session: the code one came with
DOES_NOT_WORK = _(
    "This code does not work. It may be old, or taken back. Ask whoever gave it to you for another."
)


@require_http_methods(["GET", "POST"])
def invite(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a member their codes that work, and make another."""
    person = request.whose_page()
    parts = Membership.objects.filter(person=person, state__in=WITH_A_PART) if person else None
    if parts is None:
        raise Http404
    mine = get_object_or_404(parts.select_related("cluster", "person"), cluster=pk)
    if request.method == "POST":
        try:
            actions.make_invitation(membership=mine, by=request.user, at=timezone.now())
        except actions.UnableToInvite as refusal:
            messages.error(request, str(refusal))
        return redirect("clusters:invite", pk=pk)
    return page(
        request,
        "clusters/invite/invite.html",
        cluster=mine.cluster,
        mine=mine,
        is_taking=mine.cluster.state in OPEN_STATES,
        invitations=working_invitations(membership=mine, at=timezone.now()),
        here=request.build_absolute_uri("/").rstrip("/"),
    )


@require_POST
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a code back."""
    person = request.whose_page()
    if person is None:
        raise Http404
    invitation = get_object_or_404(
        Invitation.objects.select_related("membership"), pk=pk, membership__person=person
    )
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.user, at=timezone.now())
    except actions.UnableToInvite as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("That code does not work any more."))
    return redirect("clusters:invite", pk=invitation.cluster_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Take the code that somebody was given."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _is_guessing(request):
            return _too_often(request)
        invitation = invitation_with(code=form.cleaned_data["code"], at=timezone.now())
        if invitation is not None:
            return _welcome(request, invitation)
        form.add_error("code", str(DOES_NOT_WORK))
    return page(request, "clusters/invite/invited.html", form=form)


@login_not_required
@require_GET
def invited_with(request: HttpRequest, code: str) -> HttpResponse:
    """Follow the link with a code in it."""
    if _is_guessing(request):
        return _too_often(request)
    invitation = invitation_with(code=as_made(code), at=timezone.now())
    if invitation is not None:
        return _welcome(request, invitation)
    messages.error(request, str(DOES_NOT_WORK))
    return redirect("clusters:invited")


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Remember the code, and show what anybody may see of the cluster."""
    request.session[INVITED] = invitation.code
    return redirect("reports:outside", pk=invitation.cluster_id)


def _is_guessing(request: HttpRequest) -> bool:
    """Tell whether too many codes were tried from there; a link counts like a code that is written."""
    return not ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True)


def _too_often(request: HttpRequest) -> HttpResponse:
    """Say that it was tried too often, for codes are not to be guessed."""
    return page(request, "429.html", status=429)
