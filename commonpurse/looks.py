"""
Looking at somebody's record is written down: who looked, at which part, and on what footing (ADR 31).

A view says what it shows with `request.shows(person, Part.PLAN)`. Whoever acts for somebody looks at that person's
pages wherever they go, so for them the part is known by the address, and no view has to say it. All of it is written
in one statement, once the page is made and before it is sent: a look that cannot be written is not had.
"""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from commonpurse.pages import SignedIn
from people.actions import write_reading
from people.models import Part, Person

OK = 200
# By the address, longest first, which part of a person's record a helper sees; elsewhere they see nothing of theirs.
PARTS = {
    "people:helpers": Part.HELPERS,
    "people:letter": Part.LETTERS,
    "people:looked": Part.DETAILS,
    "people:settings": Part.DETAILS,
    "reports:my-money": Part.MONEY,
    "reports:my-care": Part.MONEY,
    "reports:before": Part.MONEY,
    "reports:why": Part.MONEY,
    "reports:reviews": Part.REVIEWS,
    "reports:ask-review": Part.REVIEWS,
    "reports:our-cluster": Part.CLUSTERS,
    "reports:what-if": Part.CLUSTERS,
    "reports:cluster-": Part.CLUSTERS,
    "reports:choose": Part.CLUSTERS,
    "budgets:": Part.BUDGET,
    "plans:": Part.PLAN,
    "clusters:": Part.CLUSTERS,
    "commissioning:": Part.CLUSTERS,
    "invoices:": Part.MONEY,
    "reconciliation:": Part.MONEY,
}


class WhoLooked:
    """Middleware: a view says whose record it shows, and that is written down. After `WhosePage`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its way to say so, and write what was said once the page is made."""
        asked = cast("SignedIn", request)
        seen: list[tuple[Person, Part]] = []
        asked.shows = lambda person, *parts: seen.extend((person, Part(part)) for part in parts)
        response = self.get_response(request)
        if response.status_code == OK and request.user.is_authenticated:
            _write(asked, seen)
        return response


def _write(request: SignedIn, seen: list[tuple[Person, Part]]) -> None:
    under, part = request.acting_under(), _part_at(request)
    if under is not None and part is not None and all(person.pk != under.person_id for person, _part in seen):
        seen.append((under.person, part))
    if seen:
        write_reading(seen=seen, reader=request.user, under=under, at=timezone.now())


def _part_at(request: HttpRequest) -> Part | None:
    place = request.resolver_match.view_name if request.resolver_match else ""
    return next((part for begins, part in PARTS.items() if place.startswith(begins)), None)
