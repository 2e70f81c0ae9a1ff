"""Held lines of a provider: why they wait, whose turn it is, whom to ask, and what was answered."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from invoices.api import examples
from invoices.api.asking import WORD, PagesQuestion, page_shape
from invoices.api.describing import answered, header, refused
from invoices.api.reads import SystemView, list_of, one_of
from invoices.api.shapes import Instant, ReasonShape
from invoices.models import ChangeKind, HoldReason, HoldState, MediaType
from invoices.queries.holds import holds_of, newest_reply, tag_of, whom_to_ask

READ = "invoices:read"


@extend_schema_serializer(component_name="Attachment")
class AttachmentShape(serializers.Serializer[Any]):
    """A file that was sent about a held line."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    media_type = serializers.ChoiceField(choices=MediaType.choices)
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="In hexadecimal.")


@extend_schema_serializer(component_name="Reply")
class ReplyShape(serializers.Serializer[Any]):
    """What you answered about a held line."""

    words = serializers.CharField()
    written_at = Instant()
    attachment = AttachmentShape(allow_null=True)


@extend_schema_serializer(component_name="HeldLine")
class HeldLineShape(serializers.Serializer[Any]):
    """A held line with its reason, whose turn it is, and whom to ask. `note` says why it was rejected."""

    id = serializers.UUIDField()
    invoice_id = serializers.UUIDField(source="line.invoice_id")
    invoice_number = serializers.CharField(source="line.invoice.number")
    contract_ref = serializers.CharField(source="line.invoice.contract.ref")
    line_number = serializers.IntegerField(source="line.line_number")
    amount_pence = serializers.IntegerField(source="line.amount_pence")
    reason = ReasonShape()
    state = serializers.ChoiceField(choices=HoldState.choices)
    owner = serializers.CharField(help_text='Whose turn it is: "provider", or a role of the council.')
    whom_to_ask = serializers.SerializerMethodField(help_text="Whose turn it is, in words.")
    due_date = serializers.DateField(help_text="By when they should have answered.")
    opened_at = Instant()
    resolved_at = Instant(allow_null=True)
    note = serializers.SerializerMethodField()
    reply = serializers.SerializerMethodField()

    @extend_schema_field(ReplyShape(allow_null=True))
    def get_reply(self, hold: Any) -> Any:
        """Give the answer that counts."""
        reply = newest_reply(hold)
        return ReplyShape(reply).data if reply else None

    def get_whom_to_ask(self, hold: Any) -> str:
        """Say whose turn it is."""
        return whom_to_ask(hold)

    def get_note(self, hold: Any) -> str | None:
        """Show why a line was rejected; other notes are the council's own."""
        return hold.note if hold.state == HoldState.REJECTED else None


HeldLinePage = page_shape("HeldLinePage", HeldLineShape)


class HoldsQuestion(PagesQuestion):
    """Which holds to list."""

    state = serializers.ChoiceField(required=False, choices=HoldState.choices)
    reason = serializers.ChoiceField(required=False, choices=HoldReason.choices)
    owner = serializers.RegexField(
        WORD,
        required=False,
        trim_whitespace=False,
        max_length=20,
        help_text="`provider`: what waits for you.",
    )
    invoice = serializers.UUIDField(required=False, help_text="Only of the invoice with this id.")


def _chosen(asked: dict[str, Any]) -> dict[str, Any]:
    fields = {"state": "state", "reason": "reason", "owner": "owner", "invoice": "line__invoice"}
    return {field: asked[name] for name, field in fields.items() if name in asked}


class HoldsView(SystemView):
    """The holds on a provider's lines."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="list_holds",
        tags=["Holds"],
        summary="List the lines that wait",
        description="With `state=open` and `owner=provider`: what waits for you.",
        parameters=[HoldsQuestion],
        responses={
            **answered(200, HeldLinePage, "A page of held lines", examples.HOLD_PAGE),
            **refused("invalid_parameter"),
        },
    )
    def get(self, request: Request) -> Response:
        """List holds."""
        return list_of(
            request,
            rows=holds_of,
            kind=ChangeKind.HOLD,
            write=lambda rows: list(HeldLineShape(rows, many=True).data),
            question=HoldsQuestion,
            chosen=_chosen,
        )


class HoldView(SystemView):
    """One hold."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="look_at_hold",
        tags=["Holds"],
        summary="Look at one held line",
        description="As it stands now, with your answer. To answer, send its ETag as `If-Match`.",
        parameters=[header("ETag", "What If-Match says when you answer.", on=[200])],
        responses={**answered(200, HeldLineShape, "A held line", examples.HOLD), **refused("unknown_hold")},
    )
    def get(self, request: Request, hold_id: UUID) -> Response:
        """Look at a hold."""
        hold = one_of(request, holds_of, hold_id, code="unknown_hold")
        return Response(HeldLineShape(hold).data, headers={"ETag": f'"{tag_of(hold)}"'})
