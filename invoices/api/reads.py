"""What every address of the API has in common: a token with its scope, a limit, and pages of rows."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from invoices.api.asking import PagesQuestion, find_page, key_of, read_question
from invoices.api.authentication import HasScope, SystemKeyAuthentication
from invoices.api.limits import KeyLimit, tell_limit
from invoices.api.refusals import Refusal
from invoices.models import ChangeKind
from providers.models import SystemKey


class SystemView(APIView):
    """An address for providers' systems: a token of theirs, with the scope that `scopes` names for each method."""

    authentication_classes = [SystemKeyAuthentication]
    permission_classes = [HasScope]
    throttle_classes = [KeyLimit]
    http_method_names = ["get", "head"]
    scopes: ClassVar[dict[str, str]] = {}

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Say with every answer how many requests are left in this minute."""
        return tell_limit(request, super().finalize_response(request, response, *args, **kwargs))


def list_of(
    request: Request,
    *,
    rows: Callable[[SystemKey], QuerySet[Any, Any]],
    kind: ChangeKind,
    write: Callable[[list[Any]], list[Any]],
    question: type[serializers.Serializer[Any]] = PagesQuestion,
    chosen: Callable[[dict[str, Any]], dict[str, Any]] = lambda _: {},
) -> Response:
    """Answer with a page of a provider's own rows; `chosen` gives the conditions of what was asked for."""
    asked = read_question(request, question)
    found = find_page(request, asked, rows(key_of(request)).filter(**chosen(asked)), kind)
    return Response(found.page(write(found.rows)))


def one_of(request: Request, rows: Callable[[SystemKey], QuerySet[Any, Any]], pk: UUID, *, code: str) -> Any:
    """
    Give one of a provider's own rows.

    :raises Refusal: there is none with this id, or it is somebody else's.
    """
    found: Model | None = rows(key_of(request)).filter(pk=pk).first()
    if found is None:
        raise Refusal(code, "You have none with this id.")
    return found
