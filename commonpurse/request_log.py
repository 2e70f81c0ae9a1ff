"""A line in the log for a request that went wrong: which page, never what was searched for or carried along."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class PathOnly(RequestMiddleware):
    """Django-structlog's middleware without the query of an address: it may hold a place, a name or a sign-in."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Say which page was asked for."""
        return f"{request.method} {request.path}"
