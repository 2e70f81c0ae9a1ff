"""A helper's journey: choose for whom, ask to join for them, who is told, and what happens once it is ended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.models import Membership
from jobs.models import Job
from people.actions import withdraw_authority
from people.models import Authority, Notice, Person, Scope, TextSize
from people.tasks import send_notice
from tests.browser.conftest import LooksRight, SignIn
from tests.cast import Cast, make_cast, make_citizen
from tests.people.makers import make_authority, make_person, make_settings, make_user
from tests.people.test_names import ARABIC, LONG

pytestmark = pytest.mark.django_db(transaction=True)


def make_dora(cast: Cast) -> Person:
    """Dora, who is in no cluster yet."""
    return make_citizen(
        council=cast.council,
        lead=cast.priya,
        name="Dora Lind",
        on=timezone.localdate(),
        pence={"council": 950_40},
    )


def post_what_waits() -> None:
    """Do what the worker does with letters."""
    for job in Job.objects.unfinished().filter(kind="people.send_notice"):
        send_notice(str(job.pk))


def test_asks_to_join_for_somebody_who_is_told(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    dora = make_dora(cast)
    robin = make_user(name="Robin Reed", email="robin@example.test")
    yesterday = timezone.localdate() - timedelta(days=1)
    authority = make_authority(
        person=dora, helper=robin, scopes=[Scope.SEE, Scope.AGREE], start_date=yesterday
    )

    sign_in(page, robin.email)
    expect(page.get_by_role("heading", name="Who I do things for")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Dora Lind").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You are doing this for Dora Lind")).to_be_visible()
    looks_right(page)

    page.goto(f"/clusters/{cast.cluster.pk}/ask/")
    looks_right(page)
    page.get_by_label("From your council money").fill("120.50")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="That is fine, continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Ask to join").click()
    asked = Membership.objects.get(person=dora)
    expect(page.locator(".govuk-panel")).to_contain_text(asked.ref)
    assert asked.events.get().acted_by == authority.label_for

    post_what_waits()
    told = Notice.objects.get(person=dora)
    assert "Robin Reed" in told.words
    page.goto("/caught-mail/")
    expect(page.get_by_text("Robin Reed").first).to_be_visible()


def test_is_told_kindly_once_the_help_was_ended(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast = make_cast(on=timezone.localdate())
    robin = make_user(name="Robin Reed", email="robin@example.test")
    yesterday = timezone.localdate() - timedelta(days=1)
    authority = make_authority(person=cast.amina, helper=robin, start_date=yesterday)
    sign_in(page, robin.email)
    page.get_by_label("Amina Yusuf").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/helpers/")
    looks_right(page)
    page.get_by_role("link", name="End this for Robin Reed").click()
    looks_right(page)
    page.goto("/find-a-cluster/")

    withdraw_authority(authority=authority, by=cast.amina_user, at=timezone.now())

    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="You cannot act for this person now")).to_be_visible()
    expect(page.get_by_text("Your authority to act for Amina Yusuf ended on")).to_be_visible()
    expect(page.get_by_text("You are doing this for")).to_have_count(0)
    looks_right(page)
    page.get_by_role("link", name="Choose who you do things for").click()
    expect(page.get_by_text("Nobody has asked you to do things for them.")).to_be_visible()
    looks_right(page)


def test_lets_a_person_ask_a_helper_read_of_it_and_end_it(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    make_settings(person=cast.amina, text_size=TextSize.LARGE)
    sign_in(page, cast.amina_user.email)
    page.get_by_role("link", name="Who can act for me").click()
    looks_right(page)
    page.get_by_role("button", name="Ask somebody to help me").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Write their name.")
    looks_right(page)
    page.get_by_label("What is their name?").fill("Robin Reed")
    page.get_by_label("What is their e-mail address?").fill("robin@example.test")
    page.get_by_label("Supporter").check()
    page.get_by_label("Vote for you").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Yes, they may do this").click()
    expect(page.get_by_text("Saved. We have told both of you.")).to_be_visible()
    looks_right(page)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="My letters").click()
    looks_right(page)
    page.get_by_role("link", name="Somebody can act for you now").click()
    expect(page.get_by_text("Robin Reed can now do things for you")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Read it in easy words").click()
    expect(page.get_by_text("We tell you what they do for you.")).to_be_visible()
    page.get_by_role("link", name="Print it").click()
    looks_right(page)

    page.goto("/helpers/")
    page.get_by_role("link", name="End this for Robin Reed").click()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("It has ended. Robin Reed cannot act for Amina Yusuf any more.")).to_be_visible()
    assert Authority.objects.get().withdrawn_by == cast.amina_user.label


def test_shows_a_professional_the_post_and_when_somebody_died(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    edith = make_person(council=cast.council, lead=cast.priya, name="Edith Kaye")
    make_authority(person=edith, helper=make_user(name="Robin Reed"))
    sign_in(page, cast.priya.email)
    page.goto(f"/my-people/{edith.pk}/")
    page.get_by_role("link", name="Who can act for them").click()
    looks_right(page)
    page.get_by_role("link", name="End this for Robin Reed").click()
    page.get_by_role("button", name="End it now").click()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Letters to post").click()
    looks_right(page)
    page.get_by_role("link", name="Somebody can no longer act for you").click()
    looks_right(page)
    page.get_by_role("button", name="It is in the post").click()
    expect(page.get_by_text("The letter to Edith Kaye is marked as posted.")).to_be_visible()

    page.goto(f"/my-people/{edith.pk}/")
    page.get_by_role("link", name="When they have died").click()
    looks_right(page)
    page.get_by_role("button", name="Write it down").click()
    looks_right(page)
    page.get_by_label("On which day did they die?").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_label("I know this for certain").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is written down. Nothing more is sent to them.")).to_be_visible()
    looks_right(page)
    edith.refresh_from_db()
    assert edith.died_date == timezone.localdate()


@pytest.mark.parametrize("name", [ARABIC, LONG], ids=["arabic", "long"])
def test_keeps_names_whole_without_widening_a_page(
    name: str, page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast(on=timezone.localdate())
    Person.objects.filter(council=cast.council).update(name=name)
    for user in (cast.priya, cast.amina_user):
        user.name = name
        user.save(update_fields=["name"])
    make_authority(person=cast.amina, helper=make_user(name=name))
    addresses: dict[str, list[str]] = {
        cast.amina_user.email: [
            "/my-money/",
            "/helpers/",
            "/letters/",
            f"/find-a-cluster/{cast.cluster.pk}/",
        ],
        cast.priya.email: [
            "/my-people/",
            f"/my-people/{cast.amina.pk}/",
            f"/plans/{cast.plan.pk}/",
            "/post/",
        ],
    }
    for email, pages in addresses.items():
        sign_in(page, email)
        for address in pages:
            page.goto(address)
            looks_right(page)
        page.get_by_role("button", name="Sign out").click()
