"""A professional's journey: see what waits, read the plan, agree or send back."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.actions import ask_to_join
from clusters.models import Membership, MembershipState
from tests.browser.conftest import LooksRight, SignIn
from tests.budgets.makers import make_stream
from tests.cast import Cast, make_cast
from tests.clusters.voting import let_in

pytestmark = pytest.mark.django_db(transaction=True)


def make_wish(cast: Cast) -> Membership:
    """Ben asked to join with 200 pounds, and the members agreed."""
    stream = make_stream(council=cast.council)
    now = timezone.now()
    asked = ask_to_join(
        cluster=cast.cluster, person=cast.ben, proposed={stream: 200_00}, by=cast.ben_user, at=now
    )
    return let_in(asked)


def test_agrees_that_pooling_fits_the_plan(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    wish = make_wish(cast)
    sign_in(page, cast.priya.email)
    expect(page.get_by_role("heading", name="My people")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Ben Carter would like to join Elm Street neighbours").click()
    expect(page.get_by_role("cell", name="£750.40")).to_be_visible()
    looks_right(page)

    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_role("link", name="Say whether you agree.")).to_be_visible()
    looks_right(page)

    page.get_by_label("Yes, I agree").check()
    page.get_by_label("Help in the kitchen").check()
    page.get_by_label("A note for the person").fill("A good step. We look at it in a month.")
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have agreed")
    looks_right(page)
    wish.refresh_from_db()
    assert wish.state == MembershipState.ACTIVE


def test_sends_it_back_with_a_reason_the_person_reads(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    make_wish(cast)
    sign_in(page, cast.priya.email)
    page.get_by_role("link", name="Ben Carter would like to join Elm Street neighbours").click()
    page.get_by_label("No, I am sending it back").check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_role("link", name="Say why, and what could change it.")).to_be_visible()
    looks_right(page)
    page.get_by_label("A note for the person").fill("Your mornings are not covered yet.")
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have sent it back")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, cast.ben_user.email)
    expect(page.get_by_text("Your mornings are not covered yet.")).to_be_visible()
    looks_right(page)


def test_reads_about_one_person(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.priya.email)
    page.get_by_role("link", name="Amina Yusuf").first.click()
    expect(page.get_by_role("heading", name="Amina Yusuf")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Read the plan").click()
    looks_right(page)
