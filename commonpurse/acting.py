"""
Whose page this is: one's own, or that of somebody one acts for.

Whoever helps several people chooses once (`people:acting-for`), and the choice stays in their session. It only says
whose pages are shown: whether they may act is looked up anew in every action.
"""

from collections.abc import Callable
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import Authority, Person, User

ACTING_FOR = "acting-for"  # in the session: the id of the authority one acts under; absent: for oneself


class WhosePage:
    """
    Middleware: every request can be asked whose page it is.

    `request.acting_under()` gives the chosen authority (none: for oneself), `request.whose_page()` the person whose
    page it is (none: nobody's, as for an officer). Each is looked up once, when it is first asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its two questions."""
        acting_under = cache(lambda: authority_in(request))
        whose_page = cache(lambda: person_of(request.user, acting_under()))
        request.acting_under, request.whose_page = acting_under, whose_page  # type: ignore[attr-defined]
        return self.get_response(request)


def authority_in(request: HttpRequest) -> Authority | None:
    """Give the authority that was chosen, as long as it holds today and lets its helper see anything."""
    user, chosen = request.user, request.session.get(ACTING_FOR)
    if not isinstance(user, User) or chosen is None:
        return None
    in_force = Authority.objects.in_force(on=timezone.localdate()).to_see()
    return in_force.filter(helper=user, pk=chosen).select_related("person").first()


def person_of(user: User | AnonymousUser, authority: Authority | None) -> Person | None:
    """Give whose page it is: the person one acts for, else oneself, else nobody."""
    people = Person.objects.select_related("lead_professional", "council__brand", "settings")
    if authority is not None:
        return people.get(pk=authority.person_id)
    return people.filter(user=user).first() if isinstance(user, User) else None
