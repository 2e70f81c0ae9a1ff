"""
How long people wait for the main pages, with eight of them asking at once, beside a bare page of the same server.

The server is the demo's: gunicorn with two workers of four threads. The council is the made-up one.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.cookies import SimpleCookie

from django.utils import timezone

from bench.ground import owner
from bench.row import Row
from clusters.models import Membership
from commonpurse.demo.load import load
from commonpurse.demo.story.council import GRACE, MARCUS, PRIYA
from commonpurse.demo.story.hooyo import HALIMA
from people.models import User
from tests.visiting import as_user

CONNECTIONS = 8
EACH_ASKS = {"small": 50, "middle": 60, "full": 120}
MOST = 3.0  # times the bare page
ROUNDS = 5
WARM_UP = 4
COLD_SECONDS = 30


def measure(size: str) -> Iterator[Row]:
    """Give the wait of 95 in 100 for each main page, in times the bare page's."""
    load(on=timezone.localdate(), say=lambda _: None)
    with owner() as connection:
        connection.execute("ANALYZE")  # as PostgreSQL does by itself, within a minute or two
    with server() as port:
        for name, email, path in main_pages():
            cookies = "; ".join(f"{key}={one.value}" for key, one in signed_in(email).items())
            ours, floor = in_turns(port, path, cookies=cookies, times=EACH_ASKS[size])
            yield Row(
                name=f"{name}: the wait of 95 in 100, 8 at once",
                figure=f"{ours / floor:.2f} x",
                target=f"at most {MOST:g} x",
                is_met=ours / floor <= MOST,
                detail=f"{ours * 1000:.0f} ms; a bare page with 6 queries and 50 rows {floor * 1000:.0f} ms",
            )


def main_pages() -> list[tuple[str, str, str]]:
    """What is measured: its name, who asks, and where it lies."""
    cluster = Membership.objects.current().filter(
        person__user__email=HALIMA.email, joined_date__isnull=False
    )[0]
    return [
        ("my money", HALIMA.email, "/my-money/"),
        ("find a cluster", HALIMA.email, "/find-a-cluster/"),
        ("our cluster", HALIMA.email, f"/clusters/{cluster.cluster_id}/"),
        ("leaving", HALIMA.email, f"/clusters/{cluster.cluster_id}/leave/"),
        ("my people", PRIYA, "/my-people/"),
        ("what waits", MARCUS, "/commissioning/waiting/"),
        ("month end", GRACE, "/month-end/"),
    ]


def signed_in(email: str) -> SimpleCookie:
    """Sign somebody in, as they would be with their second step; gives what their browser keeps."""
    return as_user(User.objects.get(email=email)).cookies


@contextmanager
def server() -> Iterator[int]:
    """Start the server of the demo with the bare page beside; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = ["gunicorn", "commonpurse.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.pages_settings"}
    with subprocess.Popen(
        [sys.executable, "-m", *command, "--no-control-socket", "--log-level=error"],
        env=environment,
        start_new_session=True,
    ) as web:
        try:
            wait_for_it(port)
            yield port
        finally:
            web.terminate()


def wait_for_it(port: int) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + COLD_SECONDS
    while time.monotonic() < deadline:
        try:
            if seconds_to_get(http.client.HTTPConnection("127.0.0.1", port), "/health/", ""):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not answer.")


def in_turns(port: int, path: str, *, cookies: str, times: int) -> tuple[float, float]:
    """
    Give the seconds that 95 in 100 wait at most for a page, and for the bare page beside it.

    They are asked for in turns, each round on new connections: whatever else the machine does meanwhile, and how
    connections fall to the server's workers, meets both.
    """
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours += waits_of_all(port, path, cookies=cookies, times=times // ROUNDS)
        floor += waits_of_all(port, "/bare/", cookies="", times=times // ROUNDS)
    return slowest_but_one_in_twenty(ours), slowest_but_one_in_twenty(floor)


def slowest_but_one_in_twenty(waits: list[float]) -> float:
    """Give the seconds that 95 in 100 waited at most."""
    return sorted(waits)[len(waits) * 95 // 100]


def waits_of_all(port: int, path: str, *, cookies: str, times: int) -> list[float]:
    """Let as many as there are connections ask again and again at once; gives the seconds of each time."""
    with ThreadPoolExecutor(CONNECTIONS) as people:
        asked = partial(waits_of_one, port, path, cookies, times)
        return [wait for waits in people.map(lambda _: asked(), range(CONNECTIONS)) for wait in waits]


def waits_of_one(port: int, path: str, cookies: str, times: int) -> list[float]:
    """Ask so many times over one connection, after a few that do not count; gives the seconds of each."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    waits = [seconds_to_get(connection, path, cookies) for _ in range(WARM_UP + times)]
    connection.close()
    return waits[WARM_UP:]


def seconds_to_get(connection: http.client.HTTPConnection, path: str, cookies: str) -> float:
    """Ask for a page; gives the seconds until all of it was there."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookies} if cookies else {})
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return time.perf_counter() - start
