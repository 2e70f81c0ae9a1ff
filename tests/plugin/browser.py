"""
A real browser: Debian's Chromium, driven by Playwright, looking at the live server.

Where there is Chromium without a window (the package chromium-headless-shell), it is that one: it reads, writes and
draws pages as the other does, and needs two thirds of the work for it, as it has no tabs and menus to keep.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "No journey can be walked without a browser: apt-get install chromium-headless-shell"
PATIENCE_MILLISECONDS = 15_000


def browser_program() -> str | None:
    """Where the browser is, if there is one."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Where there is none, its tests are skipped on one's own machine and fail in CI."""
    program = browser_program()
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, and Django would take our queries for part of it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """
    A fresh window on the live server: `page.goto("/clusters/")`.

    The database keeps what the test writes until its end, so the test needs no `django_db` of its own. A page
    that the Content-Security-Policy had to hold back, or whose script fell over, fails the test.
    """
    window = chromium.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Europe/London")
    window.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A refused form answers 4xx on purpose, and the browser remarks on it.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    view = window.new_page()
    view.on("console", hear)
    view.on("pageerror", lambda error: complaints.append(str(error)))
    yield view
    window.close()
    assert complaints == []
