"""
Passing changes on to those who listen.

The feed of changes is the outbox: each row was written in the transaction of its cause (`changes_are_noted.sql`), and
they are read in an order in which nothing appears behind the reader. How far each endpoint has been told is kept in
the transaction that writes its messages, so nothing is left out and nothing written twice, whoever is killed when.
"""

import json
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from invoices.actions.webhooks.deliver import count_as_tried
from invoices.models import ChangeKind, Delivery, DeliveryState, Endpoint
from invoices.queries.feed import Place, changes_since
from invoices.queries.webhooks import FOLLOWED, heard_provider, last_told, told_of
from jobs.actions import ask_for
from jobs.models import Job, JobState

DELIVER = "invoices.deliver_webhook"
AT_ONCE = 200


def pass_on_all(*, at: datetime) -> int:
    """Write the messages of every endpoint for what changed since; gives how many there are."""
    endpoints = Endpoint.objects.filter(removed_at__isnull=True).order_by("pk")
    return sum(pass_on(endpoint=endpoint, at=at) for endpoint in endpoints)


@transaction.atomic
def pass_on(*, endpoint: Endpoint, at: datetime) -> int:
    """Write an endpoint's messages for what changed since it was last looked; none where somebody is at it already."""
    held = Endpoint.objects.select_for_update(skip_locked=True, of=["self"], no_key=True)
    found = held.select_related("provider").filter(pk=endpoint.pk, removed_at__isnull=True).first()
    heard = heard_provider(found) if found else None
    if found is None or heard is None:
        return 0
    number = 0
    for kind in FOLLOWED:
        place = Place(*found.places.get(kind, ()))
        changes = changes_since(provider_id=heard.pk, kind=kind, place=place, limit=AT_ONCE)
        number += write_messages(endpoint=found, kind=kind, object_ids=changes.object_ids, at=at)
        found.places[kind] = list(changes.place)
    Endpoint.objects.filter(pk=found.pk).update(places=found.places)
    return number


def write_messages(
    *, endpoint: Endpoint, kind: ChangeKind, object_ids: Collection[UUID], at: datetime
) -> int:
    """Write a message for each thing that changed and says something else than it last said; gives how many."""
    last = last_told(endpoint, object_ids)
    news = [
        told
        for told in told_of(kind, object_ids)
        if told.event in endpoint.events and last.get(told.object_id) != told.digest
    ]
    Delivery.objects.bulk_create(
        Delivery(
            endpoint=endpoint,
            event=told.event,
            object_id=told.object_id,
            digest=told.digest,
            body=json.dumps({"type": told.event, "timestamp": at.isoformat(), "data": told.facts}),
            made_at=at,
            next_at=at,
        )
        for told in news
    )
    return len(news)


@transaction.atomic
def ask_for_due(*, at: datetime) -> list[Job]:
    """
    Ask for a job for every message that is due; asked for twice it is one job.

    Where the job was given up, that was one try.
    """
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=at).order_by("next_at")[:AT_ONCE]
    jobs = {delivery.pk: _ask_for(delivery) for delivery in due}
    for delivery_id, job in jobs.items():
        if job.state == JobState.FAILED:
            count_as_tried(delivery_id=delivery_id, at=at)
    return list(jobs.values())


def _ask_for(delivery: Delivery) -> Job:
    return ask_for(
        kind=DELIVER,
        key=f"{delivery.pk}:{delivery.begun}",
        payload={"delivery": str(delivery.pk)},
        asked_by="system:webhooks",
    )
