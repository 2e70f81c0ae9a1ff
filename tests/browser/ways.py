"""Ways of using a page other than by mouse: by keyboard alone, and with JavaScript off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

MOST_STEPS = 80


@pytest.fixture
def plain_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window in which no script runs."""
    window = chromium.new_context(
        base_url=live_server.url, locale="en-GB", timezone_id="Europe/London", java_script_enabled=False
    )
    yield window.new_page()
    window.close()


def reach(page: Page, target: Locator) -> None:
    """Go to something with the Tab key alone."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by keyboard")


def press(page: Page, target: Locator) -> None:
    """Follow a link or press a button by keyboard."""
    reach(page, target)
    page.keyboard.press("Enter")


def write(page: Page, target: Locator, words: str) -> None:
    """Write into a field by keyboard."""
    reach(page, target)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
