"""Somebody writes while their server is killed: what stood on the screen is in the database in the end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Error, Page, expect

from people.models import User
from plans.models import Assessment
from tests.browser.conftest import LooksRight
from tests.cast import make_cast
from tests.plans.asking import make_ras
from tests.plans.assessing import make_assessment
from tests.visiting import as_user

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MILLISECONDS = 60_000


class Server:
    """The web server as `up` starts it, on this test's database. It may be killed and started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = environment | {"DEBUG": "true", "HASHED_STATIC": "false"}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "commonpurse.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, "--no-control-socket", "--threads", "4", "--log-level", "warning"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Kill it without a word of warning, its workers too."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(test_environment: dict[str, str]) -> Iterator[Server]:
    """A server that has been started."""
    running = Server(test_environment)
    running.start()
    yield running
    running.kill()


def window_of(user: User, chromium: Browser, server: Server) -> Page:
    """A window in which somebody has signed in."""
    window = chromium.new_context(base_url=server.address, locale="en-GB", timezone_id="Europe/London")
    window.set_default_timeout(PATIENCE_MILLISECONDS)
    cookies = as_user(user).cookies
    window.add_cookies(
        [{"name": name, "value": one.value, "url": server.address} for name, one in cookies.items()]
    )
    return window.new_page()


def patiently_open(page: Page, address: str) -> None:
    """Open a page, however long its server takes to start."""
    for _ in range(PATIENCE_MILLISECONDS // 500):
        try:
            page.goto(address)
            return
        except Error:  # it does not listen yet
            page.wait_for_timeout(500)


def test_loses_no_word_when_the_server_is_killed(
    chromium: Browser, server: Server, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    make_ras(council=cast.council)
    assessment = make_assessment(person=cast.ben, on=timezone.localdate())
    page = window_of(cast.priya, chromium, server)
    patiently_open(page, reverse("plans:write-assessment", args=[assessment.pk, 1]))
    page.get_by_label("What matters to them?").fill("To swim again.")
    expect(page.locator("input[name=seen]")).to_have_value("1", timeout=PATIENCE_MILLISECONDS)
    expect(page.locator(".autosave__state")).to_contain_text("Saved")
    assert Assessment.objects.get(pk=assessment.pk).what_matters == "To swim again."
    looks_right(page)

    server.kill()
    page.get_by_label("What matters to them?").press_sequentially(" And to sing.")
    expect(page.get_by_text("Not saved yet.")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    server.start()
    expect(page.get_by_text("Not saved yet.")).to_be_hidden(timeout=PATIENCE_MILLISECONDS)
    assert Assessment.objects.get(pk=assessment.pk).what_matters.endswith("And to sing.")
    page.reload()
    expect(page.get_by_label("What matters to them?")).to_have_value(
        Assessment.objects.get(pk=assessment.pk).what_matters
    )
    page.context.close()
