"""Withdrawing the record of a visit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request

from invoices.actions.withdraw_visit import LONGEST_REASON, UnableToWithdraw, withdraw_visit
from invoices.api import examples
from invoices.api.asking import key_of
from invoices.api.describing import JSON, an_object, answered, header, refused
from invoices.api.reading import read_idempotency_key, read_payload
from invoices.api.reads import SystemView, one_of
from invoices.api.refusals import Fault, Refusal
from invoices.api.visits import WRITE, VisitShape, visits_of
from invoices.api.writing import (
    ALWAYS_REFUSED,
    IF_MATCH,
    is_text,
    read_if_match,
    write_once,
    written_headers,
)
from invoices.models import Operation, Visit
from invoices.queries.visits import tag_of_visit

WITHDRAWAL = an_object(
    "Why the record is withdrawn.",
    {"reason": {"type": "string", "minLength": 1, "maxLength": LONGEST_REASON, "pattern": r"\S"}},
)


class WithdrawalView(SystemView):
    """The withdrawal of one record."""

    http_method_names = ["put"]
    scopes = {"PUT": WRITE}

    @extend_schema(
        operation_id="withdraw_visit",
        tags=["Visits"],
        summary="Withdraw the record of a visit",
        description="For a record that was wrong. It stays to be seen, with when and why it was withdrawn, and its "
        "time can be recorded anew under another id. While what was billed and accepted rests on it, send a credit "
        "note first.",
        request={JSON: WITHDRAWAL},
        parameters=[
            IF_MATCH,
            *written_headers(on=[200]),
            header("ETag", "Of the record as it is now.", on=[200]),
        ],
        examples=[OpenApiExample("a reason", value=examples.WITHDRAWAL, request_only=True, media_type=JSON)],
        responses={
            **answered(200, VisitShape, "The record, withdrawn", examples.WITHDRAWN_VISIT),
            **refused(
                *ALWAYS_REFUSED,
                *("unknown_visit", "visit_is_billed", "visit_is_withdrawn", "visit_has_changed"),
                *("wrong_withdrawal", "if_match_required"),
            ),
        },
    )
    def put(self, request: Request, visit_id: UUID) -> HttpResponse:
        """Withdraw a record."""
        read_idempotency_key(request)
        seen = read_if_match(request)
        payload = read_payload(request)
        reason = _read_reason(payload)
        visit: Visit = one_of(request, visits_of, visit_id, code="unknown_visit")

        def act() -> Any:
            try:
                withdraw_visit(visit=visit, reason=reason, seen=seen, by=key_of(request), at=timezone.now())
            except UnableToWithdraw as trouble:
                raise _refuse(trouble) from trouble
            return VisitShape(visits_of(key_of(request)).get(pk=visit.pk)).data

        response = write_once(request, operation=Operation.WITHDRAW_VISIT, sent=payload, status=200, act=act)
        response["ETag"] = f'"{tag_of_visit(visits_of(key_of(request)).get(pk=visit.pk))}"'
        return response


def _read_reason(payload: Any) -> str:
    """Read why; anything else is refused."""
    fields = payload if isinstance(payload, dict) else {}
    faults: list[Fault] = [
        {"pointer": f"/{name[:60]}", "code": "unknown_field", "detail": "We do not know this field."}
        for name in sorted(set(fields) - {"reason"})
    ]
    if not is_text(fields.get("reason")):
        faults.append(
            {"pointer": "/reason", "code": "invalid", "detail": "reason must be text, and not empty."}
        )
    if faults:
        raise Refusal("wrong_withdrawal", "The withdrawal is not right. Nothing was stored.", errors=faults)
    return str(fields["reason"])


def _refuse(trouble: UnableToWithdraw) -> Refusal:
    said = f"{trouble} Nothing was changed."
    if not trouble.field:
        return Refusal(trouble.code, said)
    fault: Fault = {"pointer": f"/{trouble.field}", "code": "invalid", "detail": str(trouble)}
    return Refusal(trouble.code, said, errors=[fault])
