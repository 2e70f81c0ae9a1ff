"""Signing in by a code, as everybody does."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LooksRight, SignIn
from tests.people.makers import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_lets_somebody_in_and_out_again(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    page.goto("/")
    looks_right(page)
    sign_in(page, make_user(email="robin@example.test").email)
    expect(page.get_by_text("Robin Reed")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_says_kindly_what_is_wrong(page: Page, looks_right: LooksRight) -> None:
    make_user(email="robin@example.test")
    page.goto("/sign-in/")
    looks_right(page)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("link", name="Write your e-mail address.")).to_be_visible()
    looks_right(page)
    page.get_by_label("Your e-mail address").fill("robin@example.test")
    page.get_by_role("button", name="Send me a code").click()
    looks_right(page)
    page.get_by_label("The code from the e-mail").fill("0000-0000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="That is not the code we sent.")).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize(
    "address", ["/accessibility/", "/privacy/", "/caught-mail/", "/nowhere/", "/sign-in/no-account/"]
)
def test_shows_the_quiet_pages_right(page: Page, looks_right: LooksRight, address: str) -> None:
    page.goto(address)
    looks_right(page)
