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
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from people.models import Authority, Brand, Council, Person, PersonalSettings, User

ACTING_FOR = "acting-for"  # in the session: the id of the authority one acts under; absent: for oneself
# What each kind of user can go to; the first is where they land. A row is: the words, and the name of the address.
# Those of council staff and providers stay in English until a council asks (ADR 16).
WAYS: dict[str, list[tuple[str | Promise, str]]] = {
    "person": [
        (_("My money"), "reports:my-money"),
        (_("My care"), "reports:my-care"),
        (_("Find a cluster"), "reports:find"),
        (_("My letters"), "people:letters"),
    ],
    "helper": [(_("Who I do things for"), "people:acting-for"), (_("Care I give"), "plans:caring")],
    "social_worker": [("My people", "reports:my-people"), ("Letters to post", "people:post")],
    "manager": [("Plans to agree", "plans:to-agree"), ("Not agreed", "budgets:challenges")],
    "commissioner": [
        ("What waits", "commissioning:waiting"),
        ("Contracts", "commissioning:contracts"),
        ("Providers", "providers:providers"),
        ("Reports", "reports:choose"),
    ],
    "finance_officer": [
        ("Month end", "reconciliation:months"),
        ("Held lines", "reconciliation:holds"),
        ("Payments", "invoices:payments"),
        ("Direct payments", "budgets:payments"),
        ("Not agreed", "budgets:challenges"),
        ("Hand-over", "reports:hand-over"),
        ("Reports", "reports:choose"),
    ],
    "provider_staff": [
        ("What you can do", "reports:provider-home"),
        ("Your invoices", "invoices:own-invoices"),
        ("Calls and offers", "commissioning:open-calls"),
    ],
    "administrator": [
        ("Policy", "people:policy"),
        ("How budgets are worked out", "plans:ras"),
        ("Letters to post", "people:post"),
        ("National returns", "reports:returns"),
        ("Keys of councils", "moving:our-keys"),
    ],
}


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, which is every request but those a view declares public."""

    user: "User"
    # The authority one chose to act under; none: for oneself.
    acting_under: "Callable[[], Authority | None]"
    # The person one acts for, or oneself; none: nobody who draws on care.
    whose_page: "Callable[[], Person | None]"
    # Whether a person is oneself (in any council), or the one for whom one does things here.
    is_own: "Callable[[Person], bool]"
    # How they want pages to be; none: never asked.
    settings_in_use: "Callable[[], PersonalSettings | None]"
    # The council whose page this is, with its brand; none: not known.
    whose_council: "Callable[[], Council | None]"
    # Says that the page shows parts (people.models.Part) of a person's record: it is written down who looked.
    shows: "Callable[..., None]"


@dataclass(frozen=True)
class Way:
    """A way on from any page, in the bar at its top."""

    words: str
    address: str
    is_here: bool


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """
    Answer with a page. A `form` among the context is the one whose errors the page tells of.

    Whoever reads easy words gets the page of the same name under templates/easy/, as far as there is one.
    """
    likes = settings_in_use(request)
    versions = [f"easy/{template}", template] if likes and likes.is_easy else [template]
    return render(request, versions, context, status=status)


def settings_in_use(request: HttpRequest) -> "PersonalSettings | None":
    """Give how whoever reads wants pages to be; none where they were never asked, or nobody knows who they are."""
    ask = getattr(request, "settings_in_use", None)
    return ask() if ask else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template, error pages included, what the shell shows. A context processor."""
    return {
        "is_demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "ways": SimpleLazyObject(lambda: ways_of(request)),
        "likes": SimpleLazyObject(lambda: settings_in_use(request)),
        "brand": SimpleLazyObject(lambda: brand_of(request)),
        "helped": SimpleLazyObject(lambda: helped_by(request)),
        "asks_how": SimpleLazyObject(lambda: asks_how(request)),
    }


def brand_of(request: HttpRequest) -> "Brand | None":
    """Give the colours of the council whose page it is; none: the house's own."""
    ask = getattr(request, "whose_council", None)
    return getattr(ask(), "brand", None) if ask else None


def helped_by(request: HttpRequest) -> "Person | None":
    """Give the person for whom whoever asks does things here; none where they are here for themselves."""
    ask = getattr(request, "acting_under", None)
    authority = ask() if ask else None
    return authority.person if authority else None


def asks_how(request: HttpRequest) -> bool:
    """Tell whether to ask how pages should be: once, of whoever is here for themselves and never said."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated and hasattr(request, "settings_in_use")
    return is_known and helped_by(request) is None and settings_in_use(request) is None


def is_helper(user: "User", person: "Person | None") -> bool:
    """Tell whether somebody was ever asked to act for others, and may still. Whose page it is knows it already."""
    if person is not None:
        return bool(getattr(person, "helps_others", False))
    if user.roles.all():
        return False
    known = getattr(user, "helps_others", None)  # who is signed in brings the answer along
    return user.authorities.filter(withdrawn_at__isnull=True).exists() if known is None else bool(known)


def ways_of(request: HttpRequest) -> list[Way]:
    """Say where whoever asks can go, in the order of `WAYS`; nobody in particular can go nowhere."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    held = {role.kind for role in user.roles.all()}
    person = request.whose_page() if hasattr(request, "whose_page") else None
    if person is not None:
        held.add("person")
    if getattr(user, "works_for_provider", False):  # who is signed in brings the answer along
        held.add("provider_staff")
    if is_helper(user, person):
        held.add("helper")
    names = {name: words for kind, ways in WAYS.items() if kind in held for words, name in ways}
    here = [(str(words), reverse(name)) for name, words in names.items()]
    return [Way(words, address, request.path.startswith(address)) for words, address in here]
