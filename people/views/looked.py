"""Who has looked at this: every look of somebody else at a person's record, day by day."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from people.queries import leads
from people.queries.readings import looks_of

A_PAGE = 50


@require_GET
def looked(request: SignedIn) -> HttpResponse:
    """Show a person who has looked at what is theirs."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return _show(request, person)


@require_GET
def looked_of_person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show who looked at a person's record: to their professional, and to themselves what an earlier council has."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not leads(request.user, person) and not request.is_own(person):
        raise Http404
    return _show(request, person)


def _show(request: SignedIn, person: Person) -> HttpResponse:
    request.shows(person, Part.DETAILS)
    results = Paginator(looks_of(person), A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "people/looked.html",
        person=person,
        results=results,
        today=timezone.localdate(),
        is_mine=request.is_own(person),
    )
