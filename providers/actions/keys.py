"""Keys of providers' systems. A token is shown once; what is kept is its SHA-256."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from providers.models import Provider, SystemKey
from providers.queries import hash_of

SCOPES = ("invoices:read", "invoices:write")
TOKEN_BYTES = 32
LONGEST_NAME = 100


class UnableToIssueKey(Exception):
    """The key has no name or too long a one, or would allow nothing or something unknown."""


class UnableToRevokeKey(Exception):
    """The key has been revoked already."""


@transaction.atomic
def issue_key(*, provider: Provider, name: str, scopes: Collection[str], by: str) -> tuple[SystemKey, str]:
    """
    Give a provider's system a key and the token that goes with it. The token cannot be shown again.

    :raises UnableToIssueKey: see the class.
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if not name.strip():
        raise UnableToIssueKey("Give the key a name, so that you know later which system has it.")
    if len(name) > LONGEST_NAME:
        raise UnableToIssueKey(f"Give the key a shorter name, of at most {LONGEST_NAME} letters.")
    if unknown or not scopes:
        raise UnableToIssueKey(f"A key may allow {' and '.join(SCOPES)}. Choose at least one of them.")
    token = "cp_" + secrets.token_urlsafe(TOKEN_BYTES)
    key = SystemKey.objects.create(
        provider=provider, name=name, token_hash=hash_of(token), scopes=sorted(set(scopes)), made_by=by
    )
    return key, token


@transaction.atomic
def revoke_key(*, key: SystemKey, by: str, at: datetime) -> SystemKey:
    """
    Take a key back: from now on its token opens nothing.

    :raises UnableToRevokeKey: see the class.
    """
    key = SystemKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    if key.revoked_at is not None:
        raise UnableToRevokeKey(f"This key was taken back on {key.revoked_at:%-d %B %Y} already.")
    key.revoked_at, key.revoked_by = at, by
    key.save(update_fields=["revoked_at", "revoked_by"])
    return key
