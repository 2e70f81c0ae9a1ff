"""Records of visits: what was delivered to whom, from when to when, with duplicates and overlaps found."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from invoices.actions.visits import VisitTaken, record_visits
from invoices.api import examples
from invoices.api.asking import WORD, PagesQuestion, key_of, page_shape
from invoices.api.describing import JSON, PROBLEM, an_object, answered, header, refused
from invoices.api.description import DAY, TEXT
from invoices.api.reading import read_idempotency_key, read_payload
from invoices.api.reads import SystemView, list_of, one_of
from invoices.api.refusals import Fault, refuse_unreadable
from invoices.api.shapes import Day, Instant
from invoices.api.writing import ALWAYS_REFUSED, named, row_problem, write_once, written_headers
from invoices.models import ChangeKind, Operation, Visit
from invoices.queries.visits import tag_of_visit
from invoices.rules import UnreadableDocument
from invoices.rules.document import UNITS
from invoices.rules.visits import INSTANT, MOST_VISITS, VisitRecord, read_visit, visit_rows
from providers.models import SystemKey

READ, WRITE = "visits:read", "visits:write"
MOMENT = {"type": "string", "format": "date-time", "pattern": f"^{INSTANT.pattern}$"}
VISIT = an_object(
    "A visit.",
    {
        "ref": TEXT | {"maxLength": 60, "description": "Your own id for the visit, used once."},
        "contract_ref": TEXT | {"maxLength": 40},
        "service_code": TEXT | {"maxLength": 40},
        "service_date": DAY | {"description": "The day it began, in this country's time."},
        "start": MOMENT,
        "end": MOMENT | {"description": "After the start, and at most 24 hours later."},
        "units": {
            "type": "string",
            "pattern": f"^{UNITS.pattern}$",
            "description": "In the service's unit, in quotes; above zero.",
        },
        "member_ref": TEXT
        | {"maxLength": 40, "description": "Whose visit it was, for services each pays by use."},
    },
    optional=["member_ref"],
)
VISITS = an_object(
    "Records of visits.",
    {"visits": {"type": "array", "minItems": 1, "maxItems": MOST_VISITS, "items": VISIT}},
)


@extend_schema_serializer(component_name="Visit")
class VisitShape(serializers.Serializer[Any]):
    """A visit as it was recorded."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    contract_ref = serializers.CharField(source="contract.ref")
    service_code = serializers.CharField(source="service.code")
    service_date = serializers.DateField()
    start = Instant(source="started_at")
    end = Instant(source="ended_at")
    units = serializers.DecimalField(max_digits=14, decimal_places=4, normalize_output=True)
    member_ref = serializers.CharField(source="membership.ref", default="", allow_blank=True)
    received_at = Instant()
    withdrawn_at = Instant(allow_null=True, help_text="Since when it counts no more; null: it stands.")
    withdrawn_reason = serializers.CharField(help_text="Why it was withdrawn; empty where it stands.")


@extend_schema_serializer(component_name="VisitRow")
class VisitRowShape(serializers.Serializer[Any]):
    """What became of one record."""

    index = serializers.IntegerField()
    ref = serializers.CharField(allow_null=True)
    status = serializers.IntegerField(help_text="201 kept; 200 it came before; 404, 409, 422 refused.")
    id = serializers.UUIDField(allow_null=True)
    overlaps = serializers.ListField(
        child=serializers.CharField(),
        help_text="Your ids of visits of the same member (or shared service) at the same time. It is kept.",
    )
    problem = serializers.SerializerMethodField()

    @extend_schema_field({"oneOf": [PROBLEM, {"type": "null"}]})
    def get_problem(self, row: dict[str, Any]) -> Any:
        """Give the refusal."""
        return row["problem"]


@extend_schema_serializer(component_name="VisitsAnswer")
class VisitsAnswerShape(serializers.Serializer[Any]):
    """What became of each record, in the order of the list."""

    kept = serializers.IntegerField(help_text="How many are new.")
    came_before = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = VisitRowShape(many=True)


class VisitsQuestion(PagesQuestion):
    """Which visits to list."""

    contract = serializers.RegexField(WORD, required=False, trim_whitespace=False, max_length=40)
    ref = serializers.RegexField(WORD, required=False, trim_whitespace=False, max_length=60)
    from_date = Day(required=False, help_text="On this day or later.")
    before_date = Day(required=False, help_text="Before this day.")


VisitPage = page_shape("VisitPage", VisitShape)


def visits_of(key: SystemKey) -> QuerySet[Visit]:
    """Give the visits of the provider whose system asks."""
    return Visit.objects.visible_to(key).select_related("contract", "service", "membership")


def _chosen(asked: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "contract": "contract__ref",
        "ref": "ref",
        "from_date": "service_date__gte",
        "before_date": "service_date__lt",
    }
    return {field: asked[name] for name, field in fields.items() if name in asked}


