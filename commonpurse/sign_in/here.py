"""Who was here last in this browser, and when: a signed cookie that outlives the session, and the list of sessions."""

from collections.abc import Callable
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import User

COOKIE = "was_here"
SALT = "commonpurse.sign_in.here"
SEEN_EVERY_SECONDS = 5 * 60
# Longer than a session, so that text can be kept for whoever's session ran out.
KNOWN_FOR_SECONDS = 2 * settings.SESSION_COOKIE_AGE


def was_here(request: HttpRequest, *, within_seconds: int = KNOWN_FOR_SECONDS) -> UUID | None:
    """Say whose session this browser had last, if it had one lately."""
    owner = request.get_signed_cookie(COOKIE, default=None, salt=SALT, max_age=within_seconds)
    return UUID(owner) if owner else None


def remember(response: HttpResponse, user: User) -> None:
    """Note in the browser whose session it has. The note says nothing to anybody else, and opens nothing."""
    response.set_signed_cookie(
        COOKIE,
        str(user.pk),
        salt=SALT,
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class WhoWasHere:
    """Middleware: every few minutes, note that a session was used. Between, it asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return response
        user = request.user
        if isinstance(user, User) and was_here(request, within_seconds=SEEN_EVERY_SECONDS) != user.pk:
            sessions = UserSession.objects.filter(session_key=request.session.session_key, user=user)
            sessions.update(last_seen_at=timezone.now())
            remember(response, user)
        return response
