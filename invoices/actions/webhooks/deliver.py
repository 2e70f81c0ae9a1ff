"""
Delivering a message: begun in one transaction, sent when that is safely written, and the outcome written in another.

A worker that is killed in between leaves the message waiting for its next try, so it may arrive twice and never not at
all; both times with the same id, by which whoever hears tells them apart (Standard Webhooks).
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from standardwebhooks.webhooks import Webhook

from invoices.actions.webhooks.post import Answer, post_safely
from invoices.models import Delivery, DeliveryAttempt, DeliveryState
from invoices.rules.webhooks import MOST_TRIES, unlock, wait_after

GONE = 410
LAST_LOOK = timedelta(hours=1)
ON_OUR_SIDE = "Something went wrong on our side, so nothing was sent."


class Sending(NamedTuple):
    """A message that is being sent: where, with which headers, and what."""

    delivery_id: UUID
    url: str
    headers: dict[str, str]
    body: bytes
    begun_at: datetime


@transaction.atomic
def begin_delivery(*, delivery_id: UUID | str, at: datetime) -> Sending | None:
    """Say that a message is being sent now, and when next if it does not arrive. None: nothing is due."""
    held = Delivery.objects.select_for_update(of=["self"]).select_related("endpoint")
    delivery = held.get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING or delivery.next_at is None or delivery.next_at > at:
        return None
    if delivery.endpoint.removed_at is not None or delivery.tries >= MOST_TRIES:
        Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.FAILED, next_at=None)
        return None
    delivery.tries += 1
    delivery.begun += 1
    # Should nobody live to write down what came of the last try, there is one more look, which gives up.
    delivery.next_at = at + (wait_after(tries=delivery.tries) or LAST_LOOK)
    delivery.save(update_fields=["tries", "begun", "next_at"])
    return Sending(
        delivery.pk, delivery.endpoint.url, _headers(delivery, at=at), delivery.body.encode(), begun_at=at
    )


def _headers(delivery: Delivery, *, at: datetime) -> dict[str, str]:
    """Sign a message with every secret that counts at the moment."""
    message = f"msg_{delivery.pk.hex}"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    counting = delivery.endpoint.secrets.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).order_by("-pk")
    signatures = [
        Webhook(unlock(secret.locked, keys=keys)).sign(message, at, delivery.body) for secret in counting
    ]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
        "Content-Type": "application/json",
        "User-Agent": "CommonPurse-Webhooks/1",
    }


def finish_delivery(sending: Sending, *, at: datetime) -> Answer:
    """Send a message that was begun, and write down what came of it. `at`: when it is sent."""
    answer = post_safely(
        sending.url,
        headers=sending.headers,
        body=sending.body,
        may_be_private=settings.WEBHOOKS_TO_PRIVATE,
    )
    _write_down(sending, answer, at=at)
    return answer


@transaction.atomic
def _write_down(sending: Sending, answer: Answer, *, at: datetime) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=sending.delivery_id)
    DeliveryAttempt.objects.create(
        delivery=delivery, tried_at=at, took_ms=answer.took_ms, status=answer.status, problem=answer.problem
    )
    if delivery.state != DeliveryState.WAITING:
        return
    if answer.is_taken:
        delivery.state, delivery.delivered_at, delivery.next_at = DeliveryState.DELIVERED, at, None
    elif answer.status == GONE or delivery.tries >= MOST_TRIES:
        delivery.state, delivery.next_at = DeliveryState.FAILED, None
    delivery.save(update_fields=["state", "delivered_at", "next_at"])


@transaction.atomic
def count_as_tried(*, delivery_id: UUID | str, at: datetime) -> Delivery:
    """
    Count a try of which nothing came, because on our side it could not even be begun; the next one is in its time.

    Without this a message that can never be begun would be due for ever, before all that can.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    DeliveryAttempt.objects.create(delivery=delivery, tried_at=at, took_ms=0, problem=ON_OUR_SIDE)
    delivery.tries, delivery.begun = min(delivery.tries + 1, MOST_TRIES), delivery.begun + 1
    wait = wait_after(tries=delivery.tries)
    delivery.state = DeliveryState.WAITING if wait else DeliveryState.FAILED
    delivery.next_at = at + wait if wait else None
    delivery.save(update_fields=["tries", "begun", "state", "next_at"])
    return delivery


@transaction.atomic
def send_again(*, delivery: Delivery, at: datetime) -> Delivery:
    """Send a message again, as it was: the same id, the same words, ten tries. What waits already is tried now."""
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    found.state, found.tries, found.next_at, found.delivered_at = DeliveryState.WAITING, 0, at, None
    found.save(update_fields=["state", "tries", "next_at", "delivered_at"])
    return found
