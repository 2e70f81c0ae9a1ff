"""
A pack as it travels: sealed to one council (HPKE, RFC 9180) and signed by another (Ed25519). Pure. See docs/moving.md.

What stands outside (who sent it to whom, its id) is bound to what is inside twice: it is the `info` of the sealing,
and the contents say it again. So nobody can open it under another name, or sign another's pack as their own.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from moving.rules.keys import PrivateKey, PublicKey
from moving.rules.strict_json import UnableToReadJson, read, written

FORMAT, VERSION = "common-purse-moving-pack", 2
READABLE = (1, 2)  # 1: without the care account, how they sign in, when needs are met and who holds a fund
MOST_BYTES = 5_000_000
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class UnableToReadPack(Exception):
    """The file is no pack, of another version, was changed on the way, or is not for this key."""


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What a pack says on its outside: its version and id, the codes of both councils, their keys' fingerprints."""

    version: int
    id: UUID
    from_code: str
    from_key: str
    to_code: str
    to_key: str

    def as_said(self) -> dict[str, Any]:
        """Give it as it is written down."""
        return {
            "format": FORMAT,
            "version": self.version,
            "id": str(self.id),
            "from": {"code": self.from_code, "key": self.from_key},
            "to": {"code": self.to_code, "key": self.to_key},
        }


def seal(
    contents: dict[str, Any],
    *,
    pack: UUID,
    by: PublicKey,
    with_key: PrivateKey,
    to: PublicKey,
    version: int = VERSION,
) -> bytes:
    """Seal contents to a council and sign them: the file that is sent."""
    outside = Outside(
        version=version,
        id=pack,
        from_code=by.code,
        from_key=by.fingerprint,
        to_code=to.code,
        to_key=to.fingerprint,
    ).as_said()
    inside = written({**outside, "contents": contents})
    sealed = SUITE.encrypt(inside, X25519PublicKey.from_public_bytes(to.sealing), info=written(outside))
    signed = {**outside, "sealed": b64encode(sealed).decode()}
    signature = Ed25519PrivateKey.from_private_bytes(with_key.signing).sign(written(signed))
    return written({**signed, "signature": b64encode(signature).decode()})


def outside_of(content: bytes) -> Outside:
    """
    Read what a pack says on its outside. Nothing of it is proved yet.

    :raises UnableToReadPack: it is too large, no pack, or of a version we do not know.
    """
    if len(content) > MOST_BYTES:
        raise UnableToReadPack("This file is too large for a pack. Ask the other council to send it again.")
    said = _read(content)
    if said.get("format") != FORMAT:
        raise UnableToReadPack("This file is not a pack of somebody who moves. Choose another file.")
    version = said.get("version")
    if type(version) is not int or version not in READABLE:
        raise UnableToReadPack(
            "This pack is of a version we do not know. Ask the other council to send it in version "
            f"{VERSION}, or bring this system up to date."
        )
    try:
        return Outside(
            version=version,
            id=UUID(said["id"]),
            from_code=str(said["from"]["code"]),
            from_key=str(said["from"]["key"]),
            to_code=str(said["to"]["code"]),
            to_key=str(said["to"]["key"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise UnableToReadPack("This pack is not whole. Ask the other council to send it again.") from trouble


def unseal(content: bytes, *, by: PublicKey, with_key: PrivateKey) -> dict[str, Any]:
    """
    See that a pack was signed by this council, and give what is in it.

    :raises UnableToReadPack: it was changed on the way, signed by somebody else, or sealed to another key.
    """
    outside, said = outside_of(content).as_said(), _read(content)
    try:
        signature = b64decode(said.pop("signature"), validate=True)
        Ed25519PublicKey.from_public_bytes(by.signing).verify(signature, written(said))
        sealed = b64decode(said["sealed"], validate=True)
        opened = SUITE.decrypt(
            sealed, X25519PrivateKey.from_private_bytes(with_key.sealing), info=written(outside)
        )
    except (InvalidSignature, InvalidTag, KeyError, TypeError, ValueError) as trouble:
        raise UnableToReadPack(
            f"This pack is not as {by.name} sent it. It may have been changed on the way. Nothing was taken in. "
            "Call them, and ask them to send it again."
        ) from trouble
    inside = _read(opened)
    contents = inside.pop("contents", None)
    if inside != outside or not isinstance(contents, dict):
        raise UnableToReadPack(
            "What this pack says outside is not what it says inside. Nothing was taken in."
        )
    return contents


def _read(content: bytes) -> dict[str, Any]:
    try:
        return read(content)
    except UnableToReadJson as trouble:
        raise UnableToReadPack(
            "This file is not a pack of somebody who moves. Choose another file."
        ) from trouble
