"""Second steps for tests: an app that makes codes, a passkey, spare codes, another session, as if set up before."""

import os
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from people.models import User
from tests.visiting import as_user


def give_app(user: User) -> str:
    """Tie an app to somebody's account. Gives its secret; `commonpurse.sign_in.demo.code_now` makes the codes."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_spare_codes(user: User) -> list[str]:
    """Give somebody spare codes."""
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def give_passkey(user: User, *, name: str = "My phone") -> Authenticator:
    """Give somebody a passkey that nobody can show: its private half is thrown away."""
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": _credential()},
    )


def _credential() -> dict[str, Any]:
    key = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
        ec.generate_private_key(ec.SECP256R1()).public_key()
    )
    number = os.urandom(32)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    said = AuthenticatorData.create(
        sha256(b"testserver").digest(), flags, 0, bytes(AttestedCredentialData.create(bytes(16), number, key))
    )
    client = CollectedClientData.create("webauthn.create", os.urandom(32), "https://testserver")
    return {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(client)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", said, {}))),
        },
        "clientExtensionResults": {},
    }


def make_session(user: User) -> UserSession:
    """Somebody is signed in somewhere else too."""
    visitor = as_user(user)
    return UserSession.objects.create(
        user=user, ip="127.0.0.1", user_agent="Firefox", session_key=visitor.session.session_key
    )
