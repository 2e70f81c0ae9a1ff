"""Whose key a token is."""

from hashlib import sha256

from providers.models import SystemKey


def key_for(token: str) -> SystemKey | None:
    """Give the key a token belongs to, with its provider and council; none where it is unknown or revoked."""
    return (
        SystemKey.objects.select_related("provider__council")
        .filter(token_hash=hash_of(token), revoked_at__isnull=True)
        .first()
    )


def hash_of(token: str) -> str:
    """Give what is kept of a token: its SHA-256 in hexadecimal."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
