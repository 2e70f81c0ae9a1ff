"""
Sealing words with a key, for one row and one column: nobody reads or changes them without it, or moves them elsewhere.

AES-256 in SIV mode (RFC 5297): authenticated, and the same words in the same row and column look the same each time,
so that triggers which compare what was with what is work on sealed columns too. In another row or column they look
different, and do not open there.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256, sha512
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

# How what is sealed begins: the form it has. Then come the name of its key, a full stop, and the rest.
FORM = "s1."
LEAST_LETTERS = 32


class UnableToSeal(Exception):
    """There is no key."""


class UnableToOpen(Exception):
    """The key is missing, or it was changed or moved: what it says cannot be known."""


@dataclass(frozen=True)
class Key:
    """A key, and the name by which what it sealed says so."""

    name: str
    cipher: AESSIV

    @property
    def begins(self) -> str:
        """What everything begins with that it sealed."""
        return f"{FORM}{self.name}."


@dataclass(frozen=True)
class Keys:
    """All keys: the newest seals, every one opens."""

    every: Sequence[Key]

    @property
    def newest(self) -> Key:
        """
        The key to seal with.

        :raises UnableToSeal: there is none.
        """
        if not self.every:
            raise UnableToSeal("SEALING_KEY is not set: sensitive words cannot be kept without it.")
        return self.every[0]

    def named(self, name: str) -> Key:
        """
        Give the key of this name.

        :raises UnableToOpen: it is none of ours.
        """
        for key in self.every:
            if key.name == name:
                return key
        raise UnableToOpen(
            f"Sealed with key {name}, which is neither SEALING_KEY nor among SEALING_KEY_FALLBACKS. "
            "Put that key back: without it, what it sealed is lost."
        )


@dataclass(frozen=True)
class Place:
    """Where something is kept: in which column ("plans_plan.outcomes") of which row."""

    column: str
    row: UUID

    @property
    def bound(self) -> list[bytes]:
        """What is sealed in with the words, so that they open nowhere else."""
        return [FORM.encode(), self.column.encode(), self.row.bytes]


def key_of(secret: str) -> Key:
    """Make the key of a secret, which is long and random."""
    name = sha256(f"the name of a sealing key:{secret}".encode()).hexdigest()[:8]
    return Key(name, AESSIV(sha512(f"sealed columns:{secret}".encode()).digest()))


def keys_of(secrets: Sequence[str]) -> Keys:
    """Make the keys of secrets, the newest first; nothing is no secret."""
    return Keys([key_of(secret) for secret in secrets if secret])


def seal(words: str, *, at: Place, keys: Keys) -> str:
    """
    Seal words for a place. No words stay no words: that nothing was written is not hidden, nor is how long it is.

    :raises UnableToSeal: there is no key.
    """
    if not words:
        return ""
    key = keys.newest
    return key.begins + urlsafe_b64encode(key.cipher.encrypt(words.encode(), at.bound)).decode()


def unseal(sealed: str, *, at: Place, keys: Keys) -> str:
    """
    Open what was sealed for a place.

    :raises UnableToOpen: its key is missing, or it was changed, or sealed for another place.
    """
    if not sealed:
        return ""
    name, rest = _parts(sealed, at)
    try:
        return keys.named(name).cipher.decrypt(urlsafe_b64decode(rest), at.bound).decode()
    except (InvalidTag, ValueError) as wrong:
        raise _changed(at) from wrong


def seal_bytes(content: bytes, *, at: Place, keys: Keys) -> bytes:
    """Seal bytes for a place, as `seal` does words."""
    key = keys.newest
    return key.begins.encode() + key.cipher.encrypt(content, at.bound) if content else b""


def unseal_bytes(sealed: bytes, *, at: Place, keys: Keys) -> bytes:
    """Open bytes that were sealed for a place, as `unseal` does words."""
    if not sealed:
        return b""
    length = len(FORM) + 9
    name, _ = _parts(sealed[:length].decode("latin-1"), at)
    try:
        return keys.named(name).cipher.decrypt(sealed[length:], at.bound)
    except (InvalidTag, ValueError) as wrong:
        raise _changed(at) from wrong


def is_sealed(kept: str) -> bool:
    """Whether this is sealed, or nothing."""
    return not kept or kept.startswith(FORM)


def _parts(sealed: str, at: Place) -> tuple[str, str]:
    """Give the name of the key, and what it sealed."""
    form, _, rest = sealed.partition(".")
    name, dot, rest = rest.partition(".")
    if f"{form}." != FORM or not dot:
        raise UnableToOpen(f"What stands in {at.column} of row {at.row} was never sealed.")
    return name, rest


def _changed(at: Place) -> UnableToOpen:
    return UnableToOpen(
        f"What stands in {at.column} of row {at.row} does not open: it was changed, or sealed for another place."
    )
