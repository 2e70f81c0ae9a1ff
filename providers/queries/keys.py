"""Whose key a token is, what a provider's keys are, and who may see them."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db.models import F, Q, QuerySet

from commonpurse.asked_often import AskedOften
from people.models import RoleKind, User
from providers.models import KeyCredential, Provider, ProviderStaff, SystemKey

# Who of the council sees the keys of its providers, and can take one back.
WATCHED_BY = (RoleKind.ADMINISTRATOR, RoleKind.COMMISSIONER, RoleKind.FINANCE_OFFICER)
LASTING = "cp_"  # how a token that lasts begins: keys of before there was OAuth2
ACCESS_TOKENS = AskedOften(
    lambda kept, at: (
        SystemKey.objects.filter(
            Q(credentials__ends_at__isnull=True) | Q(credentials__ends_at__gt=at),
            credentials__client__token__type=Token.Type.ACCESS_TOKEN,
            credentials__client__token__hash=kept,
            credentials__client__token__expires_at__gt=at,
        )
        .annotate(scopes_of_token=F("credentials__client__token__scopes"))
        .select_related("provider__council")
    ),
    kept="text",
    at="timestamptz",
)


class Act(NamedTuple):
    """Something that was done with a key: when, what, and by whom, in words."""

    at: datetime
    words: str
    by: str


def key_for(token: str, *, at: datetime) -> SystemKey | None:
    """
    Give the key a token opens with at a moment, with its provider and council, and what the token was asked for.

    None where the token is unknown or has run out, and where its credential has ended or its key was taken back.
    """
    opened = _by_access_token(token, at) or (
        _by_lasting_token(token, at) if token.startswith(LASTING) else None
    )
    return opened if opened is not None and opened.revoked_at is None else None


def _by_access_token(token: str, at: datetime) -> SystemKey | None:
    """Find the key of an access token that was given out for a client id and its secret."""
    found = next(iter(ACCESS_TOKENS(kept=hash_of(token), at=at)), None)  # PostgreSQL keeps a hash once
    if found is not None:
        found.granted = frozenset(Token(scopes=found.scopes_of_token).get_scopes())
    return found


def _by_lasting_token(token: str, at: datetime) -> SystemKey | None:
    """Find the key of a token that lasts."""
    credentials = _working(KeyCredential.objects.filter(token_hash=hash_of(token)), at)
    found = credentials.select_related("key__provider__council").first()
    return found.key if found else None


def may_sign_in(client_id: str, *, at: datetime) -> bool:
    """Tell whether a client id still opens at a moment; its secret is another question."""
    return _working(KeyCredential.objects.filter(client=client_id, key__revoked_at=None), at).exists()


def working_credentials(*, key: SystemKey, at: datetime) -> QuerySet[KeyCredential]:
    """Give what a key opens with at a moment, the oldest first; nothing once it was taken back."""
    held = key.credentials.order_by("pk")
    return _working(held, at) if key.revoked_at is None else held.none()


def _working(credentials: QuerySet[KeyCredential], at: datetime) -> QuerySet[KeyCredential]:
    return credentials.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def hash_of(token: str) -> str:
    """Give what is kept of a token: its SHA-256 in hexadecimal."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keys_seen_by(user: User) -> QuerySet[SystemKey]:
    """Give the keys of one's employer, and of the providers of a council one watches over."""
    employers = ProviderStaff.objects.filter(user=user).values("provider")
    councils = [role.council_id for role in user.roles.all() if role.kind in WATCHED_BY]
    return SystemKey.objects.filter(Q(provider__in=employers) | Q(provider__council__in=councils))


def may_see_keys(user: User, provider: Provider) -> bool:
    """Tell whether somebody works for the provider, or watches over it for its council."""
    return user.has_role(*WATCHED_BY, council_id=provider.council_id) or works_for(user, provider)


def works_for(user: User, provider: Provider) -> bool:
    """Tell whether somebody works for a provider."""
    return provider.staff.filter(user=user).exists()


def working_for(provider: Provider) -> list[User]:
    """Give everybody who works for a provider and may sign in, always in the same order; one query."""
    return list(User.objects.filter(is_active=True, employments__provider=provider).order_by("pk"))


def who_did(labels: set[str], *, provider: Provider) -> dict[str, str]:
    """Say in words who stands behind labels: names only of those who work for the provider."""
    ids = {UUID(label.removeprefix("user:")) for label in labels if label.startswith("user:")}
    staff = ProviderStaff.objects.filter(provider=provider, user__in=ids).select_related("user")
    names = {member.user.label: str(member.user) for member in staff}
    return {label: names.get(label, str(provider.council)) for label in labels}


def history_of(key: SystemKey) -> list[Act]:
    """Say what was done with a key, the newest first."""
    provider = key.provider
    first, *later = key.credentials.order_by("pk")
    acts = [(key.made_at, "Made", key.made_by)]
    acts += [(held.made_at, "A new secret was made", held.made_by) for held in later]
    acts += [
        (held.ends_at, "The older secret stopped working", held.ended_by)
        for held in (first, *later)
        if held.ends_at is not None
    ]
    if key.revoked_at is not None:
        acts.append((key.revoked_at, "Taken back", key.revoked_by))
    names = who_did({by for _, _, by in acts}, provider=provider)
    return [Act(at, words, names[by]) for at, words, by in sorted(acts, reverse=True)]
