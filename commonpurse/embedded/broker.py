"""Valkey on a Unix socket: the broker that rings Celery's bell."""

import time
from pathlib import Path

import redis

from commonpurse.embedded.children import Child, UnableToStart, start_child
from commonpurse.embedded.programs import broker_program

START_SECONDS = 30


def broker_url(sockets: Path) -> str:
    """The address Celery is given."""
    return f"redis+socket://{sockets / 'valkey.sock'}?virtual_host=0"


def cache_url(sockets: Path) -> str:
    """The address of the cache: the same Valkey, apart from Celery's messages."""
    return f"unix://{sockets / 'valkey.sock'}?db=1"


def start_broker(*, data: Path, sockets: Path, log: Path, keeps: bool) -> Child:
    """
    Start Valkey; `keeps` writes every message to disk, which a test run does not need.

    :raises UnableToStart: it ended, or did not answer within half a minute.
    """
    data.mkdir(mode=0o700, exist_ok=True)
    socket = sockets / "valkey.sock"
    socket.unlink(missing_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes" if keeps else "no",
        "save": "",
        "daemonize": "no",
        "loglevel": "warning",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    child = start_child("broker", [broker_program(), *arguments], log=log)
    client = redis.Redis(unix_socket_path=str(socket))
    deadline = time.monotonic() + START_SECONDS
    try:
        while not _answers(client):
            if child.has_ended or time.monotonic() > deadline:
                child.stop(within_seconds=0)
                raise UnableToStart(f"Valkey did not come up. Its log ends with:\n{child.last_words()}")
            time.sleep(0.02)
    finally:
        client.close()
    return child


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.exceptions.RedisError:
        return False
