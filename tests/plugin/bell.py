"""Celery in tests: nothing is rung, unless a test wants to hear it or starts a worker of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import Celery
from django.db import connections

from tests.plugin.database import variables_for

STOP_SECONDS = 15
Ring = tuple[str, tuple[Any, ...]]
StartWorker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture(autouse=True)
def rings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Ring]:
    """What would have been rung for, as task name and arguments. With `real_bell` the broker gets it instead."""
    heard: list[Ring] = []
    if "real_bell" in request.fixturenames:
        return heard

    def listen(_app: Celery, name: str, args: Any = None, *_: Any, **__: Any) -> None:
        heard.append((name, tuple(args or ())))

    monkeypatch.setattr(Celery, "send_task", listen)
    return heard


@pytest.fixture
def real_bell() -> None:
    """Ring through the broker of this test run. Ask for a worker with `start_worker`."""


@pytest.fixture
def test_environment(transactional_db: None) -> dict[str, str]:
    """The variables with which another process (a worker, `manage.py`) works on this test's database."""
    return variables_for(connections["default"].settings_dict["NAME"])


@pytest.fixture
def start_worker(real_bell: None, test_environment: dict[str, str]) -> Iterator[StartWorker]:
    """Start a real Celery worker on this test's database: `worker = start_worker(concurrency=2)`. It may be killed."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*, concurrency: int = 1, **variables: str) -> subprocess.Popen[bytes]:
        command = [
            "-m",
            "celery",
            "--app",
            "commonpurse",
            "worker",
            "--loglevel",
            "WARNING",
            "--without-mingle",
        ]
        running.append(
            subprocess.Popen(
                [sys.executable, *command, "--without-gossip", "--concurrency", str(concurrency)],
                env={**test_environment, **variables},
                start_new_session=True,
            )
        )
        return running[-1]

    yield start
    for worker in running:
        if worker.poll() is None:
            worker.send_signal(signal.SIGTERM)
            try:
                worker.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
