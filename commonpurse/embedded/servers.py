"""
The servers of this checkout: started once, shared by every command that comes along meanwhile.

Two locks in the state folder say who does what. `running.lock` belongs to the process that started the servers.
`users.lock` is shared by everybody who works with them; a short command that started them waits for the others
to finish before it stops them. The kernel lets go of both when a process dies, however it dies.
"""

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from commonpurse.embedded import places
from commonpurse.embedded.broker import broker_url, cache_url, start_broker
from commonpurse.embedded.children import Child, is_running
from commonpurse.embedded.postgres import APP, DURABLE, OWNER, Cluster, start_postgres

STOP_SECONDS = {"broker": 10.0, "database": 30.0}  # in this order
LEFTOVER_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.05


class AlreadyRunning(Exception):
    """Another process has the servers of this checkout; its note says which, and where they are."""

    def __init__(self, note: Mapping[str, Any]) -> None:
        self.note = note
        super().__init__(f"process {note.get('pid', 'unknown')} has the servers of this checkout")


@dataclass
class Servers:
    """A running database and broker, and the variables that point at them."""

    state: Path
    sockets: Path
    doing: str
    variables: dict[str, str] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def logs(self) -> Path:
        """The folder of everybody's logs."""
        return self.state / "logs"

    def write_note(self, **more: Any) -> None:
        """Say for others who runs the servers and where. It holds passwords, so only we may read it."""
        note = {
            "pid": os.getpid(),
            "doing": self.doing,
            "sockets": str(self.sockets),
            "children": [child.process.pid for child in self.children.values()],
            "variables": self.variables,
            **more,
        }
        draft = self.state / "running.new"
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
            json.dump(note, writer)
        draft.rename(self.state / "running.json")

    def start_broker(self) -> None:
        """Start Valkey, or start it again where it was."""
        self.children["broker"] = start_broker(
            data=self.state / "broker", sockets=self.sockets, log=self.logs / "broker.log", keeps=True
        )


def is_given_a_database() -> bool:
    """Whether somebody else runs the database, so that none is to be started here."""
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("PGHOST"))


@contextmanager
def own_servers(*, doing: str) -> Iterator[Servers]:
    """
    Start what nobody else runs for us, the database and the broker, and stop it at the end.

    :raises AlreadyRunning: another process has the servers of this checkout.
    :raises UnableToStart: one of them did not come up.
    """
    state = places.make_folder(places.state_folder())
    with open(state / "running.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_read_note(state)) from None
        _clear_up_after(_read_note(state))
        servers = Servers(state, places.socket_folder(), doing)
        try:
            _start(servers)
            yield servers
        finally:
            (state / "running.json").unlink(missing_ok=True)
            for name, seconds in STOP_SECONDS.items():
                if child := servers.children.get(name):
                    child.stop(within_seconds=seconds)
            shutil.rmtree(servers.sockets, ignore_errors=True)


@contextmanager
def borrowed_servers(*, doing: str) -> Iterator[dict[str, str]]:
    """Use the servers that run, or start them and stop them when everybody is done. Gives their variables."""
    state = places.make_folder(places.state_folder())
    with open(state / "users.lock", "a") as users, ExitStack() as stack:
        variables = None
        while variables is None:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                variables = stack.enter_context(own_servers(doing=doing)).variables
            except AlreadyRunning as other:
                # Until it says "ready", the other is still starting or already stopping: let it.
                variables = other.note["variables"] if other.note.get("ready") else None
                if variables is None:
                    fcntl.flock(users, fcntl.LOCK_UN)
                    time.sleep(LOOK_AGAIN_SECONDS)
            else:
                stack.callback(_wait_for_the_others, users)
        yield variables


def _wait_for_the_others(users: TextIO) -> None:
    """Whoever else is at work with our servers finishes first."""
    fcntl.flock(users, fcntl.LOCK_UN)
    fcntl.flock(users, fcntl.LOCK_EX)


def _start(servers: Servers) -> None:
    places.make_folder(servers.logs)
    passwords = places.read_secrets(servers.state)
    servers.variables = {
        "SECRET_KEY": passwords["django"],
        "SEALING_KEY": passwords["sealing"],
        "OVER_TLS": "false",
    }
    if not is_given_a_database():
        cluster = Cluster(servers.state / "database", servers.sockets, passwords, DURABLE)
        servers.children["database"] = start_postgres(cluster, log=servers.logs / "database.log")
        servers.variables |= {"DATABASE_URL": cluster.url(APP), "DATABASE_OWNER_URL": cluster.url(OWNER)}
    if not os.environ.get("REDIS_URL"):
        servers.start_broker()
        servers.variables |= {
            "REDIS_URL": broker_url(servers.sockets),
            "CACHE_URL": cache_url(servers.sockets),
        }
    servers.write_note(ready=True)


def _read_note(state: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads((state / "running.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return note


def _clear_up_after(note: Mapping[str, Any]) -> None:
    """End what a killed process left running (we hold its lock, so it is dead) and remove its sockets."""
    sockets = note.get("sockets")
    if not sockets:
        return
    deadline = time.monotonic() + LEFTOVER_SECONDS
    for pid in note.get("children", []):
        while is_running(pid, mark=sockets) and time.monotonic() < deadline:
            os.kill(pid, signal.SIGINT)
            time.sleep(LOOK_AGAIN_SECONDS)
    shutil.rmtree(sockets, ignore_errors=True)
