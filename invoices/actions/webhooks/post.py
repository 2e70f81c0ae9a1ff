"""
Posting to an address that somebody else chose, without being led into our own network.

The name is looked up once, every address it has must be one of the internet, and the connection goes to the very
address that was looked at: a name that changes in between leads nowhere else. No redirect is followed, the answer is
read no further than its head, and after some seconds it is over, however slowly the other side speaks.
"""

import socket
import ssl
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import NamedTuple

from invoices.rules.webhooks import Target, UnfitAddress, is_public, read_target

CONNECT_SECONDS = 5
ALL_IN_ALL_SECONDS = 15
TAKEN = range(200, 300)
REDIRECTS = range(300, 400)


class Answer(NamedTuple):
    """What came of a message: the status, or the problem where there was none, and how long it took."""

    status: int | None
    problem: str
    took_ms: int

    @property
    def is_taken(self) -> bool:
        """Tell whether the other side took it."""
        return self.status in TAKEN


class _Pinned(HTTPConnection):
    """A connection to an address that was looked at, in the name that was asked for."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS)
        self.target, self.address = target, address

    def connect(self) -> None:
        """Connect to the address itself; with TLS the certificate must be for the name."""
        plain = socket.create_connection((self.address, self.target.port), timeout=CONNECT_SECONDS)
        if self.target.scheme == "https":
            try:
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)
            except BaseException:
                plain.close()
                raise
        else:
            self.sock = plain


def post_safely(url: str, *, headers: dict[str, str], body: bytes, may_be_private: bool = False) -> Answer:
    """
    Post a message and give what came of it. Never raises for what the other side does.

    `may_be_private`: on one's own machine, where the other side may be here.
    """
    began = time.monotonic()
    status, problem = None, ""
    try:
        target = read_target(url, may_be_private=may_be_private)
        status = _post(target, _look_up(target, may_be_private=may_be_private), headers, body)
        if status in REDIRECTS:
            problem = "The address leads on to another. We do not follow: give us the last one."
    except UnfitAddress as trouble:
        problem = str(trouble)
    except TimeoutError:
        problem = "The other side did not answer in time."
    except ssl.SSLError:
        problem = "The certificate of the other side is not valid for this address."
    except socket.gaierror:
        problem = "Nobody knows this address."
    except (OSError, HTTPException, ValueError) as trouble:
        problem = f"The connection failed ({type(trouble).__name__})."
    return Answer(status, problem, round((time.monotonic() - began) * 1000))


def _look_up(target: Target, *, may_be_private: bool) -> str:
    """
    Give an address of the host.

    :raises UnfitAddress: any address it has is not one of the internet.
    """
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [str(where[0]) for *_, where in found]
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise UnfitAddress("This address leads into a private network, so nothing was sent.")
    return addresses[0]


def _post(target: Target, address: str, headers: dict[str, str], body: bytes) -> int:
    """Send, read the status, and hang up; cut off whoever takes too long over it."""
    connection = _Pinned(target, address)
    cut_off = Timer(ALL_IN_ALL_SECONDS, _hang_up, [connection])
    cut_off.daemon = True
    cut_off.start()
    try:
        connection.request("POST", target.path, body=body, headers=headers)
        return connection.getresponse().status
    finally:
        cut_off.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    """End a connection under the hands of whoever waits for it."""
    with suppress(OSError):  # it may have ended by itself just now
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
