"""One's share, in the browser: put more in, take some back, pause and go on, and see what the money buys."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.models import Notice, Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.cast import make_cast
from tests.clusters.makers import make_member
from tests.commissioning.leavers import in_pool
from tests.commissioning.makers import make_contract, make_service
from tests.people.makers import make_authority, make_settings, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_puts_more_in_step_by_step(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("clusters:share", args=[cast.cluster.pk]))
    looks_right(page)

    page.get_by_role("link", name="Put more in").click()
    looks_right(page)
    amount = page.get_by_label("From your council money")
    amount.fill("9,000.01")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("£9,000.00 is left in your council money")
    looks_right(page)
    amount.fill("250")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("cell", name="£8,750.00")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Put £250.00 in").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have put more in")
    looks_right(page)
    assert in_pool(cast.membership) == (1_250_00, 0)


def test_a_helper_puts_more_in_for_somebody(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    robin = make_user(name="Robin Reed", email="robin@example.test")
    yesterday = timezone.localdate() - timedelta(days=1)
    make_authority(person=cast.amina, helper=robin, scopes=[Scope.SEE, Scope.SPEND], start_date=yesterday)
    sign_in(page, robin.email)
    page.get_by_label("Amina Yusuf").check()
    page.get_by_role("button", name="Save").click()
    page.goto(reverse("clusters:share", args=[cast.cluster.pk]))
    expect(page.get_by_text("You are doing this for Amina").first).to_be_visible()
    page.get_by_role("link", name="Put more in").click()
    page.get_by_label("From your council money").fill("250")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Put £250.00 in").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have put more in")
    looks_right(page)
    assert in_pool(cast.membership) == (1_250_00, 0)
    told = Notice.objects.filter(person=cast.amina, made_by__startswith=f"user:{robin.pk} under authority")
    assert "Robin Reed" in told.get().words


def test_takes_some_back_pauses_and_goes_on(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("clusters:share", args=[cast.cluster.pk]))
    page.get_by_role("link", name="Take some back").click()
    looks_right(page)
    page.get_by_label("Of your council money").fill("1,000")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change how much").click()
    page.get_by_label("Of your council money").fill("50")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Take £50.00 back").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have taken some back")
    assert in_pool(cast.membership) == (950_00, 0)

    page.get_by_role("link", name="Back to your share").click()
    page.get_by_role("link", name="Pause for a while").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("£950.00 goes back to your own budget today")
    looks_right(page)
    page.get_by_role("button", name="Pause").click()
    assert in_pool(cast.membership) == (0, 0)
    page.get_by_role("link", name="Back to your share").click()
    page.get_by_role("link", name="Put it back and go on").click()
    looks_right(page)
    page.get_by_role("button", name="Put it back and go on").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You go on")
    assert in_pool(cast.membership) == (950_00, 0)


def test_changes_a_share_in_easy_words(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    make_settings(person=cast.amina, is_easy=True)
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("clusters:share", args=[cast.cluster.pk]))
    looks_right(page)
    page.get_by_role("link", name="Put more in").click()
    looks_right(page)
    page.get_by_label("From your council money").fill("10")
    page.get_by_role("button", name="Next").click()
    looks_right(page)
    page.get_by_role("button", name="Yes, do it").click()
    looks_right(page)
    page.get_by_role("link", name="Back to your share").click()
    page.get_by_role("link", name="Have a break").click()
    looks_right(page)
    page.get_by_role("button", name="Yes, have a break").click()
    assert in_pool(cast.membership) == (0, 0)


def test_sees_what_the_money_buys_with_and_without_them(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    today = timezone.localdate()
    cast = make_cast(on=today)
    for _ in range(4):
        make_member(cluster=cast.cluster, joined_date=today)
    make_contract(cluster=cast.cluster, services=[make_service(unit_rate_pence=20_00)], start_date=today)
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("reports:what-if", args=[cast.cluster.pk]))
    expect(page.get_by_role("columnheader", name="Without you")).to_be_visible()
    looks_right(page)
    page.get_by_label("How much would you put in?").fill("five")
    page.get_by_role("button", name="Show what that would buy").click()
    looks_right(page)
    page.get_by_label("How much would you put in?").fill("500")
    page.get_by_role("button", name="Show what that would buy").click()
    expect(page.get_by_role("columnheader", name="With more")).to_be_visible()
    looks_right(page)
