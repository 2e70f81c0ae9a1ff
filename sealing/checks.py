"""What `check --deploy` says of the key that seals."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from sealing.rules import LEAST_LETTERS


def the_key_is_good(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Give what is wrong with SEALING_KEY: nothing is sealed without it, and a short one can be guessed."""
    newest = settings.SEALING_KEYS[0] if settings.SEALING_KEYS else ""
    if not newest:
        return [
            Error(
                "SEALING_KEY is not set: what is said about people’s health, safety and money cannot be kept.",
                hint="Make up a long random one and keep a copy apart from the backups (docs/sealed.md).",
                id="sealing.E001",
            )
        ]
    if len(newest) < LEAST_LETTERS:
        return [
            Error(
                f"SEALING_KEY is too short: it has {len(newest)} characters and needs {LEAST_LETTERS}.",
                hint="Make up a long random one; name this one in SEALING_KEY_FALLBACKS and run `reseal`.",
                id="sealing.E002",
            )
        ]
    if newest == settings.SECRET_KEY:
        return [
            Error(
                "SEALING_KEY is the same as SECRET_KEY: whoever learns one has both.",
                hint="Make up another one.",
                id="sealing.E003",
            )
        ]
    return []
