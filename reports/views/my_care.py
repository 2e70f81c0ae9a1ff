"""My care: the single view. One page where a person sees all that stands about their care, and what comes next."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from people.models import Part, Person, RoleKind, User
from people.queries import leads
from reports.queries.single_view import single_view

SHOWN = (Part.MONEY, Part.PLAN, Part.ASSESSMENT, Part.REVIEWS, Part.CLUSTERS, Part.HELPERS)


@require_GET
def my_care(request: SignedIn) -> HttpResponse:
    """Show a person, or who acts for them, their care on one page."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return _show(request, person)


@require_GET
def care_of(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the same page to who keeps the person's plan safe, to a manager of theirs, and to a helper."""
    own = request.whose_page()
    if own is not None and own.pk == pk:
        return redirect("reports:my-care")
    is_helped = Exists(Person.objects.own_or_helped(request.user).filter(pk=OuterRef("pk")))
    people = Person.objects.visible_to(request.user).annotate(is_helped=is_helped)
    somebody = get_object_or_404(people.select_related("lead_professional", "council"), pk=pk)
    helps = somebody.is_helped  # type: ignore[attr-defined]  # the query put it there
    if not (helps or _plans_with(request.user, somebody)):
        raise Http404
    return _show(request, somebody)


def _plans_with(user: User, person: Person) -> bool:
    """Tell whether somebody leads or manages the person's plan: officers who pay or buy need no view of all of it."""
    return leads(user, person) or user.has_role(RoleKind.MANAGER, council_id=person.council_id)


def _show(request: SignedIn, person: Person) -> HttpResponse:
    request.shows(person, *SHOWN)
    now, is_mine = timezone.now(), request.is_own(person)
    return page(
        request,
        "reports/my_care.html",
        person=person,
        is_mine=is_mine,
        is_own=request.is_own(person),
        is_led=leads(request.user, person),
        today=timezone.localdate(now),
        view=single_view(person=person, reader=request.user if is_mine else None, at=now),
    )
