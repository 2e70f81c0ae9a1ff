"""
The shell around every page: how one is rendered, who is asking, and the ways on from it.

Every app's views may use this module (the import contract says so), and it knows none of them: only the names of
their first pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from people.models import Authority, Person, User

# What each kind of user can go to; the first is where they land. A row is: the words, and the name of the address.
WAYS: dict[str, list[tuple[str, str]]] = {
    "person": [("My money", "reports:my-money"), ("Find a cluster", "reports:find")],
    "social_worker": [("My people", "reports:my-people")],
    "commissioner": [
        ("What waits", "commissioning:waiting"),
        ("Contracts", "commissioning:contracts"),
        ("Providers", "providers:providers"),
        ("Reports", "reports:choose"),
    ],
    "finance_officer": [
        ("Month end", "reconciliation:months"),
        ("Held lines", "reconciliation:holds"),
        ("Reports", "reports:choose"),
    ],
}


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, which is every request but those a view declares public."""

    user: "User"
    acting_under: "Callable[[], Authority | None]"  # the authority one chose to act under; none: for oneself
    whose_page: (
        "Callable[[], Person | None]"  # the person one acts for, or oneself; none: nobody who draws on care
    )


@dataclass(frozen=True)
class Way:
    """A way on from any page, in the bar at its top."""

    words: str
    address: str
    is_here: bool


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Answer with a page. A `form` among the context is the one whose errors the page tells of."""
    return render(request, template, context, status=status)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template, error pages included, what the shell shows. A context processor."""
    return {"is_demo": settings.DEMO, "ways": SimpleLazyObject(lambda: ways_of(request))}


def ways_of(request: HttpRequest) -> list[Way]:
    """Say where whoever asks can go, in the order of `WAYS`; nobody in particular can go nowhere."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    held = set(user.roles.values_list("kind", flat=True))
    if hasattr(user, "person"):
        held.add("person")
    names = dict(way for kind, ways in WAYS.items() if kind in held for way in ways)
    here = [(words, reverse(name)) for words, name in names.items()]
    return [Way(words, address, request.path.startswith(address)) for words, address in here]
