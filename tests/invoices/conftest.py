"""The API as it is served: gunicorn on this test's database."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

STOP_SECONDS = 15
Address = tuple[str, int]


@pytest.fixture
def served(test_environment: dict[str, str]) -> Iterator[Address]:
    """Serve Common Purse as `up` and the image do; gives host and port. Who connects early waits in the queue."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        number = listening.fileno()
        command = ["-m", "gunicorn", "commonpurse.wsgi", "--bind", f"fd://{number}", "--no-control-socket"]
        server = subprocess.Popen(
            [sys.executable, *command, "--workers", "2", "--threads", "8", "--log-level", "warning"],
            env=test_environment,
            pass_fds=[number],
        )
        try:
            yield listening.getsockname()[:2]
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)
