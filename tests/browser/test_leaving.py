"""Leaving, in the browser: the figure first, another day, one button; oneself, through a helper, by keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.models import MembershipState
from ledger.pennies import in_pounds
from people.models import Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.browser.ways import plain_page, press
from tests.cast import Cast, make_cast
from tests.clusters.makers import make_member
from tests.commissioning.leavers import in_pool, make_promised
from tests.people.makers import make_authority, make_settings, make_user

__all__ = ["plain_page"]

pytestmark = pytest.mark.django_db(transaction=True)


def make_leaver() -> Cast:
    """Amina and two others, who have promised 360 pounds each to twelve weeks of which four have passed."""
    today = timezone.localdate()
    cast = make_cast(on=today)
    others = [make_member(cluster=cast.cluster, joined_date=today) for _ in range(2)]
    make_promised(
        cluster=cast.cluster,
        promises={member: {"council": 360_00} for member in (cast.membership, *others)},
        start_date=today - timedelta(weeks=4),
        end_date=today + timedelta(weeks=8),
    )
    return cast


def leave_on_this_page(page: Page, looks_right: LooksRight) -> None:
    """See the figure, look at another day, be told off for a bad one, and leave today."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("you take £820.00 back to your own budget")
    expect(page.get_by_text("£180.00 more waits for the last bills")).to_be_visible()
    looks_right(page)
    day = page.get_by_label("On which day do you want to leave?")
    day.fill(str(timezone.localdate() + timedelta(days=14)))
    page.get_by_role("button", name="Show the figures for this day").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("you take £760.00 back")
    day.fill(str(timezone.localdate() + timedelta(days=90)))
    page.get_by_role("button", name="Show the figures for this day").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("You can say that you leave up to")
    looks_right(page)
    day.fill(str(timezone.localdate()))
    page.get_by_role("button", name="Leave on").click()
    expect(page.locator(".govuk-panel")).to_contain_text("You have left")
    expect(page.get_by_text("£820.00 is back in your own budget")).to_be_visible()
    looks_right(page)


def test_a_person_leaves_with_the_right_money(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_leaver()
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("clusters:share", args=[cast.cluster.pk]))
    page.get_by_role("link", name="Leave Elm Street neighbours").click()
    leave_on_this_page(page, looks_right)
    cast.membership.refresh_from_db()
    assert cast.membership.state == MembershipState.ON_NOTICE
    assert in_pool(cast.membership) == (0, 180_00)
    page.reload()
    expect(page.get_by_text(f"{in_pounds(180_00)} for the last bill of")).to_be_visible()


def test_a_helper_leaves_for_somebody(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_leaver()
    robin = make_user(name="Robin Reed", email="robin@example.test")
    make_authority(
        person=cast.amina,
        helper=robin,
        scopes=[Scope.SEE, Scope.AGREE],
        start_date=timezone.localdate() - timedelta(days=1),
    )
    sign_in(page, robin.email)
    page.get_by_label("Amina Yusuf").check()
    page.get_by_role("button", name="Save").click()
    page.goto(reverse("commissioning:leave", args=[cast.cluster.pk]))
    expect(page.get_by_text("You are doing this for Amina").first).to_be_visible()
    leave_on_this_page(page, looks_right)
    assert cast.membership.events.filter(acted_by__startswith=f"user:{robin.pk} under authority").exists()


def test_somebody_leaves_in_easy_words_without_scripts(plain_page: Page, sign_in: SignIn) -> None:
    cast = make_leaver()
    make_settings(person=cast.amina, is_easy=True)
    sign_in(plain_page, cast.amina_user.email)
    plain_page.goto(reverse("commissioning:leave", args=[cast.cluster.pk]))
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("If you leave, you get £820.00 back")
    plain_page.get_by_role("button", name="Leave on").click()
    expect(plain_page.get_by_text("You got £820.00 back.")).to_be_visible()


def test_somebody_leaves_in_easy_words_by_keyboard(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_leaver()
    make_settings(person=cast.amina, is_easy=True)
    sign_in(page, cast.amina_user.email)
    page.goto(reverse("commissioning:leave", args=[cast.cluster.pk]))
    looks_right(page)
    press(page, page.get_by_role("button", name="Leave on"))
    expect(page.get_by_text("You got £820.00 back.")).to_be_visible()
    looks_right(page)
