"""Joining in a browser: with a code while a cluster forms, agreed by the professional; and through a helper."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.actions import found_cluster, make_invitation
from clusters.models import Cluster, Invitation, Membership, MembershipState
from people.models import Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.browser.ways import plain_page, press, write
from tests.cast import Cast, make_cast
from tests.clusters.founding import MUSIC
from tests.clusters.makers import make_signature
from tests.people.makers import make_authority, make_user

__all__ = ["plain_page"]

pytestmark = pytest.mark.django_db(transaction=True)


def make_beginning(cast: Cast) -> tuple[Cluster, Invitation]:
    """A cluster that Amina has begun, and her code."""
    now = timezone.now()
    cluster = found_cluster(
        council=cast.council, about=MUSIC, founders=[cast.amina], by=cast.amina_user, at=now
    )
    return cluster, make_invitation(membership=cluster.memberships.get(), by=cast.amina_user, at=now)


def ask(page: Page, pounds: str) -> None:
    """The four pages of asking, by mouse."""
    page.get_by_label("From your council money").fill(pounds)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="That is fine, continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Ask to join").click()


def test_comes_with_a_code_is_agreed_by_the_professional_and_begins(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    cluster, code = make_beginning(cast)
    page.goto("/clusters/invited/")
    page.get_by_label("Your code").fill("AAAA-BBBB-CCCC")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("This code does not work.")
    looks_right(page)
    page.get_by_label("Your code").fill(code.code.lower())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Somebody invited you with a code.")).to_be_visible()
    expect(page.get_by_text("Amina")).to_have_count(0)
    looks_right(page)

    sign_in(page, cast.ben_user.email)
    page.goto(f"/clusters/invited/{code.code}/")
    page.get_by_role("button", name="Ask to join").click()
    ask(page, "120")
    expect(page.get_by_role("heading", name="What is still to do")).to_be_visible()
    looks_right(page)
    member = Membership.objects.get(person=cast.ben)
    assert member.state == MembershipState.MEMBERS_AGREED

    make_signature(cluster=cluster, membership=member)
    Cluster.objects.filter(pk=cluster.pk).update(state="agreed")
    page.context.clear_cookies()
    sign_in(page, cast.priya.email)
    page.get_by_role("link", name="Ben Carter would like to join Music makers").click()
    looks_right(page)
    page.get_by_label("Yes, I agree").check()
    page.get_by_role("group", name="Which need does the cluster meet?").get_by_role("radio").first.check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("You have agreed")).to_be_visible()
    member.refresh_from_db()
    assert (member.state, member.joined_date) == (MembershipState.ACTIVE, timezone.localdate())
    assert sum(pledge.amount_pence for pledge in member.pledges.all()) == 120_00


def test_asks_to_join_with_the_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.ben_user.email)
    page.goto(f"/find-a-cluster/{cast.cluster.pk}/")
    press(page, page.get_by_role("button", name="Ask to join"))
    write(page, page.get_by_label("From your council money"), "75.50")
    press(page, page.get_by_role("button", name="Continue"))
    press(page, page.get_by_role("button", name="That is fine, continue"))
    press(page, page.get_by_role("button", name="Continue"))
    press(page, page.get_by_role("button", name="Ask to join"))
    expect(page.locator(".govuk-panel")).to_contain_text("You have asked to join")
    assert Membership.objects.get(person=cast.ben).proposed_pledges.get().amount_pence == 75_50


def test_a_helper_asks_for_somebody_without_javascript(plain_page: Page, sign_in: SignIn) -> None:
    cast = make_cast(on=timezone.localdate())
    robin = make_authority(
        person=cast.ben,
        helper=make_user(name="Robin Reed"),
        scopes=[Scope.SEE, Scope.AGREE],
        start_date=timezone.localdate(),
    )
    sign_in(plain_page, robin.helper.email)
    plain_page.goto("/acting-for/")
    plain_page.get_by_label("Ben Carter").check()
    plain_page.get_by_role("button", name="Save").click()
    plain_page.goto(f"/clusters/{cast.cluster.pk}/ask/")
    ask(plain_page, "50")
    expect(plain_page.locator(".govuk-panel")).to_contain_text("You have asked to join")
    member = Membership.objects.get(person=cast.ben)
    assert member.events.get().acted_by == robin.label_for
    assert member.signatures.get().signed_by == robin.label_for
