"""Keys of providers' systems: made, rotated and taken back. A secret is shown once; what is kept is its SHA-256."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from allauth.idp.oidc.models import Client
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from providers.actions.tell import tell_staff
from providers.models import KeyCredential, KeyScope, Provider, SystemKey
from providers.queries.keys import who_did, working_credentials

SCOPES = tuple(KeyScope.values)
LONGEST_NAME = 100
MOST_KEYS = 50  # that work, of one provider
MOST_CREDENTIALS = 2  # that work, of one key
SECRET_BYTES = 32
LONGEST_OVERLAP = timedelta(days=30)


class UnableToIssueKey(Exception):
    """The key has no name or too long a one, would allow nothing or something unknown, or there are too many."""


class KeyIsThere(UnableToIssueKey):
    """The same question was answered before, and what it gave was shown then."""


class UnableToRotateKey(Exception):
    """The key was taken back, is being rotated already, or both secrets would work too long."""


class UnableToRevokeKey(Exception):
    """The key has been revoked already."""


class Issued(NamedTuple):
    """A key and what its system signs in with. The secret cannot be shown again."""

    key: SystemKey
    client_id: str
    secret: str


@transaction.atomic
def issue_key(
    *,
    provider: Provider,
    name: str,
    scopes: Collection[str],
    by: str,
    at: datetime,
    is_sandbox: bool = False,
    key_id: UUID | None = None,
) -> Issued:
    """
    Give a provider's system a key, and the client id and secret that go with it. Its people are told.

    `key_id`: which key is asked for, so that asking twice makes one.

    :raises UnableToIssueKey: see the class; `KeyIsThere` where `key_id` was made before.
    """
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    _check_can_be_made(provider, name, scopes)
    if key_id is not None and SystemKey.objects.filter(pk=key_id).exists():
        raise KeyIsThere(
            "This key was made a moment ago, and its secret was shown then. If nobody kept it, rotate it."
        )
    named = {"id": key_id} if key_id else {}
    key = SystemKey.objects.create(
        provider=provider,
        name=name.strip(),
        scopes=[scope for scope in SCOPES if scope in scopes],
        is_sandbox=is_sandbox,
        made_at=at,
        made_by=by,
        **named,
    )
    client_id, secret = _open(key, at=at, by=by)
    _tell(key, "providers_key_made", step=str(key.pk), at=at, by=by)
    return Issued(key, client_id, secret)


def _check_can_be_made(provider: Provider, name: str, scopes: Collection[str]) -> None:
    if not name.strip():
        raise UnableToIssueKey("Give the key a name, so that you know later which system has it.")
    if len(name) > LONGEST_NAME:
        raise UnableToIssueKey(f"Give the key a shorter name, of at most {LONGEST_NAME} letters.")
    if set(scopes) - set(SCOPES) or not scopes:
        raise UnableToIssueKey(f"A key may allow {', '.join(SCOPES)}. Choose at least one of them.")
    if provider.system_keys.filter(revoked_at__isnull=True).count() >= MOST_KEYS:
        raise UnableToIssueKey(f"There are {MOST_KEYS} keys already. Take back those that no system uses.")


@transaction.atomic
def rotate_key(
    *, key: SystemKey, overlap: timedelta, by: str, at: datetime, credential_id: UUID | None = None
) -> Issued:
    """
    Give a key a new client id and secret. The older ones go on working for as long as `overlap`, then never again.

    `credential_id`: which new secret is asked for, so that asking twice makes one.

    :raises UnableToRotateKey: see the class.
    """
    key = _locked(key)
    if key.revoked_at is not None:
        raise UnableToRotateKey("This key was taken back. Make another one.")
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise UnableToRotateKey(f"Both secrets can work for at most {LONGEST_OVERLAP.days} days.")
    if credential_id is not None and key.credentials.filter(pk=credential_id).exists():
        raise UnableToRotateKey(
            "This secret was made a moment ago and shown then. If nobody kept it, rotate again."
        )
    working = list(working_credentials(key=key, at=at))
    for older in working[: len(working) - MOST_CREDENTIALS + 1]:
        _end(older, at=at, by=by)
    for older in working[len(working) - MOST_CREDENTIALS + 1 :]:
        _end(older, at=min(at + overlap, older.ends_at or at + overlap), by=by)
    client_id, secret = _open(key, at=at, by=by, credential_id=credential_id)
    ends_at = at + overlap if overlap and working else None
    _tell(key, "providers_key_rotated", step=client_id, at=at, by=by, ends_at=ends_at or "")
    return Issued(key, client_id, secret)


@transaction.atomic
def revoke_key(*, key: SystemKey, by: str, at: datetime) -> SystemKey:
    """
    Take a key back: from now on nothing of it opens anything. Its people are told.

    :raises UnableToRevokeKey: see the class.
    """
    key = _locked(key)
    if key.revoked_at is not None:
        raise UnableToRevokeKey(f"This key was taken back on {key.revoked_at:%-d %B %Y} already.")
    key.revoked_at, key.revoked_by = at, by
    key.save(update_fields=["revoked_at", "revoked_by"])
    Client.objects.filter(credential__key=key).update(secret=make_password(None))
    _tell(key, "providers_key_revoked", step=str(key.pk), at=at, by=by)
    return key


def _locked(key: SystemKey) -> SystemKey:
    """Give the key as it stands, and let nobody else change it meanwhile."""
    keys = SystemKey.objects.select_for_update(of=["self"], no_key=True).select_related("provider__council")
    return keys.get(pk=key.pk)


def _open(key: SystemKey, *, at: datetime, by: str, credential_id: UUID | None = None) -> tuple[str, str]:
    """Make a client id and a secret for a key. Which kind of key it is can be seen from both."""
    kind = "cp_try" if key.is_sandbox else "cp"
    client_id = f"{kind}_{secrets.token_hex(12)}"
    secret = f"{kind}_secret_{secrets.token_urlsafe(SECRET_BYTES)}"
    client = Client(
        id=client_id,
        name=key.name,
        secret=make_password(secret, hasher="random_sha256"),
        type=Client.Type.CONFIDENTIAL,
        grant_types=Client.GrantType.CLIENT_CREDENTIALS,
        response_types="",
        created_at=at,
    )
    client.set_scopes(key.scopes)
    client.set_default_scopes(key.scopes)
    client.save(force_insert=True)
    named = {"id": credential_id} if credential_id else {}
    KeyCredential.objects.create(key=key, client=client, made_at=at, made_by=by, **named)
    return client_id, secret


def _end(credential: KeyCredential, *, at: datetime, by: str) -> None:
    """Say until when a credential opens."""
    credential.ends_at, credential.ended_by = at, by
    credential.save(update_fields=["ends_at", "ended_by"])


def _tell(key: SystemKey, kind: str, *, step: str, at: datetime, by: str, **facts: datetime | str) -> None:
    """Tell everybody who works for the provider what was done with one of its keys: somebody else may have done it."""
    provider = key.provider
    tell_staff(
        provider,
        council=provider.council,
        kind=kind,
        key=step,
        at=at,
        by=by,
        about=reverse("providers:key", args=[key.pk]),
        name=key.name,
        who=who_did({by}, provider=provider)[by],
        is_sandbox="yes" if key.is_sandbox else "",
        **facts,
    )
