"""Telling systems what happened: which event it is, when to try again, and where never to send. Pure: no Django."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, MultiFernet

# Minutes to wait after each try that failed; there are ten tries in all.
WAIT_MINUTES = (0.1, 0.5, 2, 5, 10, 20, 30, 60, 60)
MOST_TRIES = len(WAIT_MINUTES) + 1
LONGEST_URL = 500
OPEN_PORTS = {443, 8443}  # beside any above 1023
FIRST_FREE_PORT = 1024
NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 addresses behind a gateway


class UnfitAddress(ValueError):
    """Nothing is sent there; the message says why."""


class Target(NamedTuple):
    """Where to send: the parts of an address."""

    scheme: str
    host: str
    port: int
    path: str


def wait_after(*, tries: int) -> timedelta | None:
    """Say how long to wait after so many tries before the next; none where there is no next."""
    return timedelta(minutes=WAIT_MINUTES[tries - 1]) if tries < MOST_TRIES else None


def read_target(url: str, *, may_be_private: bool = False) -> Target:
    """
    Read where to send. `may_be_private`: on one's own machine, where an address may be here and need no TLS.

    :raises UnfitAddress: it is no https address, holds a password, or names a private place outright.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise UnfitAddress(
            "This is no address of the web. Write it like https://example.org/hooks."
        ) from None
    schemes = {"https", "http"} if may_be_private else {"https"}
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise UnfitAddress(f"Write an address of at most {LONGEST_URL} plain characters.")
    if parts.scheme not in schemes or not parts.hostname:
        raise UnfitAddress("Write an address that begins with https://, so that nobody reads along.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise UnfitAddress("Leave out user names, passwords and what comes after #.")
    if not may_be_private and port not in OPEN_PORTS and port < FIRST_FREE_PORT:
        raise UnfitAddress("Use the port of https (443), 8443, or one above 1023.")
    if not may_be_private and _is_named_private(parts.hostname):
        raise UnfitAddress("This address is inside a private network. Give one that the internet reaches.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, path)


def _is_named_private(host: str) -> bool:
    """Tell whether a host is a private address outright, or a name that never leaves a machine or network."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        return True
    try:
        return not is_public(name)
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """
    Tell whether an IP address is one of the internet: not private, loopback, link-local, shared or reserved.

    An IPv4 address that is carried inside an IPv6 one counts as what it carries.

    :raises ValueError: it is no IP address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if carried is not None:
            return carried.is_global and not carried.is_multicast
        if ip in NAT64:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def make_secret(random: bytes) -> str:
    """Write a secret as Standard Webhooks has it. `random`: 24 to 64 random bytes."""
    return "whsec_" + b64encode(random).decode()


def lock(secret: str, *, keys: Sequence[str]) -> str:
    """Make a secret unreadable to whoever reads the database alone. The first key locks."""
    return _vault(keys).encrypt(secret.encode()).decode()


def unlock(locked: str, *, keys: Sequence[str]) -> str:
    """Read a secret again, with whichever key locked it."""
    return _vault(keys).decrypt(locked.encode()).decode()


def _vault(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"webhooks:{key}".encode()).digest())) for key in keys]
    )


def invoice_event(lines: Mapping[str, int]) -> str:
    """Say which event an invoice stands for, by how many of its lines are in which state: held before all else."""
    if lines.get("held"):
        return "invoice.held"
    return "invoice.accepted" if lines.get("accepted") else "invoice.rejected"
