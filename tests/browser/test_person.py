"""A person's journey: see my money, find a cluster, ask to join."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.actions import ask_to_join, found_cluster
from clusters.models import Membership, MembershipState, SharingRule
from tests.browser.conftest import LooksRight, SignIn
from tests.budgets.makers import make_stream
from tests.cast import make_cast
from tests.clusters.founding import MUSIC
from tests.clusters.makers import make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_finds_a_cluster_and_asks_to_join(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.ben_user.email)
    expect(page.get_by_role("heading", name="My money", exact=True)).to_be_visible()
    looks_right(page)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Find a cluster").click()
    page.get_by_label("What would you like to do?").fill("cook")
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


def test_follows_an_amount_to_why_they_paid_it(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    today = timezone.localdate()
    cast = make_cast(on=today)
    make_member(cluster=cast.cluster, pledged={"council": 500_00}, joined_date=today - timedelta(days=20))
    services = [
        make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=33_33, alone_rate_pence=40_00)
    ]
    contract = make_contract(
        cluster=cast.cluster,
        services=services,
        start_date=today - timedelta(days=30),
        end_date=today + timedelta(days=30),
    )
    visit = make_line(service_code="SESSION", unit_rate_pence=33_33, service_date=today - timedelta(days=3))
    send(make_document(contract=contract, lines=[visit]), contract=contract, on=today)

    sign_in(page, cast.amina_user.email)
    looks_right(page)
    page.get_by_role("link", name="why did I pay this?").click()
    expect(page.get_by_text("Shared equally by the 2 people who were members that day.")).to_be_visible()
    expect(page.get_by_text("It does not come out in whole pennies.")).to_be_visible()
    looks_right(page)
    page.goto(f"/find-a-cluster/{cast.cluster.pk}/")
    expect(page.get_by_role("cell", name="£33.33")).to_be_visible()
    looks_right(page)


def test_says_as_a_founder_who_joins(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    cluster = found_cluster(
        council=cast.council, about=MUSIC, founders=[cast.amina], by=cast.amina_user, at=timezone.now()
    )
    offer = {make_stream(council=cast.council): 200_00}
    asked = ask_to_join(cluster=cluster, person=cast.ben, proposed=offer, by=cast.ben_user, at=timezone.now())
    sign_in(page, cast.amina_user.email)
    page.get_by_role("link", name="Say yes or no to Ben Carter").click()
    looks_right(page)
    page.get_by_role("button", name="Save our answer").click()
    looks_right(page)
    page.get_by_label("Yes, they are welcome").check()
    page.get_by_role("button", name="Save our answer").click()
    expect(page.get_by_text("Saved. Ben Carter can read your answer.")).to_be_visible()
    looks_right(page)
    asked.refresh_from_db()
    assert asked.state == MembershipState.MEMBERS_AGREED


def test_reads_their_money_and_plan(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.amina_user.email)
    expect(page.get_by_role("img", name="Your money this year")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Read my plan").click()
    expect(page.get_by_role("heading", name="My plan")).to_be_visible()
    looks_right(page)
