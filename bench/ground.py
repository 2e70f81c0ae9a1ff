"""The ground that is measured on: a private PostgreSQL and broker, and real workers beside."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from commonpurse.celery import app
from jobs.models import Job

WORKERS = 2
LOOK_AGAIN_SECONDS = 0.05
MAY_TAKE_SECONDS = 3_600


@contextmanager
def workers() -> Iterator[int]:
    """Start a real Celery worker with two processes; gives its process id."""
    command = [
        "celery",
        "--quiet",
        "--app",
        "commonpurse",
        "worker",
        "--loglevel",
        "ERROR",
        "--without-mingle",
    ]
    with subprocess.Popen(
        [sys.executable, "-m", *command, "--without-gossip", "--concurrency", str(WORKERS)],
        env=os.environ.copy(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    ) as worker:
        try:
            while not app.control.ping(timeout=1):
                time.sleep(LOOK_AGAIN_SECONDS)
            yield worker.pid
        finally:
            worker.send_signal(signal.SIGTERM)


def seconds_until_done(job: Job, *, pid: int) -> tuple[float, int]:
    """Wait for a job to finish; gives the seconds it took and the most MB that one worker process held."""
    start, most = time.perf_counter(), 0
    while time.perf_counter() - start < MAY_TAKE_SECONDS:
        job.refresh_from_db()
        if job.is_finished:
            if job.error:
                raise RuntimeError(job.error)
            return time.perf_counter() - start, max(most, _most_mb(pid))
        time.sleep(LOOK_AGAIN_SECONDS)
    raise TimeoutError(str(job))


def processor_seconds(pid: int) -> float:
    """Read how long processors have worked so far for a worker and for PostgreSQL, all their processes together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    server = int(_stat(backend)[1])
    return sum(_worked_seconds(member) for root in (pid, server) for member in _family(root))


def _worked_seconds(pid: int) -> float:
    """Seconds of a process and of its ended children, in and out of the kernel."""
    try:
        return sum(int(ticks) for ticks in _stat(pid)[11:15]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0


def _stat(pid: int) -> list[str]:
    """Read what /proc says of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _family(pid: int) -> list[int]:
    return [pid, *(member for child in _children(pid) for member in _family(int(child)))]


def _most_mb(pid: int) -> int:
    """Read the most memory that any process of a worker has held so far."""
    return max(_high_water_mb(member) for member in _family(pid))


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _high_water_mb(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0


@contextmanager
def owner() -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, who may make the floor's."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


def seconds_to_copy(connection: psycopg.Connection, table: str, where: str = "true") -> tuple[float, int]:
    """
    Measure INSERT ... SELECT of a table's rows into one with the same columns and indexes and no checks.

    Gives seconds and rows.
    """
    connection.execute(
        f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING INDEXES INCLUDING DEFAULTS)".encode()
    )
    start = time.perf_counter()
    rows = connection.execute(
        f"INSERT INTO floor_{table} SELECT * FROM {table} t WHERE {where}".encode()
    ).rowcount
    took = time.perf_counter() - start
    connection.execute(f"DROP TABLE floor_{table}".encode())
    return took, rows
