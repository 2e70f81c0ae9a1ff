"""Journeys of providers: see a call that fits, make an offer, take it back, and answer the ethical test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from commissioning.models import Call, Offer, OfferState
from people.models import User
from providers.models import EthicalAnswer
from tests.browser.conftest import LooksRight, SignIn
from tests.browser.test_calling import make_call_now
from tests.commissioning.calling import make_callers, make_fitting_provider
from tests.people.makers import make_commissioner
from tests.providers.makers import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window that runs no scripts."""
    window = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    yield window.new_page()
    window.close()


def make_offering() -> tuple[Call, User]:
    """A call of today, and somebody who works for a provider whom it fits."""
    call = make_call_now(make_callers()[0])
    return call, make_staff(provider=make_fitting_provider(call=call, name="Morning Star Care"))


def fill_offer(page: Page) -> None:
    page.get_by_label("What do people get, in plain words?").fill("The same two people, on time.")
    page.get_by_label("Your price for one hour", exact=True).fill("21")
    page.get_by_label("Larger amount 1: from how many hours a week?").fill("10")
    page.get_by_label("Larger amount 1: your price for one hour then").fill("19.50")
    page.get_by_label("What would one person alone pay you for one hour?").fill("25")
    page.get_by_role("button", name="Send the offer").click()


def test_makes_an_offer_and_takes_it_back(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    call, staff = make_offering()
    sign_in(page, staff.email)
    page.goto("/")
    expect(page.get_by_role("heading", name="What you can do here")).to_be_visible()
    looks_right(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Calls and offers").click()
    looks_right(page)
    page.get_by_role("link", name=call.title).click()
    looks_right(page)
    page.get_by_role("button", name="Make an offer").click()
    page.get_by_role("button", name="Send the offer").click()
    expect(page.get_by_role("link", name="Say your price.")).to_be_visible()
    looks_right(page)
    fill_offer(page)
    expect(page.get_by_text("Your offer is sent.")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Take this offer back").click()
    looks_right(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Your offer is taken back.")).to_be_visible()
    assert Offer.objects.get(provider__name="Morning Star Care").state == OfferState.WITHDRAWN


def test_makes_an_offer_without_javascript(plain_page: Page, sign_in: SignIn) -> None:
    call, staff = make_offering()
    sign_in(plain_page, staff.email)
    plain_page.goto(f"/commissioning/open-calls/{call.pk}/")
    plain_page.get_by_role("button", name="Make an offer").click()
    fill_offer(plain_page)
    expect(plain_page.get_by_text("Your offer is sent.")).to_be_visible()
    offer = Offer.objects.get(provider__name="Morning Star Care")
    assert [step.unit_rate_pence for step in offer.steps.all()] == [21_00, 19_50]


def test_answers_the_ethical_test_and_the_council_checks_it(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    call, staff = make_offering()
    carol = make_commissioner(council=call.council)
    sign_in(page, staff.email)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="What you can do").click()
    page.get_by_role("link", name="Morning Star Care: the ethical test").click()
    looks_right(page)
    page.get_by_role("link", name="Do you pay workers who are ill?").click()
    page.get_by_role("button", name="Save my answer").click()
    looks_right(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What does your answer rest on?").fill("Our contract of work.")
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, carol.email)
    page.goto("/providers/answers/")
    looks_right(page)
    page.get_by_role("link", name="Do you pay workers who are ill?").click()
    looks_right(page)
    page.get_by_label("Yes, I accept it").check()
    page.get_by_role("button", name="Save my check").click()
    expect(page.get_by_text("No answer waits for a check.")).to_be_visible()
    assert EthicalAnswer.objects.get().is_accepted
    page.goto("/commissioning/unmet/")
    looks_right(page)


def test_says_who_it_is_and_what_it_offers(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    _, staff = make_offering()
    sign_in(page, staff.email)
    page.get_by_role("link", name="Morning Star Care: who you are and what you offer").click()
    looks_right(page)
    page.get_by_label("Who are you, in your own words?").fill("We are neighbours who care.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you say of yourselves is saved.")).to_be_visible()
    looks_right(page)
