"""The shapes of questions and answers: references and pence only, never anybody's name."""

import re
from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from invoices.api.asking import WORD, PagesQuestion, page_shape
from invoices.models import Hold, HoldReason, HoldState, Invoice, InvoiceKind, LineState
from invoices.queries.outcomes import LineOutcome, Outcome, Sums

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Instant(serializers.DateTimeField):
    """A moment in universal time, summer and winter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class Day(serializers.DateField):
    """A date written like 2026-04-30, and in no other way."""

    def to_internal_value(self, value: Any) -> Any:
        """Refuse what Python would also take for a date."""
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Question(PagesQuestion):
    """Which invoices to list."""

    contract = serializers.RegexField(
        WORD,
        required=False,
        trim_whitespace=False,
        max_length=40,
        help_text="Only of this contract (contract_ref).",
    )
    number = serializers.RegexField(
        WORD, required=False, trim_whitespace=False, max_length=60, help_text="Only the one with this number."
    )
    state = serializers.ChoiceField(
        required=False,
        choices=LineState.choices,
        help_text="Only those with at least one line in this state.",
    )
    issued_from = Day(required=False, help_text="Issued on this day or later.")
    issued_before = Day(required=False, help_text="Issued before this day.")


@extend_schema_serializer(component_name="Reason")
class ReasonShape(serializers.Serializer[Any]):
    """Why a line is held, as a code and in words."""

    code = serializers.ChoiceField(choices=HoldReason.choices)
    detail = serializers.CharField()

    def to_representation(self, reason: str) -> dict[str, str]:
        """Put the words beside the code."""
        return {"code": reason, "detail": f"{HoldReason(reason).label}."}


@extend_schema_serializer(component_name="InvoiceSummary")
class SummaryShape(serializers.Serializer[Any]):
    """An invoice or credit note, and what became of it in pence. `total = accepted + held + rejected`."""

    id = serializers.UUIDField(source="invoice.id")
    number = serializers.CharField(source="invoice.number")
    kind = serializers.ChoiceField(source="invoice.kind", choices=InvoiceKind.choices)
    contract_ref = serializers.CharField(source="invoice.contract.ref")
    corrects = serializers.CharField(
        source="invoice.corrects.number",
        default=None,
        allow_null=True,
        help_text="The invoice a credit note corrects.",
    )
    issue_date = serializers.DateField(source="invoice.issue_date")
    period_start = serializers.DateField(source="invoice.period_start_date")
    period_end = serializers.DateField(source="invoice.period_end_date")
    received_at = Instant(source="invoice.received_at")
    total_pence = serializers.IntegerField(source="invoice.total_pence")
    accepted_pence = serializers.IntegerField(source="sums.accepted_pence")
    held_pence = serializers.IntegerField(source="sums.held_pence")
    rejected_pence = serializers.IntegerField(source="sums.rejected_pence")


@extend_schema_serializer(component_name="LineAnswer")
class LineAnswerShape(serializers.Serializer[Any]):
    """What became of a line. A held one says why, whose turn it is, and by when they should have answered."""

    line_number = serializers.IntegerField(source="line.line_number")
    pointer = serializers.CharField(help_text="Where the line is in the document you sent: a JSON pointer.")
    amount_pence = serializers.IntegerField(source="line.amount_pence")
    state = serializers.ChoiceField(source="line.state", choices=LineState.choices)
    reason = ReasonShape(source="deciding_hold.reason", default=None, allow_null=True, read_only=True)
    owner = serializers.CharField(
        source="deciding_hold.owner",
        default=None,
        allow_null=True,
        help_text='"provider" or a role of the council.',
    )
    due_date = serializers.DateField(
        source="deciding_hold.due_date", default=None, allow_null=True, read_only=True
    )


@extend_schema_serializer(component_name="Line")
class LineShape(LineAnswerShape):
    """A line in full."""

    service_code = serializers.CharField(source="line.service_code")
    service_date = serializers.DateField(source="line.service_date")
    units = serializers.DecimalField(
        source="line.units", max_digits=14, decimal_places=4, normalize_output=True
    )
    unit_rate_pence = serializers.IntegerField(source="line.unit_rate_pence")
    member_ref = serializers.CharField(source="line.member_ref", allow_blank=True)
    corrects_line = serializers.IntegerField(source="line.corrects_line", allow_null=True)


@extend_schema_serializer(component_name="Hold")
class HoldShape(serializers.Serializer[Any]):
    """A hold, open or resolved. `note` is for the provider: why a line was rejected."""

    line_number = serializers.IntegerField(source="line.line_number")
    pointer = serializers.CharField()
    reason = ReasonShape(source="hold.reason")
    owner = serializers.CharField(source="hold.owner")
    due_date = serializers.DateField(source="hold.due_date")
    state = serializers.ChoiceField(source="hold.state", choices=HoldState.choices)
    opened_at = Instant(source="hold.opened_at")
    resolved_at = Instant(source="hold.resolved_at", allow_null=True)
    note = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"]})
    def get_note(self, held: dict[str, Any]) -> str | None:
        """Show why a line was rejected; other notes are the council's own."""
        hold: Hold = held["hold"]
        return hold.note if hold.state == HoldState.REJECTED else None