class VisitsView(SystemView):
    """A provider's records of visits."""

    http_method_names = ["get", "head", "post"]
    scopes = {"GET": READ, "HEAD": READ, "POST": WRITE}

    @extend_schema(
        operation_id="list_visits",
        tags=["Visits"],
        summary="List your records of visits",
        description="The newest first, or what changed with `updated_since`.",
        parameters=[VisitsQuestion],
        responses={
            **answered(200, VisitPage, "A page of visits", examples.VISIT_PAGE),
            **refused("invalid_parameter"),
        },
    )
    def get(self, request: Request) -> Response:
        """List visits."""
        return list_of(
            request,
            rows=visits_of,
            kind=ChangeKind.VISIT,
            write=lambda rows: list(VisitShape(rows, many=True).data),
            question=VisitsQuestion,
            chosen=_chosen,
        )

    @extend_schema(
        operation_id="send_visits",
        tags=["Visits"],
        summary="Send records of visits",
        description="Each is kept, or refused, by itself; the answer is `207` with a result for each. A visit of the "
        "same service, member and times under another id is a duplicate and refused; one that overlaps another is "
        "kept, and says which. Records cost nothing: what is paid is what you invoice.",
        request={JSON: VISITS},
        parameters=written_headers(on=[207]),
        examples=[OpenApiExample("a visit", value=examples.VISITS, request_only=True, media_type=JSON)],
        responses={
            **answered(207, VisitsAnswerShape, "A result for each", examples.VISITS_ANSWER),
            **refused(*ALWAYS_REFUSED, "wrong_document"),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Keep records of visits, each by itself."""
        read_idempotency_key(request)
        payload = read_payload(request)
        records, refusals = _read(payload)
        key = key_of(request)

        def act() -> dict[str, Any]:
            taken = record_visits(records=records, provider=key.provider, by=key.label)
            return _answer(records, taken, refusals)

        return write_once(request, operation=Operation.SEND_VISITS, sent=payload, status=207, act=act)


class VisitView(SystemView):
    """One record of a visit."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="look_at_visit",
        tags=["Visits"],
        summary="Look at one record of a visit",
        description="As it was recorded, and whether it was withdrawn. To withdraw it, send its ETag as `If-Match`.",
        parameters=[header("ETag", "What If-Match says when you withdraw it.", on=[200])],
        responses={**answered(200, VisitShape, "A visit", examples.VISIT), **refused("unknown_visit")},
    )
    def get(self, request: Request, visit_id: UUID) -> Response:
        """Look at a visit."""
        visit = one_of(request, visits_of, visit_id, code="unknown_visit")
        return Response(VisitShape(visit).data, headers={"ETag": f'"{tag_of_visit(visit)}"'})


def _read(payload: Any) -> tuple[list[tuple[int, VisitRecord]], dict[int, dict[str, Any]]]:
    """Read what can be read of the records; the others are refused by themselves."""
    try:
        rows: Sequence[Any] = visit_rows(payload)
    except UnreadableDocument as trouble:
        raise refuse_unreadable(trouble) from None
    records, refusals = [], {}
    for place, row in enumerate(rows):
        try:
            records.append((place, read_visit(row, pointer=f"/visits/{place}")))
        except UnreadableDocument as trouble:
            faults: list[Fault] = [
                {"pointer": p.pointer, "code": p.code, "detail": p.detail} for p in trouble.problems
            ]
            said = f"{len(faults)} thing{'s are' if len(faults) > 1 else ' is'} wrong with this record."
            problem = row_problem("wrong_visit", said, faults)
            refusals[place] = _row(place, named(row, "ref"), 422, problem=problem)
    return records, refusals


def _row(
    place: int,
    ref: str | None,
    status: int,
    *,
    visit: Visit | None = None,
    overlaps: Sequence[str] = (),
    problem: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "index": place,
        "ref": ref,
        "status": status,
        "id": visit.pk if visit else None,
        "overlaps": list(overlaps),
        "problem": problem,
    }


def _answer(
    records: Sequence[tuple[int, VisitRecord]],
    taken: Sequence[VisitTaken],
    refusals: dict[int, dict[str, Any]],
) -> dict[str, Any]:
    """Write a result for each record, in the order of the list."""
    refs = {place: record.ref for place, record in records}
    rows = dict(refusals)
    for one in taken:
        if one.refusal is None:
            status = 201 if one.is_first else 200
            rows[one.place] = _row(one.place, refs[one.place], status, visit=one.visit, overlaps=one.overlaps)
            continue
        pointer = f"/visits/{one.place}/{one.refusal.field}"
        fault: Fault = {"pointer": pointer, "code": one.refusal.code, "detail": str(one.refusal)}
        problem = row_problem(one.refusal.code, str(one.refusal), [fault])
        rows[one.place] = _row(one.place, refs[one.place], problem["status"], problem=problem)
    results = [rows[place] for place in sorted(rows)]
    statuses = [row["status"] for row in results]
    new, before = statuses.count(201), statuses.count(200)
    return {"kept": new, "came_before": before, "refused": len(results) - new - before, "results": results}
