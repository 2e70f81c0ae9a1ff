"""Addresses that fail in every way there is, for tests of what is answered then."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from rest_framework.exceptions import ParseError, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

TROUBLES: dict[str, Exception] = {
    "bug": ZeroDivisionError("a secret of ours"),
    "lock": OperationalError("deadlock detected"),
    "gone": InterfaceError("connection already closed"),
    "busy": Throttled(wait=3),
    "missing": Http404(),
    "forbidden": PermissionDenied(),
    "parse": ParseError(),
    "invalid": ValidationError({"a": ["b"]}),
    "huge": RequestDataTooBig("too big"),
}


class FailingView(APIView):
    """Raises what it is told."""

    permission_classes: Any = []

    def get(self, request: Request, name: str) -> HttpResponse:
        """Fail."""
        raise TROUBLES[name]


def fail(request: HttpRequest) -> HttpResponse:
    """Fail outside Django REST framework."""
    raise ZeroDivisionError("a secret of ours")


urlpatterns = [
    path("api/v1/fail/<str:name>", FailingView.as_view()),
    path("api/v1/page", fail),
    path("page", fail),
]
