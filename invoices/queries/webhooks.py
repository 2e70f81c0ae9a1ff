"""What there is to tell a provider's system of something that changed: references, states and pence, nobody's name."""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Prefetch, QuerySet

from invoices.models import (
    ChangeKind,
    Delivery,
    DeliveryAttempt,
    Endpoint,
    Hold,
    HoldState,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentState,
    RunState,
)
from invoices.queries.outcomes import sums_of
from invoices.rules.webhooks import invoice_event
from people.models import User
from providers.models import Provider

FOLLOWED = (ChangeKind.INVOICE, ChangeKind.HOLD, ChangeKind.PAYMENT)
PAYMENT_EVENTS = {PaymentState.PAID: "payment.paid", PaymentState.RETURNED: "payment.returned"}


class Told(NamedTuple):
    """One thing to tell: the event, whom it concerns, and its facts."""

    event: str
    object_id: UUID
    facts: dict[str, Any]

    @property
    def digest(self) -> str:
        """Say in 64 characters what is told, so that the same is not told twice in a row."""
        return sha256(json.dumps([self.event, self.facts], sort_keys=True).encode()).hexdigest()


def told_of(kind: ChangeKind, object_ids: Collection[UUID]) -> list[Told]:
    """Say what there is to tell of things of one kind as they stand now; nothing of what is not yet for a provider."""
    tellers = {ChangeKind.INVOICE: _invoices, ChangeKind.HOLD: _holds, ChangeKind.PAYMENT: _payments}
    by_id = {told.object_id: told for told in tellers[kind](object_ids)}
    return [by_id[object_id] for object_id in object_ids if object_id in by_id]


def _invoices(ids: Collection[UUID]) -> list[Told]:
    lines: dict[UUID, dict[str, int]] = {}
    counted = (
        InvoiceLine.objects.filter(invoice__in=ids).values_list("invoice", "state").annotate(n=Count("pk"))
    )
    for invoice_id, state, number in counted:
        lines.setdefault(invoice_id, {})[state] = number
    sums = sums_of(invoice_ids=ids)
    return [
        Told(
            invoice_event(lines[invoice.pk]),
            invoice.pk,
            {
                "id": str(invoice.pk),
                "number": invoice.number,
                "kind": invoice.kind,
                **_pence(sums[invoice.pk]),
            },
        )
        for invoice in Invoice.objects.filter(pk__in=lines.keys())
    ]


def _pence(sums: Any) -> dict[str, int]:
    return {name: getattr(sums, name) for name in ("accepted_pence", "held_pence", "rejected_pence")}


def _holds(ids: Collection[UUID]) -> list[Told]:
    answered = Hold.objects.filter(pk__in=ids).exclude(state=HoldState.OPEN).select_related("line__invoice")
    return [
        Told(
            "hold.answered",
            hold.pk,
            {
                "id": str(hold.pk),
                "invoice_id": str(hold.line.invoice_id),
                "invoice_number": hold.line.invoice.number,
                "line_number": hold.line.line_number,
                "reason": hold.reason,
                "state": hold.state,
            },
        )
        for hold in answered
    ]


def _payments(ids: Collection[UUID]) -> list[Told]:
    seen = Payment.objects.filter(pk__in=ids, run__state__in=[RunState.SENT, RunState.PAID])
    return [
        Told(
            PAYMENT_EVENTS.get(PaymentState(payment.state), "payment.sent"),
            payment.pk,
            {"id": str(payment.pk), "reference": payment.reference, "amount_pence": payment.amount_pence},
        )
        for payment in seen.exclude(state=PaymentState.LEFT_OUT)
    ]


def last_told(endpoint: Endpoint, object_ids: Collection[UUID]) -> dict[UUID, str]:
    """Give what an endpoint was last told of these things, as digests."""
    told = Delivery.objects.filter(endpoint=endpoint, object_id__in=object_ids)
    newest = told.order_by("object_id", "-pk").distinct("object_id")
    return {object_id: digest for object_id, digest in newest.values_list("object_id", "digest") if object_id}


def heard_provider(endpoint: Endpoint) -> Provider | None:
    """Give the provider whose changes an endpoint hears of: its own, or the one it practises as; none: not yet."""
    if not endpoint.is_sandbox:
        return endpoint.provider
    newest = endpoint.provider.sandboxes.select_related("practice").order_by("-pk").first()
    return newest.practice if newest else None


def own_endpoints(user: User) -> QuerySet[Endpoint]:
    """Give the endpoints of whom one works for, those still in use first."""
    own = Endpoint.objects.filter(provider__staff__user=user).select_related("provider__council")
    return own.order_by(F("removed_at").desc(nulls_first=True), "-pk")


def log_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Give what an endpoint was told, the newest first, each with how its tries went."""
    tries = DeliveryAttempt.objects.order_by("pk")
    return endpoint.deliveries.prefetch_related(Prefetch("attempts", tries)).order_by("-pk")
