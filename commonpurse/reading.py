"""
How the page is to be read: in whose settings, in which language, and in which council's look.

A person's page follows the person's settings, whoever helps them with it; any other page those of its reader. What
nobody was ever asked for stays as it is for everybody.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from commonpurse.asked_often import AskedOften, found_with
from commonpurse.pages import SignedIn, settings_in_use
from people.models import Council, Person, PersonalSettings, Role, User

ROLES = AskedOften(
    lambda user: (
        Role.objects.filter(user=user).select_related("user__settings", "council__brand").order_by("pk")
    ),
    user="uuid",
)


class AsReadersLike:
    """
    Middleware: every request can be asked how its reader wants pages to be, and speaks their language.

    `request.settings_in_use()` gives their settings (none: never asked), `request.whose_council()` the council whose
    page it is (none: not known). Each is looked up once, when it is first asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its two questions."""
        asked = cast("SignedIn", request)
        likes = cache(lambda: likes_of(request.user, asked.whose_page()))
        whose_council = cache(lambda: council_of(request.user, asked.whose_page()))
        asked.settings_in_use, asked.whose_council = likes, whose_council
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Speak the reader's language."""
        speak_to_reader(request)


def speak_to_reader(request: HttpRequest) -> None:
    """Speak the language of the reader's settings from now on; without a session there is no reader to ask."""
    likes = settings_in_use(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if likes is not None and likes.language in dict(settings.LANGUAGES):
        translation.activate(likes.language)
        request.LANGUAGE_CODE = likes.language


def likes_of(user: User | AnonymousUser, person: Person | None) -> PersonalSettings | None:
    """Give the settings of the person whose page it is; where it is nobody's, those of who reads it."""
    if person is not None:
        return getattr(person, "settings", None)
    if not isinstance(user, User):
        return None
    roles = roles_of(user)
    return getattr(roles[0].user if roles else user, "settings", None)


def council_of(user: User | AnonymousUser, person: Person | None) -> Council | None:
    """Give the council of the person whose page it is; where it is nobody's, the first that its reader works for."""
    if person is not None:
        return person.council
    roles = roles_of(user) if isinstance(user, User) else []
    return roles[0].council if roles else None


def roles_of(user: User) -> list[Role]:
    """
    Give what somebody does for which council, oldest first; asked once a request.

    In the same query come what every page of theirs needs: their settings, and the council's look. What was found
    stays with the user, so that `has_role` need not ask again.
    """
    if "roles" not in getattr(user, "_prefetched_objects_cache", {}):
        found_with(user, "roles", ROLES(user=user.pk))
    return list(user.roles.all())
