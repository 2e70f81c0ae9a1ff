"""Answering about a held line: words, and a file that is kept and never run."""

from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from invoices.actions.replies import LONGEST_WORDS, UnableToAnswer, answer_hold, put_attachment
from invoices.api import examples
from invoices.api.asking import key_of, read_question
from invoices.api.describing import JSON, an_object, answered, header, refused
from invoices.api.holds import AttachmentShape, HeldLineShape
from invoices.api.reading import read_file, read_idempotency_key, read_payload
from invoices.api.reads import SystemView, one_of
from invoices.api.refusals import Fault, Refusal
from invoices.api.writing import ALWAYS_REFUSED, IF_MATCH, is_text, read_if_match, write_once, written_headers
from invoices.models import Attachment, Hold, MediaType, Operation
from invoices.queries.holds import holds_of, tag_of

READ, WRITE = "invoices:read", "invoices:write"
FILE = {"type": "string", "format": "binary", "minLength": 1}
REPLY = an_object(
    "What we should know.",
    {
        "words": {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS, "pattern": r"\S"},
        "attachment_id": {"type": "string", "format": "uuid", "description": "Of a file sent for this line."},
    },
    optional=["attachment_id"],
)


class NameQuestion(serializers.Serializer[Any]):
    """What a file is called."""

    name = serializers.CharField(max_length=200, help_text="What the file is called, without folders.")


class AttachmentsView(SystemView):
    """The files of a held line."""

    http_method_names = ["post"]
    scopes = {"POST": WRITE}

    @extend_schema(
        operation_id="put_attachment",
        tags=["Holds"],
        summary="Send a file about a held line",
        description="The file itself is the body: a PDF, a PNG or JPEG picture, a table as CSV, or plain text in "
        "UTF-8, of at most 5 MB. It has to be what its Content-Type says. Then name its id in your answer.",
        request=dict.fromkeys(MediaType.values, FILE),
        parameters=[NameQuestion, *written_headers(on=[201])],
        responses={
            **answered(201, AttachmentShape, "Kept", examples.ATTACHMENT),
            **refused(
                *ALWAYS_REFUSED, "invalid_parameter", "unknown_hold", "hold_is_resolved", "wrong_answer"
            ),
        },
    )
    def post(self, request: Request, hold_id: UUID) -> HttpResponse:
        """Keep a file."""
        read_idempotency_key(request)
        name = read_question(request, NameQuestion)["name"]
        content, kind = read_file(request, kinds=MediaType.values)
        hold = one_of(request, holds_of, hold_id, code="unknown_hold")

        def act() -> Any:
            try:
                kept = put_attachment(
                    hold=hold,
                    content=content,
                    media_type=kind,
                    name=name,
                    by=key_of(request).label,
                    at=timezone.now(),
                )
            except UnableToAnswer as trouble:
                raise _refuse(trouble) from trouble
            return AttachmentShape(kept).data

        sent = kind.encode() + b"\0" + content
        return write_once(request, operation=Operation.PUT_ATTACHMENT, sent=sent, status=201, act=act)


