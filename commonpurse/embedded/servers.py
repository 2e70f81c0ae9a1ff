"""
The servers of this checkout: started once, shared by every command that comes along meanwhile.

Two locks in the state folder say who does what. `running.lock` belongs to the process that started the servers.
`users.lock` is shared by everybody who works with them; a short command that started them waits for the others to
finish before it stops them. The kernel lets go of both when a process dies, however it dies.
"""

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonpurse.embedded import places
from commonpurse.embedded.broker import broker_url, start_broker
from commonpurse.embedded.children import Child, is_running
from commonpurse.embedded.postgres import APP, DURABLE, OWNER, Cluster, make_log_folder, start_postgres

DATABASE_STOP_SECONDS = 30
BROKER_STOP_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.05


class AlreadyRunning(Exception):
    """Another process has the servers of this checkout."""

    def __init__(self, note: Mapping[str, Any]) -> None:
        self.note = note
        super().__init__(f"process {note.get('pid', 'unknown')} has the servers of this checkout")


@dataclass
class Servers:
    """A running database and broker, and the note that tells other processes about them."""

    state: Path
    sockets: Path
    variables: dict[str, str]
    doing: str
    children: list[Child] = field(default_factory=list)

    @property
    def database(self) -> Child:
        """PostgreSQL."""
        return self.children[0]

    @property
    def broker(self) -> Child:
        """Valkey."""
        return self.children[1]

    def write_note(self, **more: Any) -> None:
        """Say for others who runs the servers and where. It holds passwords, so only we may read it."""
        note = {
            "pid": os.getpid(),
            "doing": self.doing,
            "sockets": str(self.sockets),
            "children": [child.process.pid for child in self.children],
            "variables": self.variables,
            **more,
        }
        draft = self.state / "running.new"
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
            json.dump(note, writer)
        draft.rename(self.state / "running.json")

    def restart_broker(self) -> None:
        """Start Valkey again where it was."""
        self.broker.stop(within_seconds=0)
        self.children[1] = _start_broker(self.state, self.sockets)
        self.write_note()


@contextmanager
def own_servers(*, doing: str) -> Iterator[Servers]:
    """
    Start the servers of this checkout, and stop them at the end.

    :raises AlreadyRunning: another process has them.
    :raises UnableToStart: one of them did not come up.
    """
    state = places.make_folder(places.state_folder())
    with open(state / "running.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_read_note(state)) from None
        _clear_up_after(_read_note(state))
        sockets = places.socket_folder()
        servers = Servers(state, sockets, variables={}, doing=doing)
        try:
            _start(servers)
            yield servers
        finally:
            (state / "running.json").unlink(missing_ok=True)
            for child, seconds in zip(
                reversed(servers.children), (BROKER_STOP_SECONDS, DATABASE_STOP_SECONDS), strict=False
            ):
                child.stop(within_seconds=seconds)
            shutil.rmtree(sockets, ignore_errors=True)


@contextmanager
def borrowed_servers(*, doing: str) -> Iterator[dict[str, str]]:
    """Use the servers that run, or start them and stop them when everybody is done. Gives their variables."""
    state = places.make_folder(places.state_folder())
    with open(state / "users.lock", "a") as users:
        while True:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                with own_servers(doing=doing) as servers:
                    yield servers.variables
                    # Waiting, not refusing: whoever else is at work here finishes first.
                    fcntl.flock(users, fcntl.LOCK_UN)
                    fcntl.flock(users, fcntl.LOCK_EX)
                return
            except AlreadyRunning as other:
                if other.note.get("ready"):
                    yield other.note["variables"]
                    return
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(LOOK_AGAIN_SECONDS)


def _start(servers: Servers) -> None:
    logs = make_log_folder(servers.state)
    passwords = places.read_secrets(servers.state)
    cluster = Cluster(servers.state / "database", servers.sockets, passwords, DURABLE)
    servers.children.append(start_postgres(cluster, log=logs / "database.log"))
    servers.children.append(_start_broker(servers.state, servers.sockets))
    servers.variables = {
        "DATABASE_URL": cluster.url(APP),
        "DATABASE_OWNER_URL": cluster.url(OWNER),
        "REDIS_URL": broker_url(servers.sockets),
        "SECRET_KEY": passwords["django"],
        "OVER_TLS": "false",
    }
    servers.write_note(ready=True)


def _start_broker(state: Path, sockets: Path) -> Child:
    return start_broker(data=state / "broker", sockets=sockets, log=state / "logs" / "broker.log", keeps=True)


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
    deadline = time.monotonic() + BROKER_STOP_SECONDS
    for pid in note.get("children", []):
        while is_running(pid, mark=sockets) and time.monotonic() < deadline:
            os.kill(pid, signal.SIGINT)
            time.sleep(LOOK_AGAIN_SECONDS)
    shutil.rmtree(sockets, ignore_errors=True)
