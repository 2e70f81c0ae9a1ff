"""A person's journey: see my money, find a cluster, ask to join."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.models import Membership, MembershipState
from tests.browser.conftest import LooksRight, SignIn
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_finds_a_cluster_and_asks_to_join(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.ben_user.email)
    expect(page.get_by_role("heading", name="My money", exact=True)).to_be_visible()
    looks_right(page)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Find a cluster").click()
    page.get_by_label("What would you like to do or get help with?").fill("cook")
    page.get_by_label("Near where?").fill("Elm")
    page.get_by_role("button", name="Find", exact=True).click()
    looks_right(page)
    page.get_by_role("link", name="Elm Street neighbours").click()
    expect(page.get_by_text("Somali-speaking")).to_have_count(0)
    looks_right(page)

    page.get_by_role("button", name="Ask to join").click()
    looks_right(page)
    amount = page.get_by_label("From your council money")
    amount.fill("1,000")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("£950.40 is left in your council money")
    looks_right(page)

    amount.fill("120.50")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("cell", name="£829.90")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="That is fine, continue").click()
    looks_right(page)
    page.get_by_role("button", name="Continue").click()
    looks_right(page)
    page.get_by_role("button", name="Ask to join").click()

    asked = Membership.objects.get(person=cast.ben)
    assert asked.state == MembershipState.ASKED
    assert [pledge.amount_pence for pledge in asked.proposed_pledges.all()] == [120_50]
    expect(page.locator(".govuk-panel")).to_contain_text(asked.ref)
    looks_right(page)
    page.get_by_role("main").get_by_role("link", name="My money").click()
    expect(page.get_by_text("You asked to join. Its members say next whether you can.")).to_be_visible()


def test_reads_their_money_and_plan(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.amina_user.email)
    expect(page.get_by_role("img", name="Your money this year")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Read my plan").click()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()
    looks_right(page)
