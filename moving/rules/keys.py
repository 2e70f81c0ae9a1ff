"""
A council's keys: a pair to sign with (Ed25519) and a pair that others seal to (X25519). Pure.

The public halves go to other councils as a small file; the private ones are locked with the settings' secret before
they are kept. A fingerprint is what two people read to each other on the telephone.
"""

from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from moving.rules.strict_json import UnableToReadJson, read, written

KEY_BYTES = 32
KEY_FORMAT, KEY_VERSION = "common-purse-council-key", 1
GROUP = 4
LONGEST_CODE, LONGEST_NAME = 20, 200


class UnableToReadKey(Exception):
    """The file is no council's public key, or of a version we do not know."""


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """What others need of a council: its code and name, and the two public keys (32 bytes each)."""

    code: str
    name: str
    signing: bytes
    sealing: bytes

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint: 40 hexadecimal digits of SHA-256 over both keys, in groups of four."""
        digits = sha256(self.signing + self.sealing).hexdigest()[:40].upper()
        return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


@dataclass(frozen=True, kw_only=True)
class PrivateKey:
    """The private halves, 32 bytes each. Never written anywhere but locked."""

    signing: bytes
    sealing: bytes

    def public(self, *, code: str, name: str) -> PublicKey:
        """Give the public halves, under a council's code and name."""
        return PublicKey(
            code=code,
            name=name,
            signing=Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
            sealing=X25519PrivateKey.from_private_bytes(self.sealing).public_key().public_bytes_raw(),
        )


def make_private_key() -> PrivateKey:
    """Make a new pair of private keys."""
    return PrivateKey(
        signing=Ed25519PrivateKey.generate().private_bytes_raw(),
        sealing=X25519PrivateKey.generate().private_bytes_raw(),
    )


def write_key(key: PublicKey) -> bytes:
    """Write a public key as the file that is handed to another council."""
    return written(
        {
            "format": KEY_FORMAT,
            "version": KEY_VERSION,
            "code": key.code,
            "name": key.name,
            "signing": b64encode(key.signing).decode(),
            "sealing": b64encode(key.sealing).decode(),
        }
    )


def read_key(content: bytes) -> PublicKey:
    """
    Read the file of another council's public key.

    :raises UnableToReadKey: see the class.
    """
    try:
        said = read(content)
        if (said["format"], said["version"]) != (KEY_FORMAT, KEY_VERSION):
            raise UnableToReadKey("This is not the key of a council, or of a version we do not know yet.")
        key = PublicKey(
            code=str(said["code"])[:LONGEST_CODE],
            name=str(said["name"])[:LONGEST_NAME],
            signing=b64decode(said["signing"], validate=True),
            sealing=b64decode(said["sealing"], validate=True),
        )
    except (UnableToReadJson, KeyError, TypeError, ValueError) as trouble:
        raise UnableToReadKey("This is not the key of a council. Ask them for the file again.") from trouble
    if {len(key.signing), len(key.sealing)} != {KEY_BYTES} or not key.code or not key.name:
        raise UnableToReadKey("This key is not whole. Ask them for the file again.")
    return key


def same_fingerprint(said: str, fingerprint: str) -> bool:
    """Tell whether somebody wrote down this fingerprint, however they spaced it."""
    return "".join(said.split()).upper() == "".join(fingerprint.split())


def lock(content: bytes, *, secrets: Sequence[str]) -> str:
    """Make something unreadable to whoever reads the database alone. The first secret locks."""
    return _vault(secrets).encrypt(content).decode()


def unlock(locked: str, *, secrets: Sequence[str]) -> bytes:
    """Read it again, with whichever secret locked it."""
    return _vault(secrets).decrypt(locked.encode())


def lock_key(key: PrivateKey, *, secrets: Sequence[str]) -> str:
    """Lock both private keys."""
    return lock(key.signing + key.sealing, secrets=secrets)


def unlock_key(locked: str, *, secrets: Sequence[str]) -> PrivateKey:
    """Give both private keys again."""
    both = unlock(locked, secrets=secrets)
    return PrivateKey(signing=both[:KEY_BYTES], sealing=both[KEY_BYTES:])


def _vault(secrets: Sequence[str]) -> MultiFernet:
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(sha256(f"moving council:{secret}".encode()).digest()))
            for secret in secrets
        ]
    )
