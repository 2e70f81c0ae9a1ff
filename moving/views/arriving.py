"""Pages of those who came from another council."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from moving import actions
from moving.forms import PackForm
from moving.models import Arrival
from moving.queries import contents_of_arrival, has_own_assessment
from people.models import Council, Part, RoleKind
from people.queries import leads

TAKING_IN = (RoleKind.ADMINISTRATOR, RoleKind.SOCIAL_WORKER)


@require_http_methods(["GET", "POST"])
def take_in(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a pack in, and list who came."""
    council = get_object_or_404(Council, pk=pk)
    if not request.user.has_role(*TAKING_IN, council_id=pk):
        raise Http404
    form = PackForm(request.POST or None, request.FILES or None, council=council)
    if form.is_valid():
        try:
            arrival = actions.receive_pack(
                council=council,
                content=form.content(),
                lead=form.cleaned_data["lead"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToReceive as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"{arrival.person} is here. Their plan and budget go on.")
            return redirect("moving:arrival", pk=arrival.pk)
    came = Arrival.objects.visible_to(request.user).filter(council=council).select_related("person", "sender")
    return page(
        request, "moving/take_in.html", council=council, form=form, came=came.order_by("-taken_at")[:50]
    )


@require_GET
def arrival(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what came along with somebody, to themselves and those who plan with them."""
    found = Arrival.objects.visible_to(request.user).select_related(
        "person__council", "person__lead_professional", "sender", "key__council"
    )
    came = get_object_or_404(found, pk=pk)
    request.shows(came.person, Part.PLAN, Part.BUDGET)
    return page(
        request,
        "moving/arrival.html",
        arrival=came,
        person=came.person,
        contents=contents_of_arrival(pack=bytes(came.pack), sender=came.sender, key=came.key),
        is_assessed=has_own_assessment(came.person),
        is_led=leads(request.user, came.person),
        is_own=request.is_own(came.person),
    )
