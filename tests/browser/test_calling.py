"""Journeys of members: ask for offers in their own words, look at them side by side, and start the vote."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from clusters.models import Decision
from commissioning.models import Call, CallState
from people.models import Person, Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.commissioning.calling import cluster_of, make_an_offer, make_call, make_callers, user_of
from tests.people.makers import make_authority, make_settings, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window that runs no scripts."""
    window = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    yield window.new_page()
    window.close()


def make_call_now(person: Person) -> Call:
    """A call of today, with two offers."""
    today = timezone.localdate()
    call = make_call(
        person=person,
        at=timezone.now(),
        offers_by_date=today + timedelta(days=14),
        start_date=today + timedelta(days=30),
        end_date=today + timedelta(days=200),
    )
    for pence in (21_00, 18_50):
        make_an_offer(call=call, pence=pence, at=timezone.now())
    return call


def answer_steps(page: Page, *, check: LooksRight | None = None) -> None:
    """Answer the four steps, from the list of what was asked for up to where one checks the answers."""
    today = timezone.localdate()
    page.get_by_role("button", name="Ask for offers").click()
    if check:
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("link", name="Give it a short name.")).to_be_visible()
        check(page)
    page.get_by_label("Help at home").check()
    page.get_by_label("Give it a short name").fill("Help in the morning")
    page.get_by_label("Say it in your own words").fill("Two of us need a hand with getting up.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("How many each week, all together?").fill("10")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Where should it be?").fill("Elm Street")
    page.get_by_label("Which languages should they speak?").fill("Somali")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("On which day should it start?").fill(f"{today + timedelta(days=30)}")
    page.get_by_label("What is the last day?").fill(f"{today + timedelta(days=200)}")
    if check:
        check(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()


def test_asks_for_offers_in_small_steps(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    amina = make_callers()[0]
    sign_in(page, user_of(amina).email)
    page.goto(f"/clusters/{cluster_of(amina).pk}/calls/")
    looks_right(page)
    answer_steps(page, check=looks_right)
    looks_right(page)
    page.get_by_role("button", name="Ask for offers").click()
    call = Call.objects.get()
    expect(page.locator(".govuk-panel")).to_contain_text(call.ref)
    looks_right(page)
    page.get_by_role("link", name="See what you asked for").click()
    expect(page.get_by_text("No offer has come yet.")).to_be_visible()
    looks_right(page)


def test_asks_for_offers_without_javascript_for_somebody_one_helps(plain_page: Page, sign_in: SignIn) -> None:
    amina = make_callers()[0]
    robin = make_user(name="Robin Reed")
    make_authority(person=amina, helper=robin, scopes=[Scope.SEE, Scope.AGREE])
    sign_in(plain_page, robin.email)
    plain_page.goto("/acting-for/")
    plain_page.get_by_label("Amina Caller").check()
    plain_page.get_by_role("button", name="Save").click()
    plain_page.goto(f"/clusters/{cluster_of(amina).pk}/calls/")
    answer_steps(plain_page)
    plain_page.get_by_role("button", name="Ask for offers").click()
    expect(plain_page.locator(".govuk-panel")).to_contain_text("You have asked for offers")
    assert "under authority:" in Call.objects.get().called_by


def test_looks_at_offers_side_by_side_and_starts_the_vote(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    amina = make_callers()[0]
    call = make_call_now(amina)
    sign_in(page, user_of(amina).email)
    page.goto(f"/commissioning/calls/{call.pk}/")
    page.get_by_role("button", name="Look at the offers side by side").click()
    expect(page.get_by_text("My part: £61.67 a week.")).to_be_visible()
    looks_right(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Choose together")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Choose together").click()
    looks_right(page)
    page.get_by_role("button", name="Start the vote").click()
    expect(page.get_by_text("The vote is open.")).to_be_visible()
    assert Decision.objects.get().subject_id == call.pk


def test_says_that_no_offer_is_right_in_easy_words(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    amina = make_callers()[0]
    make_settings(person=amina, is_easy=True)
    call = make_call_now(amina)
    sign_in(page, user_of(amina).email)
    page.goto(f"/commissioning/calls/{call.pk}/")
    looks_right(page)
    page.get_by_role("link", name="Say that no offer is right for us").click()
    page.get_by_role("button", name="Tell the council").click()
    expect(page.get_by_role("link", name="Say what was missing.")).to_be_visible()
    looks_right(page)
    page.get_by_label("What was missing?").fill("Nobody comes before nine.")
    page.get_by_role("button", name="Tell the council").click()
    expect(page.get_by_text("Nothing was right this time.")).to_be_visible()
    looks_right(page)
    call.refresh_from_db()
    assert call.state == CallState.UNMET


def test_walks_by_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    amina = make_callers()[0]
    call = make_call_now(amina)
    sign_in(page, user_of(amina).email)
    page.goto(f"/commissioning/calls/{call.pk}/choose/")
    button = page.get_by_role("button", name="Start the vote")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("The vote is open.")).to_be_visible()