@extend_schema_serializer(component_name="Answer")
class AnswerShape(SummaryShape):
    """The answer to a document: what became of it, line by line, in the order of the document."""

    lines = LineAnswerShape(many=True)


@extend_schema_serializer(component_name="Invoice")
class InvoiceShape(SummaryShape):
    """An invoice as it stands now, with every hold its lines have had."""

    lines = LineShape(many=True)
    holds = serializers.SerializerMethodField()

    @extend_schema_field(HoldShape(many=True))
    def get_holds(self, outcome: Outcome) -> list[dict[str, Any]]:
        """Give the holds in the order of the lines."""
        held = [hold for line in outcome.lines for hold in _held(line)]
        return list(HoldShape(held, many=True).data)


InvoicePage = page_shape("InvoicePage", SummaryShape)


def _held(outcome: LineOutcome) -> list[dict[str, Any]]:
    return [{"line": outcome.line, "pointer": outcome.pointer, "hold": hold} for hold in outcome.holds]


def write_answer(outcome: Outcome) -> str:
    """Write the answer to a document as JSON, as it will be kept and given again."""
    written: bytes = JSONRenderer().render(answer(outcome))
    return written.decode()


def answer(outcome: Outcome) -> dict[str, Any]:
    """
    Give the answer to a document as `AnswerShape` describes it.

    Said here a second time, and held to the shape by a test: the framework takes ten times as long to find it out anew
    for every line.
    """
    lines = [_line_answer(one) for one in outcome.lines]
    return {**summary(outcome.invoice, outcome.sums), "lines": lines}


def _line_answer(outcome: LineOutcome) -> dict[str, Any]:
    hold = outcome.deciding_hold
    return {
        "line_number": outcome.line.line_number,
        "pointer": outcome.pointer,
        "amount_pence": outcome.line.amount_pence,
        "state": outcome.line.state,
        "reason": hold and {"code": hold.reason, "detail": f"{HoldReason(hold.reason).label}."},
        "owner": hold and hold.owner,
        "due_date": hold and hold.due_date.isoformat(),
    }


def summary(invoice: Invoice, sums: Sums) -> dict[str, Any]:
    """Give one row of a list as `SummaryShape` describes it."""
    return {
        "id": str(invoice.pk),
        "number": invoice.number,
        "kind": invoice.kind,
        "contract_ref": invoice.contract.ref,
        "corrects": invoice.corrects and invoice.corrects.number,
        "issue_date": invoice.issue_date.isoformat(),
        "period_start": invoice.period_start_date.isoformat(),
        "period_end": invoice.period_end_date.isoformat(),
        "received_at": invoice.received_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "total_pence": invoice.total_pence,
        **sums._asdict(),
    }
