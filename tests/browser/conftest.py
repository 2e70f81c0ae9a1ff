"""
What every journey needs: to sign in as somebody does, and to know that a page is fit to be shown.

`page` and `chromium` come from tests/plugin/browser.py. Journeys write committed rows, which are cleaned away after.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.fixtures import Settings

from commonpurse.sign_in.second_factor import works_for_somebody
from people.models import User
from tests.commonpurse.second_steps import give_app

SMALL = ViewportSize(width=320, height=640)
LARGE = ViewportSize(width=1280, height=900)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
# What passes is not told, which would be most of the work.
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
DANGLING = """() => [...document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")]
    .flatMap(one => ["aria-describedby", "aria-labelledby", "aria-controls"]
        .flatMap(name => (one.getAttribute(name) || "").split(/\\s+/).filter(Boolean)))
    .filter(id => !document.getElementById(id))"""
TWICE = """() => { const seen = [...document.querySelectorAll("[id]")].map(one => one.id);
    return seen.filter((id, place) => seen.indexOf(id) !== place) }"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

SignIn = Callable[[Page, str], None]
LooksRight = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _demo(settings: Settings, tmp_path: Path) -> None:
    """As in the demo: mail is caught in a folder, and shown on a page."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    cache.clear()  # codes are limited to a few a minute


@pytest.fixture
def sign_in_once() -> SignIn:
    """Sign in by mouse, with the code from the caught mail, up to where a second step may be asked."""

    def by_code(page: Page, email: str) -> None:
        cache.clear()  # an app's code is taken once, and a test may sign in twice in the same minute
        page.goto("/sign-in/")
        page.get_by_label("Your e-mail address").fill(email)
        page.get_by_role("button", name="Send me a code").click()
        expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
        page.goto("/caught-mail/")
        code = page.locator(".code").first.inner_text()
        page.get_by_role("link", name="Go and write the code").click()
        page.get_by_label("The code from the e-mail").fill(code)
        page.get_by_role("button", name="Sign in").click()

    return by_code


@pytest.fixture
def sign_in(sign_in_once: SignIn) -> SignIn:
    """
    Sign in with all that is asked: `sign_in(page, "amina@example.test")`.

    Staff are given an app for codes before, if they have no second step yet; the demo shows what it shows.
    """

    def by_all_steps(page: Page, email: str) -> None:
        is_asked = has_second_step(email)
        sign_in_once(page, email)
        if is_asked:
            give_second_code(page)
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    return by_all_steps


def has_second_step(email: str) -> bool:
    """Tell whether a second step will be asked; staff who have none are given one."""
    user = User.objects.get(email=email)
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    if works_for_somebody(user) and not held.exists():
        give_app(user)
    return bool(held.exists())


def give_second_code(page: Page) -> None:
    """Write the code that the demo shows for the app."""
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("The code from your app").fill(page.locator(".code").first.inner_text())
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def looks_right() -> LooksRight:
    """
    Hold a page to what a machine can see, large and small: `looks_right(page)`.

    No finding of axe, no sideways scroll at 320 pixels, every id that is pointed at exists and none stands twice,
    and with errors: the title says so, and each link of the summary takes the focus to its field.
    """

    def check(page: Page) -> None:
        page.wait_for_load_state("load")  # it looks wrong without its styles
        if page.locator("[hx-get]").count():  # it asks how far a job has come, and may be loading itself anew
            page.wait_for_load_state("networkidle")
        page.evaluate(f"() => {{ {AXE.axe_script} }}")
        for name, size in (("large", LARGE), ("small", SMALL)):
            page.set_viewport_size(size)
            _take_picture(page, name)
            findings = AxeResults(page.evaluate("options => axe.run(options)", RULES))
            assert findings.violations_count == 0, findings.generate_report()
            assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} is wider than {size['width']} pixels"
        page.set_viewport_size(LARGE)
        assert page.evaluate(DANGLING) == []
        assert page.evaluate(TWICE) == []
        _check_errors(page)

    return check


def _take_picture(page: Page, size: str) -> None:
    """Where SCREENSHOTS names a folder, keep a picture in it, for a person to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        place = page.url.split("/", 3)[3].strip("/") or "home"
        words = re.sub(r"[0-9a-f-]{36}", "one", place.split("?")[0]).strip("/").replace("/", "-")
        error = "-error" if page.locator(".govuk-error-summary").count() else ""
        page.screenshot(path=Path(folder) / f"{words}{error}-{size}.png", full_page=True)


def _check_errors(page: Page) -> None:
    summary = page.locator(".govuk-error-summary")
    if not summary.count():
        return
    assert page.title().strip().startswith("Error:")
    for link in summary.locator("a[href^='#']").all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert page.evaluate("() => document.activeElement.id") == target
