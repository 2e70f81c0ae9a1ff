"""
Whose page this is: one's own, or that of somebody one acts for.

Whoever helps several people chooses once (`people:acting-for`), and the choice stays in their session. It only says
whose pages are shown: whether they may act is looked up anew in every action.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from commonpurse.asked_often import AskedOften
from commonpurse.pages import ACTING_FOR, SignedIn, page
from people.models import Authority, CarerConsent, Person, User
from people.queries import refusal_of
from people.rules.moved import newest_first

WITH_THEM = ("lead_professional", "council__brand", "settings")  # what every page of a person shows
STAY_OPEN = ("account_logout", "people:acting-for")  # the ways out of acting for somebody


ONESELF = AskedOften(
    lambda user: (
        Person.objects.filter(user=user)
        .annotate(
            helps_others=Exists(Authority.objects.filter(helper=user, withdrawn_at__isnull=True))
            | Exists(CarerConsent.objects.filter(carer=user))
        )
        .select_related(*WITH_THEM)
    ),
    user="uuid",
)  # whether they help others, so that the ways on need not ask for it


class WhosePage:
    """
    Middleware: every request can be asked whose page it is.

    `request.acting_under()` gives the chosen authority (none: for oneself), `request.whose_page()` the person whose
    page it is (none: nobody's, as for an officer). Each is looked up once, when it is first asked for. Whoever moved
    has another council now: their pages are those of the council that looks after them today.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its two questions."""
        acting_under = cache(lambda: authority_in(request))
        whose_page = cache(lambda: person_of(request.user, acting_under()))
        asked = cast("SignedIn", request)
        asked.acting_under, asked.whose_page = acting_under, whose_page
        asked.is_own = lambda person: is_own(asked, person)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """
        Stop somebody whose authority ended since they chose to act under it, and say so.

        What they send meant the person they acted for: it must never be done for themselves instead. After this
        they act for themselves again.
        """
        if not request.user.is_authenticated or ACTING_FOR not in request.session:
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        asked = cast("SignedIn", request)
        if place in STAY_OPEN or asked.acting_under() is not None:
            return None
        words = why_it_ended(request)
        del request.session[ACTING_FOR]
        asked.whose_page = lambda: None
        return page(request, "people/ended.html", status=403, words=words)


def is_own(request: SignedIn, person: Person) -> bool:
    """Tell whether a person reads what is their own, also of before a move, or somebody reads it for them."""
    is_themselves = request.acting_under() is None and person.user_id == request.user.pk
    return is_themselves or person == request.whose_page()


def why_it_ended(request: HttpRequest) -> str:
    """Say in plain words why the chosen authority holds no more."""
    chosen = Authority.objects.filter(pk=request.session[ACTING_FOR], helper=request.user.pk)
    authority = chosen.select_related("person__lead_professional").first()
    if authority is None or not isinstance(request.user, User):
        return _("You cannot act for this person any more.")
    return refusal_of(authority, on=timezone.localdate())


def authority_in(request: HttpRequest) -> Authority | None:
    """Give the authority that was chosen, as long as it holds today and lets its helper see anything."""
    user, chosen = request.user, request.session.get(ACTING_FOR)
    if not isinstance(user, User) or chosen is None:
        return None
    in_force = Authority.objects.in_force(on=timezone.localdate()).to_see()
    whole = in_force.select_related(*(f"person__{with_them}" for with_them in WITH_THEM))
    return whole.filter(helper=user, pk=chosen).first()


def person_of(user: User | AnonymousUser, authority: Authority | None) -> Person | None:
    """Give whose page it is: the person one acts for, else oneself, else nobody."""
    if not isinstance(user, User):
        return None
    if authority is not None:
        authority.person.helps_others = True  # type: ignore[attr-defined]  # it is their helper who asks
        return authority.person
    if not getattr(user, "draws_on_care", True):  # who is signed in brings the answer along
        return None
    councils = newest_first(ONESELF(user=user.pk), on=timezone.localdate())
    for one in councils:
        one.other_councils = [other for other in councils if other is not one]  # type: ignore[attr-defined]  # for its pages
    return next(iter(councils), None)