class AttachmentView(SystemView):
    """One file of a held line, as it was sent."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="fetch_attachment",
        tags=["Holds"],
        summary="Fetch a file you sent",
        description="Byte for byte.",
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="The file."),
            **refused("unknown_hold", "unknown_attachment"),
        },
    )
    def get(self, request: Request, hold_id: UUID, attachment_id: UUID) -> FileResponse:
        """Hand a file out: to be kept, never to be shown or run."""
        hold = one_of(request, holds_of, hold_id, code="unknown_hold")
        kept = hold.attachments.filter(pk=attachment_id).first()
        if kept is None:
            raise Refusal("unknown_attachment", "You have sent no such file for this line.")
        return FileResponse(
            default_storage.open(kept.path),
            as_attachment=True,
            filename=kept.name,
            content_type="application/octet-stream",
            headers={"Content-Security-Policy": "sandbox"},
        )


class ReplyView(SystemView):
    """The answer about a held line."""

    http_method_names = ["put"]
    scopes = {"PUT": WRITE}

    @extend_schema(
        operation_id="answer_hold",
        tags=["Holds"],
        summary="Answer about a held line",
        description="While it waits. A later answer takes the place of an earlier one; both are kept. `If-Match` makes "
        "sure that you answer to what you saw: the council, or a colleague by hand, may have been quicker.",
        request={JSON: REPLY},
        parameters=[
            IF_MATCH,
            *written_headers(on=[200]),
            header("ETag", "Of the held line as it is now.", on=[200]),
        ],
        examples=[OpenApiExample("an answer", value=examples.REPLY_SENT, request_only=True, media_type=JSON)],
        responses={
            **answered(200, HeldLineShape, "The held line with your answer", examples.ANSWERED_HOLD),
            **refused(
                *ALWAYS_REFUSED,
                *(
                    "unknown_hold",
                    "unknown_attachment",
                    "hold_is_resolved",
                    "hold_has_changed",
                    "wrong_answer",
                ),
                "if_match_required",
            ),
        },
    )
    def put(self, request: Request, hold_id: UUID) -> HttpResponse:
        """Answer about a held line."""
        read_idempotency_key(request)
        seen = read_if_match(request)
        payload = read_payload(request)
        words, attachment_id = _read_reply(payload)
        hold: Hold = one_of(request, holds_of, hold_id, code="unknown_hold")

        def act() -> Any:
            try:
                answer_hold(
                    hold=hold,
                    words=words,
                    attachment=_attachment(hold, attachment_id),
                    seen=seen,
                    by=key_of(request).label,
                    at=timezone.now(),
                )
            except UnableToAnswer as trouble:
                raise _refuse(trouble) from trouble
            return HeldLineShape(holds_of(key_of(request)).get(pk=hold.pk)).data

        response = write_once(request, operation=Operation.ANSWER_HOLD, sent=payload, status=200, act=act)
        response["ETag"] = f'"{tag_of(holds_of(key_of(request)).get(pk=hold.pk))}"'
        response["Location"] = reverse("invoices-api:hold", args=[hold.pk])
        return response


def _read_reply(payload: Any) -> tuple[str, UUID | None]:
    """Read words and the id of a file; anything else is refused."""
    faults: list[Fault] = []
    fields = payload if isinstance(payload, dict) else {}
    for name in sorted(set(fields) - {"words", "attachment_id"}):
        faults.append(
            {"pointer": f"/{name[:60]}", "code": "unknown_field", "detail": "We do not know this field."}
        )
    words = fields.get("words")
    if not is_text(words):
        faults.append(
            {"pointer": "/words", "code": "invalid", "detail": "words must be text, and not empty."}
        )
    found: UUID | None = None
    if "attachment_id" in fields:
        try:
            found = UUID(fields["attachment_id"])
        except (ValueError, TypeError, AttributeError):
            faults.append(
                {"pointer": "/attachment_id", "code": "invalid", "detail": "This is not the id of a file."}
            )
    if faults:
        raise Refusal("wrong_answer", "The answer is not right. Nothing was stored.", errors=faults)
    return str(words), found


def _attachment(hold: Hold, attachment_id: UUID | None) -> Attachment | None:
    if attachment_id is None:
        return None
    found = hold.attachments.filter(pk=attachment_id).first()
    if found is None:
        raise Refusal("unknown_attachment", "You have sent no such file for this line.")
    return found


def _refuse(trouble: UnableToAnswer) -> Refusal:
    said = f"{trouble} Nothing was stored."
    if not trouble.field:
        return Refusal(trouble.code, said)
    fault: Fault = {"pointer": f"/{trouble.field}", "code": "invalid", "detail": str(trouble)}
    return Refusal(trouble.code, said, errors=[fault])
