"""
A session that runs out in the middle of a form: the text is kept, and given back to whoever wrote it.

It lies in the session of whoever has not signed in yet, for half an hour. It is bound to the user whose session this
browser had last, it is shown to nobody else, and it is never sent by itself: one checks it and sends it again.
"""

import time
from collections.abc import Callable
from typing import Any, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from commonpurse.sign_in.here import was_here
from commonpurse.sign_in.refill import refill
from people.models import User

KEY = "kept_text"
KEPT_FOR_SECONDS = 30 * 60
MOST_BYTES = 64 * 1024


class Kept(TypedDict):
    """What was written: whose it is, when, to which address it went, on which page its form stood, and the answers."""

    owner: str
    at: float
    posted_to: str
    page: str
    fields: dict[str, list[str]]


class KeepText:
    """Middleware, before the one that sends strangers to sign in: keeps what they had written, and gives it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = _due(request)
        response = self.get_response(request)
        if kept is None or response.streaming or 300 <= response.status_code < 400:
            return response
        del request.session[KEY]
        return _given_back(request, response, kept)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Keep the answers of somebody whose session ran out. Their form has passed the guard against forgery."""
        is_refused = not request.user.is_authenticated and getattr(view, "login_required", True)
        if request.method != "POST" or not is_refused:
            return None
        owner = was_here(request)
        fields = {str(name): list(map(str, values)) for name, values in request.POST.lists()}
        fields.pop("csrfmiddlewaretoken", None)
        if owner is None or not fields or _bytes_of(fields) > MOST_BYTES:
            return None
        page = _page_of_the_form(request)
        request.session[KEY] = Kept(
            owner=str(owner), at=time.time(), posted_to=request.get_full_path(), page=page, fields=fields
        )
        return redirect_to_login(page)


def _due(request: HttpRequest) -> Kept | None:
    """What is to be given back with this page. What is too old, or somebody else's, is forgotten."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or KEY not in request.session:
        return None
    kept: Kept = request.session[KEY]
    user = request.user
    if time.time() - kept["at"] > KEPT_FOR_SECONDS or (
        isinstance(user, User) and str(user.pk) != kept["owner"]
    ):
        del request.session[KEY]
        return None
    is_here = isinstance(user, User) and request.method == "GET" and request.get_full_path() == kept["page"]
    return kept if is_here else None


def _given_back(request: HttpRequest, response: HttpResponse, kept: Kept) -> HttpResponse:
    """The page with its form filled in again; where the form is gone, the words alone, to be copied."""
    if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
        band = render_to_string("account/kept_band.html")
        filled = refill(
            response.content.decode(), posted_to=kept["posted_to"], fields=kept["fields"], band=band
        )
        if filled is not None:
            response.content = filled.encode()
            return response
    words = [value for values in kept["fields"].values() for value in values if value.strip()]
    return render(request, "account/kept.html", {"words": words})


def _page_of_the_form(request: HttpRequest) -> str:
    """The page the form stood on: where the browser says it came from, if that is one of ours."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return request.get_full_path()
    return came_from._replace(scheme="", netloc="", fragment="").geturl()


def _bytes_of(fields: dict[str, list[str]]) -> int:
    return sum(len(words.encode()) for name, values in fields.items() for words in (name, *values))
