"""What the tests hear of Celery."""

import subprocess
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from redis import Redis

from tests.plugin.bell import Ring


def test_rings_nothing_by_default(rings: list[Ring]) -> None:
    current_app.send_task("jobs.sweep", [1])
    assert rings == [("jobs.sweep", (1,))]


def test_a_real_worker_hears_the_bell(start_worker: Callable[..., subprocess.Popen[bytes]]) -> None:
    worker = start_worker()
    for _ in range(3):
        current_app.send_task("jobs.sweep")
    socket, _, options = settings.CELERY_BROKER_URL.removeprefix("redis+socket://").partition(
        "?virtual_host="
    )
    with Redis(unix_socket_path=socket, db=int(options)) as broker:
        while broker.llen("celery"):
            assert worker.poll() is None
