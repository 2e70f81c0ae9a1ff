"""Pages of a council's key and of those of the councils it knows."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from moving import actions
from moving.forms import FingerprintForm, KeyForm
from moving.models import KnownCouncil
from moving.queries import key_of
from moving.rules.keys import write_key
from people.models import Council, RoleKind
from people.queries import administered_by

KEEPING = (RoleKind.ADMINISTRATOR, RoleKind.MANAGER)


def _kept(request: SignedIn, pk: UUID, *kinds: RoleKind) -> Council:
    council = get_object_or_404(Council, pk=pk)
    if not request.user.has_role(*kinds, council_id=pk):
        raise Http404
    return council


@require_GET
def our_keys(request: SignedIn) -> HttpResponse:
    """Go to the keys of the council one administers."""
    council = administered_by(request.user)
    if council is None:
        raise Http404
    return redirect("moving:keys", pk=council.pk)


@require_http_methods(["GET", "POST"])
def keys(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the council's own key and those it knows; an administrator enters another council's."""
    council = _kept(request, pk, *KEEPING)
    may_enter = request.user.has_role(RoleKind.ADMINISTRATOR, council_id=pk)
    form = KeyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not may_enter:
        raise Http404
    if form.is_valid():
        try:
            actions.enter_council(council=council, content=form.content(), by=request.user, at=timezone.now())
        except actions.UnableToKeepKey as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Entered. A second person checks its fingerprint now.")
            return redirect("moving:keys", pk=pk)
    known = KnownCouncil.objects.filter(council=council).select_related("entered_by", "checked_by")
    return page(
        request,
        "moving/keys.html",
        council=council,
        own=key_of(council),
        known=known.order_by("ended_at", "name", "pk"),
        form=form,
        may_enter=may_enter,
    )


@require_POST
def make(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make the council's key, or a new one."""
    council = _kept(request, pk, RoleKind.ADMINISTRATOR)
    actions.make_key(council=council, by=request.user, at=timezone.now())
    messages.success(request, "The key is made. Give its public half to the councils you know.")
    return redirect("moving:keys", pk=pk)


@require_GET
def own(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the file of the council's public key."""
    key = key_of(_kept(request, pk, *KEEPING))
    if key is None:
        raise Http404
    answer = HttpResponse(write_key(key.public), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="key-{key.council.code}.json"'
    return answer


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check another council's key by telephone, as a second person."""
    known = get_object_or_404(KnownCouncil.objects.visible_to(request.user), pk=pk)
    form = FingerprintForm(request.POST or None)
    if form.is_valid():
        try:
            actions.check_council(
                known=known,
                fingerprint=form.cleaned_data["fingerprint"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToKeepKey as refusal:
            form.add_error("fingerprint", str(refusal))
        else:
            messages.success(request, f"Checked. People can move to and from {known} now.")
            return redirect("moving:keys", pk=known.council_id)
    return page(request, "moving/check.html", known=known, form=form)


@require_POST
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """No longer trust another council's key."""
    known = get_object_or_404(KnownCouncil.objects.visible_to(request.user), pk=pk)
    if not request.user.has_role(RoleKind.ADMINISTRATOR, council_id=known.council_id):
        raise Http404
    try:
        actions.end_council(known=known, by=request.user, at=timezone.now())
    except actions.UnableToKeepKey as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The key of {known} is ended.")
    return redirect("moving:keys", pk=known.council_id)
