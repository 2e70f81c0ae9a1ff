"""The demo's staff are made up and have no phone: their pages show what the app on it would."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings

from people.models import User


def give_app(user: User) -> None:
    """Tie an app to the account of somebody made up, as they would have done on their first day."""
    TOTP.activate(user, generate_totp_secret())


def code_of_the_app(user: Any, *, secret: str = "") -> str:
    """Say which code somebody's app shows now; nothing outside the demo, and nothing for whoever has no app."""
    if not settings.DEMO:
        return ""
    app = None if secret else Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is not None:
        secret = decrypt(app.data["secret"])
    return code_now(secret) if secret else ""


def code_now(secret: str) -> str:
    """Work out the code of an app from its secret, for this half minute (RFC 6238)."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))
