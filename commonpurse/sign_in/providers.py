"""What allauth is told of a council's identity provider. Read by the settings, so it knows no Django."""

from typing import Any


def council_sign_in(*, issuer: str, name: str, client_id: str, secret: str, over_tls: bool) -> dict[str, Any]:
    """
    Describe a council's provider of OpenID Connect; nothing where no issuer is named.

    :raises ValueError: half of it is missing, or its answers would travel in the open.
    """
    if not issuer:
        return {}
    if not client_id or not secret:
        raise ValueError("OIDC_ISSUER is set: set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too.")
    if over_tls and not issuer.startswith("https://"):
        raise ValueError("OIDC_ISSUER has to begin with https://")
    app = {
        "provider_id": "council",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
