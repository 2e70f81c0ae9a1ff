"""Founding a cluster in a browser: alone, and for somebody as a helper; and signing what is agreed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.actions import begin_draft, found_cluster, put_draft, save_draft
from clusters.models import Agreement, Cluster
from people.models import Person, Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.browser.ways import plain_page, press, reach, write
from tests.cast import Cast, make_cast, make_citizen
from tests.clusters.founding import ANSWERS, MUSIC, signs_in
from tests.people.makers import make_authority, make_person, make_settings, make_user

__all__ = ["plain_page"]

pytestmark = pytest.mark.django_db(transaction=True)

FOUND = [
    ("What will you call it?", "Its name", "Elm Street suppers"),
    ("What would you like to do together?", "In your own words", "We would like to eat together."),
    ("Where is it?", "The place", "Elm Street"),
    ("What do you have in common?", "What you have in common", "We speak Somali"),
    ("How many would you like to be?", "How many people", "5"),
]
# Each page of the agreement: what is chosen on it, and what is written.
AGREED: list[tuple[str, list[str], dict[str, str]]] = [
    ("What do you do together?", [], {"In your own words": "We cook every Tuesday."}),
    ("What would you buy together?", ["Meals"], {}),
    ("Meals: how do you share it?", ["Shared equally"], {}),
    ("When somebody is on holiday", ["They pay as usual"], {}),
    ("When somebody is ill", ["The others cover it"], {}),
    ("When somebody leaves", [], {"How many days they stay after they say so": "14"}),
    ("When somebody new would like to join", ["Nobody objects with a reason"], {}),
    ("When somebody is unhappy", [], {"What you do then": "We meet within a week."}),
    ("How you decide about money", ["More say yes than no"], {}),
    ("How you change this agreement", ["Two thirds say yes"], {}),
    ("How you vote", ["Half of us", "Yes, we tell each other"], {"How many days there are to vote": "7"}),
    ("What you keep in reserve", [], {"Pounds in every 100 that stay free": "5"}),
    ("When something is left over", [], {"What you do with it": "We keep it for next year."}),
]


def make_founders(cast: Cast) -> list[Person]:
    """Amina and two others who draw on care, each with a login."""
    today = timezone.localdate()
    words: dict[str, Any] = {
        "council": cast.council,
        "lead": cast.priya,
        "on": today,
        "pence": {"council": 90_00},
    }
    return [cast.amina, cast.ben, make_citizen(name="Dora Lind", **words)]


def test_founds_a_cluster_alone_and_writes_down_what_they_agree(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.ben_user.email)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Find a cluster").click()
    page.get_by_role("link", name="Start a cluster").click()
    page.get_by_role("button", name="Continue").click()
    looks_right(page)  # an answer is missing: the page says so, and its link leads to the field
    for title, label, words in FOUND:
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        page.get_by_label(label).fill(words)
        looks_right(page)
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Start it").click()
    cluster = Cluster.objects.get(name="Elm Street suppers")
    expect(page.locator(".govuk-panel")).to_contain_text(cluster.ref)
    looks_right(page)
    page.get_by_role("link", name="See what is still to do").click()
    looks_right(page)

    page.get_by_role("link", name="Write down what you agree").click()
    looks_right(page)
    page.get_by_role("button", name="Write it together").click()
    for title, chosen, written in AGREED:
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        for choice in chosen:
            page.get_by_label(choice, exact=True).check()
        for label, words in written.items():
            page.get_by_label(label).fill(words)
        looks_right(page)
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Check what you would agree")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Put it to the members").click()
    expect(page.get_by_text("0 of at least 3 have signed.")).to_be_visible()
    looks_right(page)
    assert Agreement.objects.get(cluster=cluster).notice_days == 14

    page.get_by_role("link", name="What we agreed").click()
    page.get_by_role("link", name=cluster.name).click()
    page.get_by_role("link", name="Invite others").click()
    page.get_by_role("button", name="Make a code").click()
    expect(page.locator(".code")).to_be_visible()
    looks_right(page)


def test_founds_one_for_somebody_as_a_helper_without_javascript(plain_page: Page, sign_in: SignIn) -> None:
    cast = make_cast(on=timezone.localdate())
    yusra = make_person(council=cast.council, name="Yusra Ali", lead=cast.priya)
    make_settings(person=yusra, is_easy=True)
    robin = make_authority(
        person=yusra,
        helper=make_user(name="Robin Reed"),
        scopes=[Scope.SEE, Scope.AGREE],
        start_date=timezone.localdate(),
    )
    sign_in(plain_page, robin.helper.email)
    plain_page.goto("/acting-for/")
    plain_page.get_by_label("Yusra Ali").check()
    plain_page.get_by_role("button", name="Save").click()
    plain_page.goto("/clusters/found/name/")
    expect(plain_page.get_by_text("Choose a short name.")).to_be_visible()
    for _, label, words in FOUND:
        plain_page.get_by_label(label).fill(words)
        plain_page.get_by_role("button", name="Continue").click()
    plain_page.get_by_role("button", name="Start it").click()
    cluster = Cluster.objects.get(name="Elm Street suppers")
    expect(plain_page.locator(".govuk-panel")).to_contain_text(cluster.ref)
    member = cluster.memberships.get()
    assert member.person == yusra
    assert member.events.get().acted_by == robin.label_for


def test_founds_one_with_the_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    cast = make_cast(on=timezone.localdate())
    sign_in(page, cast.ben_user.email)
    page.goto("/find-a-cluster/")
    press(page, page.get_by_role("link", name="Start a cluster"))
    for title, label, words in FOUND:
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        write(page, page.get_by_label(label), words)
        press(page, page.get_by_role("button", name="Continue"))
    press(page, page.get_by_role("button", name="Start it"))
    expect(page.locator(".govuk-panel")).to_contain_text("CL-")
    assert Cluster.objects.get(name="Elm Street suppers").hoped_members == 5


def test_signs_as_a_member_by_mouse_by_keyboard_and_without_javascript(
    page: Page, plain_page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast, now = make_cast(on=timezone.localdate()), timezone.now()
    founders = make_founders(cast)
    cluster = found_cluster(council=cast.council, about=MUSIC, founders=founders, by=cast.amina_user, at=now)
    draft = begin_draft(cluster=cluster, by=cast.amina_user, at=now)
    save_draft(draft=draft, answers=ANSWERS, by=cast.amina_user, at=now)
    agreement = put_draft(draft=draft, why="", by=cast.amina_user, at=now)

    sign_in(page, cast.amina_user.email)
    page.goto(f"/clusters/{cluster.pk}/agreement/")
    looks_right(page)
    page.get_by_role("link", name="Read version 1").click()
    page.get_by_role("button", name="Go on to sign it").click()
    looks_right(page)
    page.get_by_role("button", name="I agree and sign").click()
    expect(page.get_by_text("1 of at least 3 have signed.")).to_be_visible()
    looks_right(page)
    page.context.clear_cookies()

    sign_in(page, cast.ben_user.email)
    page.goto(f"/clusters/agreements/{agreement.pk}/sign/")
    press(page, page.get_by_role("button", name="I agree and sign"))
    expect(page.get_by_text("2 of at least 3 have signed.")).to_be_visible()
    reach(page, page.get_by_role("link", name="What we agreed"))

    sign_in(plain_page, signs_in(founders[2]).email)
    plain_page.goto(f"/clusters/agreements/{agreement.pk}/sign/")
    plain_page.get_by_role("button", name="I agree and sign").click()
    expect(plain_page.get_by_text("This is what we agreed")).to_be_visible()
    cluster.refresh_from_db()
    assert cluster.state == "agreed"


def test_signs_for_somebody_as_a_helper(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast, now = make_cast(on=timezone.localdate()), timezone.now()
    founders = make_founders(cast)
    cluster = found_cluster(council=cast.council, about=MUSIC, founders=founders, by=cast.amina_user, at=now)
    draft = begin_draft(cluster=cluster, by=cast.amina_user, at=now)
    save_draft(draft=draft, answers=ANSWERS, by=cast.amina_user, at=now)
    agreement = put_draft(draft=draft, why="", by=cast.amina_user, at=now)
    robin = make_user(name="Robin Reed", email="robin@example.test")
    yesterday = timezone.localdate() - timedelta(days=1)
    authority = make_authority(
        person=cast.amina, helper=robin, scopes=[Scope.SEE, Scope.AGREE], start_date=yesterday
    )
    sign_in(page, robin.email)
    page.get_by_label("Amina Yusuf").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"/clusters/agreements/{agreement.pk}/sign/")
    expect(page.get_by_text("You are doing this for Amina").first).to_be_visible()
    page.get_by_role("button", name="Sign for Amina Yusuf").click()
    expect(page.get_by_text("1 of at least 3 have signed.")).to_be_visible()
    looks_right(page)
    assert agreement.signatures.get().signed_by == authority.label_for
