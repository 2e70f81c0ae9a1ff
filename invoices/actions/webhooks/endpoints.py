"""Where a provider's systems listen: added, given a new secret, tested and removed."""

import json
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from invoices.models import TEST_EVENT, Delivery, Endpoint, EndpointSecret, WebhookEvent
from invoices.queries.feed import place_now
from invoices.queries.webhooks import FOLLOWED
from invoices.rules.webhooks import UnfitAddress, lock, make_secret, read_target
from providers.actions import tell_staff
from providers.models import Provider
from providers.queries.keys import who_did

SECRET_BYTES = 32
MOST_ENDPOINTS = 10
LONGEST_OVERLAP = timedelta(days=7)


class UnableToSetEndpoint(Exception):
    """The address is unfit, nothing would be heard, there are too many, or it was removed."""


@transaction.atomic
def add_endpoint(
    *,
    provider: Provider,
    url: str,
    events: Collection[str],
    by: str,
    at: datetime,
    is_sandbox: bool = False,
    endpoint_id: UUID | None = None,
) -> tuple[Endpoint, str]:
    """
    Say where a provider's system listens, and to what; gives the secret its messages are signed with.

    It hears of what happens from now on. Everybody who works for the provider is told. `endpoint_id`: which is asked
    for, so that asking twice makes one.

    :raises UnableToSetEndpoint: see the class.
    """
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    try:
        read_target(url, may_be_private=settings.WEBHOOKS_TO_PRIVATE)
    except UnfitAddress as trouble:
        raise UnableToSetEndpoint(str(trouble)) from trouble
    if not events or set(events) - set(WebhookEvent.values):
        raise UnableToSetEndpoint("Choose at least one thing to be told of.")
    if provider.endpoints.filter(removed_at__isnull=True).count() >= MOST_ENDPOINTS:
        raise UnableToSetEndpoint(f"There are {MOST_ENDPOINTS} addresses already. Remove one first.")
    if endpoint_id is not None and Endpoint.objects.filter(pk=endpoint_id).exists():
        raise UnableToSetEndpoint("This was added a moment ago. If nobody kept its secret, make a new one.")
    named = {"id": endpoint_id} if endpoint_id else {}
    endpoint = Endpoint.objects.create(
        provider=provider,
        url=url,
        events=[event for event in WebhookEvent.values if event in events],
        is_sandbox=is_sandbox,
        places={kind: list(place_now()) for kind in FOLLOWED},
        made_at=at,
        made_by=by,
        **named,
    )
    secret = _add_secret(endpoint, by=by, at=at)
    _tell(endpoint, "invoices_webhook_added", step=str(endpoint.pk), by=by, at=at)
    return endpoint, secret


def _add_secret(endpoint: Endpoint, *, by: str, at: datetime) -> str:
    """Make a secret and keep it locked: it has to be read again to sign with it."""
    secret = make_secret(secrets.token_bytes(SECRET_BYTES))
    EndpointSecret.objects.create(
        endpoint=endpoint, locked=lock(secret, keys=[settings.SECRET_KEY]), made_at=at, made_by=by
    )
    return secret


@transaction.atomic
def rotate_secret(*, endpoint: Endpoint, overlap: timedelta, by: str, at: datetime) -> str:
    """
    Give an endpoint a new secret; its people are told. Messages are signed with both for as long as `overlap`.

    :raises UnableToSetEndpoint: the endpoint was removed, or both would be used too long.
    """
    _locked(endpoint)
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise UnableToSetEndpoint(f"Both secrets can be used for at most {LONGEST_OVERLAP.days} days.")
    ends_at = at + overlap
    endpoint.secrets.filter(ends_at__isnull=True).update(ends_at=ends_at)
    endpoint.secrets.filter(ends_at__gt=ends_at).update(ends_at=ends_at)
    secret = _add_secret(endpoint, by=by, at=at)
    newest = endpoint.secrets.latest("made_at", "pk")
    both_until = ends_at if overlap else ""
    _tell(endpoint, "invoices_webhook_rotated", step=str(newest.pk), by=by, at=at, ends_at=both_until)
    return secret


@transaction.atomic
def remove_endpoint(*, endpoint: Endpoint, by: str, at: datetime) -> Endpoint:
    """
    Tell an endpoint nothing any more; its people are told so. What it was told stays in the log.

    :raises UnableToSetEndpoint: it was removed already.
    """
    found = _locked(endpoint)
    found.removed_at, found.removed_by = at, by
    found.save(update_fields=["removed_at", "removed_by"])
    _tell(found, "invoices_webhook_removed", step=str(found.pk), by=by, at=at)
    return found


@transaction.atomic
def send_test(*, endpoint: Endpoint, at: datetime) -> Delivery:
    """
    Send an endpoint a message that says nothing, to see whether it arrives.

    :raises UnableToSetEndpoint: the endpoint was removed.
    """
    _locked(endpoint)
    body = {"type": TEST_EVENT, "timestamp": at.isoformat(), "data": {"endpoint_id": str(endpoint.pk)}}
    return Delivery.objects.create(
        endpoint=endpoint, event=TEST_EVENT, body=json.dumps(body), made_at=at, next_at=at
    )


def _tell(
    endpoint: Endpoint, kind: str, *, step: str, by: str, at: datetime, **facts: datetime | str
) -> None:
    """Tell everybody who works for the provider what was done with an address: somebody else may have done it."""
    provider = endpoint.provider
    tell_staff(
        provider,
        council=provider.council,
        kind=kind,
        key=step,
        at=at,
        by=by,
        about=reverse("invoices:webhook", args=[endpoint.pk]),
        host=urlsplit(endpoint.url).hostname or "",
        who=who_did({by}, provider=provider)[by],
        **facts,
    )


def _locked(endpoint: Endpoint) -> Endpoint:
    """Give an endpoint that is in use, and let nobody else change it meanwhile."""
    endpoints = Endpoint.objects.select_for_update(of=["self"], no_key=True)
    found = endpoints.select_related("provider__council").get(pk=endpoint.pk)
    if found.removed_at is not None:
        raise UnableToSetEndpoint(
            "This address was removed. Add it again if your system still listens there."
        )
    return found
