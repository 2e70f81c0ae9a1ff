"""The direct payment of a person, as they and those who work with them see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from budgets.queries.direct import arrangements_for, standings
from commonpurse.pages import SignedIn, page
from people.models import Part, Person


@require_GET
def direct(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what was paid to a person, and what comes next and when."""
    somebody = person_of(request, pk)
    on = timezone.localdate()
    return page(
        request,
        "budgets/mine/direct.html",
        person=somebody,
        is_mine=somebody == request.whose_page(),
        payments=standings(arrangements=arrangements_for(person=somebody), on=on),
        today=on,
    )


def person_of(request: SignedIn, pk: UUID) -> Person:
    """Give the person whose page it is, if one may see them."""
    people = Person.objects.visible_to(request.user)
    somebody = get_object_or_404(people.select_related("lead_professional", "council"), pk=pk)
    request.shows(somebody, Part.BUDGET)
    return somebody
