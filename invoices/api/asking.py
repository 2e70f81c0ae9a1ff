"""Reading what is asked for, a page at a time: the newest first, or whatever changed since a place."""

import re
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from invoices.api.refusals import Fault, Refusal
from invoices.models import ChangeKind
from invoices.queries.feed import BEGINNING, WRITTEN, NoSuchPlace, Place, changes_since, read_place
from invoices.rules import document
from providers.models import SystemKey

WORD = re.compile(rf"^{document.WORD.pattern}\Z")
Row = TypeVar("Row", bound=Model)
MOST_ON_A_PAGE = 100
PLACE = rf"^({BEGINNING}|{WRITTEN.pattern})\Z"


class PagesQuestion(serializers.Serializer[Any]):
    """Which page, and how long it may be."""

    cursor = serializers.UUIDField(
        required=False, help_text="Where the page before ended: take it from `next`."
    )
    limit = serializers.IntegerField(
        default=50, min_value=1, max_value=MOST_ON_A_PAGE, help_text="How many on a page at most."
    )
    updated_since = serializers.RegexField(
        PLACE,
        required=False,
        max_length=45,
        trim_whitespace=False,
        help_text="Only what was made or changed since then: `0` the first time, and later the `updated_since` of the "
        "answer before. Nothing is missed however late somebody commits. Goes with `limit` alone.",
    )


class Found(NamedTuple, Generic[Row]):
    """A page: its rows in order, what is no longer there, and how to go on."""

    rows: list[Row]
    gone: list[UUID]
    next: str | None
    updated_since: str | None

    def page(self, results: list[Any]) -> dict[str, Any]:
        """Write the page with its rows as they are answered."""
        return {
            "results": results,
            "gone": [str(one) for one in self.gone],
            "next": self.next,
            "updated_since": self.updated_since,
        }


def page_shape(name: str, rows: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Make the shape of a page of such rows."""
    fields = {
        "__doc__": "A page: the newest first, or what changed in the order in which it did.",
        "results": rows(many=True),
        "gone": serializers.ListField(
            child=serializers.UUIDField(),
            help_text="With `updated_since`: ids that are not to be seen any more.",
        ),
        "next": serializers.URLField(
            allow_null=True, help_text="The next page; null on the last, and when you are up to date."
        ),
        "updated_since": serializers.CharField(
            allow_null=True, help_text="Ask with this the next time; null where you did not ask with one."
        ),
    }
    shape: type[serializers.Serializer[Any]] = type(name, (serializers.Serializer,), fields)
    return extend_schema_serializer(component_name=name)(shape)


def key_of(request: Request) -> SystemKey:
    """Give the key of the system that asks."""
    assert isinstance(request.auth, SystemKey)  # HasScope lets nobody else pass
    return request.auth


def read_question(request: Request, question_shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """
    Read the query, and refuse what it does not know rather than leave it out.

    :raises Refusal: with the parameters that are wrong.
    """
    sent = request.query_params
    faults: list[Fault] = [
        {"parameter": name, "code": "unknown_parameter", "detail": "We do not know this parameter."}
        for name in sorted(set(sent) - set(question_shape().fields))
    ]
    faults += [
        {"parameter": name, "code": "sent_twice", "detail": "Send this parameter once."}
        for name, values in sent.lists()
        if len(values) > 1
    ]
    question = question_shape(data=dict(sent.items()))
    if not question.is_valid():
        faults += [
            {"parameter": name, "code": "invalid", "detail": " ".join(map(str, said))}
            for name, said in question.errors.items()
        ]
    if "updated_since" in sent:
        faults += [
            {"parameter": name, "code": "not_together", "detail": "updated_since goes with limit alone."}
            for name in sorted(set(sent) & set(question_shape().fields) - {"updated_since", "limit"})
        ]
    if faults:
        raise Refusal("invalid_parameter", "We do not understand part of the question.", errors=faults)
    asked: dict[str, Any] = question.validated_data
    return asked


def find_page(
    request: Request, asked: Mapping[str, Any], rows: QuerySet[Row, Row], kind: ChangeKind
) -> Found[Row]:
    """
    Give a page of rows: what changed since the place asked for, otherwise the newest first.

    :raises Refusal: what was given as the place is none.
    """
    if "updated_since" in asked:
        return _what_changed(request, asked, rows, kind)
    limit = asked["limit"]
    if "cursor" in asked:
        rows = rows.filter(pk__lt=asked["cursor"])
    found = list(rows.order_by("-pk")[: limit + 1])  # identifiers grow with time
    page = found[:limit]
    more = _address(request, cursor=str(page[-1].pk)) if len(found) > limit else None
    return Found(page, [], more, None)


def _what_changed(
    request: Request, asked: Mapping[str, Any], rows: QuerySet[Row, Row], kind: ChangeKind
) -> Found[Row]:
    try:
        place = read_place(asked["updated_since"])
    except NoSuchPlace:  # the shape lets nothing else pass
        place = Place()
    changes = changes_since(
        provider_id=key_of(request).provider_id, kind=kind, place=place, limit=asked["limit"]
    )
    there = rows.in_bulk(changes.object_ids)
    return Found(
        [there[one] for one in changes.object_ids if one in there],
        [one for one in changes.object_ids if one not in there],
        None if changes.is_all else _address(request, updated_since=str(changes.place)),
        str(changes.place),
    )


def _address(request: Request, **changed: str) -> str:
    """Give the address that was asked for with something else in its query."""
    query = dict(request.query_params.items()) | changed
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
