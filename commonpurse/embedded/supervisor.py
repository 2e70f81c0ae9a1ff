"""Keeping the web, the worker and the beat running, on top of the embedded servers, until told to stop."""

import contextlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from commonpurse.embedded.children import Child, start_child
from commonpurse.embedded.places import THROWAWAY
from commonpurse.embedded.servers import Servers

FIRST_ANSWER_SECONDS = 120
LOOK_EVERY_SECONDS = 0.25
# A part that dies this often in this time will not get better by itself.
RESTARTS = 5
RESTARTS_WITHIN_SECONDS = 60
TRY_PORTS = 50
LAST_PORT = 65535
# The app has no need of the owner's password, so it does not get it.
NOT_FOR_THE_APP = ("DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL")


class UnableToGoOn(Exception):
    """A part of the house has fallen and cannot be put up again. The message says which, and what it last said."""


@dataclass(frozen=True)
class Part:
    """A part of the house: how to start it, and how to end it in good order."""

    name: str
    arguments: tuple[str, ...]
    stop_signal: signal.Signals
    stop_seconds: float


@dataclass
class House:
    """The parts that run, in the order they are stopped."""

    servers: Servers
    environment: dict[str, str]
    running: dict[Part, Child] = field(default_factory=dict)
    restarts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    def start(self, part: Part) -> None:
        """Start one part, or start it again."""
        log = self.servers.logs / f"{part.name}.log"
        self.running[part] = start_child(
            part.name, part.arguments, log=log, stop_signal=part.stop_signal, environment=self.environment
        )

    def mend(self) -> list[str]:
        """
        Start again what has died. Gives the names of what was.

        :raises UnableToGoOn: the database died, or the parts die faster than it makes sense to start them.
        """
        servers = self.servers.children
        if "database" in servers and servers["database"].has_ended:
            raise UnableToGoOn(_obituary(servers["database"]))
        mended = []
        if "broker" in servers and servers["broker"].has_ended:
            self._count_restart(servers["broker"])
            self.servers.start_broker()
            mended.append("broker")
        for part, child in list(self.running.items()):
            if child.has_ended:
                self._count_restart(child)
                child.stop(within_seconds=0)  # what it started must not live on beside the new one
                self.start(part)
                mended.append(part.name)
        return mended

    def stop(self) -> None:
        """Stop every part in the order they were started: the web first, so that nothing new comes in."""
        for part, child in self.running.items():
            child.stop(within_seconds=part.stop_seconds)

    def _count_restart(self, child: Child) -> None:
        now = time.monotonic()
        if len(self.restarts) == RESTARTS and now - self.restarts[0] < RESTARTS_WITHIN_SECONDS:
            raise UnableToGoOn(_obituary(child))
        self.restarts.append(now)


def parts_of_the_house(servers: Servers, *, host: str, port: int) -> list[Part]:
    """The web, the beat and the worker, each as in docker-compose.yml."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = (
        sys.executable,
        "-m",
        "gunicorn",
        "commonpurse.wsgi",
        "--bind",
        address,
        "--no-control-socket",
    )
    celery = (sys.executable, "-m", "celery", "--app", "commonpurse")
    schedule = str(servers.state / "beat-schedule")
    return [
        Part("web", (*gunicorn, "--workers=2", "--threads=4", "--graceful-timeout=5"), signal.SIGTERM, 8),
        Part("beat", (*celery, "beat", "--schedule", schedule, "--pidfile="), signal.SIGTERM, 5),
        Part(
            "worker",
            (*celery, "worker", "--loglevel=INFO", "--concurrency=2", "--without-mingle"),
            signal.SIGTERM,
            20,
        ),
    ]


def app_environment(servers: Servers, *, address: str, is_demo: bool) -> dict[str, str]:
    """The variables of the web, the worker and the beat."""
    local = {
        "SITE_ADDRESS": address,
        "STATIC_ROOT": str(servers.state / "static"),
        "MEDIA_ROOT": str(servers.state / "media"),
        "PYTHONUNBUFFERED": "1",
    }
    if is_demo:
        mail = servers.state / "mail"
        mail.mkdir(mode=0o700, exist_ok=True)
        # The address's own slash, then the folder with its: without both it would be a folder of the checkout.
        local |= {"DEMO": "true", "EMAIL_URL": f"filemail:///{mail}"}
    given = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_FOR_THE_APP and not value.startswith(THROWAWAY)  # `up` itself keeps nothing
    }
    variables = {name: value for name, value in servers.variables.items() if name not in NOT_FOR_THE_APP}
    return {**local, **variables, **given}


def free_port(host: str, wanted: int) -> int:
    """
    The port asked for, or the next one that is free.

    :raises UnableToGoOn: it is no port, or nothing is free for a good way above it.
    """
    if not 1 <= wanted <= LAST_PORT:
        raise UnableToGoOn(f"{wanted} is not a port. Choose one from 1 to {LAST_PORT}; 8000 is usual.")
    for port in range(wanted, min(wanted + TRY_PORTS, LAST_PORT + 1)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as attempt, contextlib.suppress(OSError):
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((host, port))
            return port
    raise UnableToGoOn(f"No port from {wanted} to {wanted + TRY_PORTS - 1} is free on {host}.")


def wait_for_the_first_page(house: House, address: str) -> None:
    """
    Wait until the web answers.

    :raises UnableToGoOn: it fell over, or was not there within two minutes.
    """
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/health/", timeout=5).close()  # noqa: S310 - our own http address
            return
        for child in house.running.values():
            if child.has_ended:
                raise UnableToGoOn(_obituary(child))
        time.sleep(LOOK_EVERY_SECONDS)
    raise UnableToGoOn(f"The web did not answer at {address} within {FIRST_ANSWER_SECONDS} seconds.")


@contextmanager
def stopping_in_good_order() -> Iterator[None]:
    """Let the first Ctrl-C, SIGTERM or hang-up end the block; let no second one disturb the clearing up."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _obituary(child: Child) -> str:
    said = f" It last said:\n{words}" if (words := child.last_words()) else ""
    return f"The {child.name} has ended with code {child.process.returncode} and cannot go on.{said}"
