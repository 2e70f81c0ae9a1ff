"""What stays in a browser that others use too, such as the library's: nothing, once somebody has signed out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SIGN_OUT = "account_logout"


class NothingStays:
    """
    Middleware: pages of a session are kept by no proxy, and by the browser until its owner signs out.

    Until then "Back" shows a page with the text that was written in it: forbidding that (`no-store`) would lose it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if (
            request.method == "POST"
            and request.resolver_match
            and request.resolver_match.view_name == SIGN_OUT
        ):
            response["Clear-Site-Data"] = '"cache"'
        return response
