"""Which provider's system is asking, and what its key allows."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from invoices.actions.practice import enter_sandbox
from invoices.api.refusals import Refusal
from providers.actions.note_use import note_use
from providers.models import KeyScope, SystemKey
from providers.queries import key_for

REALM = 'Bearer realm="Common Purse"'
LONGEST_TOKEN = 200


class SystemKeyAuthentication(BaseAuthentication):
    """A bearer token of a provider's system. Tokens that are unknown, run out or taken back are told alike."""

    def authenticate(self, request: Request) -> tuple[SystemKey, SystemKey] | None:
        """Find the key, and note that it was used; none where no token was sent."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token or not token.isascii() or len(token) > LONGEST_TOKEN:
            raise AuthenticationFailed("Send a header Authorization: Bearer, a space, and your token.")
        now = timezone.now()
        key = key_for(token, at=now)
        if key is None:
            raise AuthenticationFailed("This token is unknown or has run out, or its key was taken back.")
        note_use(key=key, at=now)
        if key.is_sandbox:
            enter_sandbox(key=key, at=now)
        request.wall.put_up_for_key(key.pk, provider=key.provider_id)  # type: ignore[attr-defined]  # the middleware gives it
        return key, key

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in (RFC 6750); `invalid_token` only to who sent one."""
        return f'{REALM}, error="invalid_token"' if request.headers.get("Authorization") else REALM


class HasScope(BasePermission):
    """The key allows what is asked. Views say in `scopes` which scope each method needs."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Let a key with the scope pass, and anybody where the method needs none (it is refused later)."""
        needed = getattr(view, "scopes", {}).get(request.method)
        if needed is None:
            return True
        if not isinstance(request.auth, SystemKey):
            return False
        if not request.auth.allows(needed):
            raise Refusal(
                "missing_scope",
                f"Your token does not have the scope {needed}. Get one that has, or make a key that allows it.",
                headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{needed}"'},
            )
        return True


class SystemKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # theirs has no types
    """How the API's description names the token."""

    target_class = SystemKeyAuthentication
    name = "providerToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Describe how a system gets its token."""
        scopes = {str(scope.value): str(scope.label) for scope in KeyScope}
        flow = {"tokenUrl": "/api/v1/token", "scopes": scopes}
        return {
            "type": "oauth2",
            "description": "With the client id and the secret of a key, which your people make on their pages.",
            "flows": {"clientCredentials": flow},
        }

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[Any]]:
        """Say which scope an operation needs."""
        return {self.name: [auto_schema.view.scopes[auto_schema.method]]}
