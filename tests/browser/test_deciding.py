"""Deciding together: asking, voting by mouse, by keyboard and without JavaScript, for oneself and for somebody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clusters.actions import Answer, close_decision
from clusters.models import (
    Ballot,
    BallotChannel,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionState,
    Membership,
    Method,
)
from people.models import Scope
from tests.browser.conftest import LooksRight, SignIn
from tests.browser.ways import plain_page, press, reach, write
from tests.cast import Cast, make_cast, make_citizen
from tests.clusters.makers import make_member
from tests.clusters.voting import make_decision, vote
from tests.people.makers import make_authority, make_settings, make_social_worker, make_user

__all__ = ["plain_page"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def make_group() -> tuple[Cast, list[Membership]]:
    """Amina, who signs in, and two others who are members with her."""
    on = timezone.localdate()
    cast = make_cast(on=on)
    others = [
        make_citizen(council=cast.council, lead=cast.priya, name=name, on=on, pence={"council": 9_000_00})
        for name in ("Dora Mensah", "Ewan Price")
    ]
    joined = on - timedelta(days=20)
    members = [
        make_member(cluster=cast.cluster, person=person, pledged={"council": 400_00}, joined_date=joined)
        for person in others
    ]
    return cast, [cast.membership, *members]


def ask(members: list[Membership], **more: object) -> Decision:
    """A question that Dora put to the others an hour ago."""
    return make_decision(members[1:] + members[:1], at=timezone.now() - timedelta(hours=1), **more)  # type: ignore[arg-type]


def address(decision: Decision) -> str:
    return f"/clusters/decisions/{decision.pk}/"


def test_asks_the_others_and_votes_by_mouse(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast, _ = make_group()
    sign_in(page, cast.amina_user.email)
    page.goto(f"/clusters/{cast.cluster.pk}/decisions/")
    expect(page.get_by_text("There is nothing to decide at the moment.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Put something to the vote").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what it is about.")
    looks_right(page)
    page.get_by_label("Close our cluster").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Write down your question.")
    looks_right(page)
    page.get_by_label("Your question to the others").fill("Shall we close in the autumn?")
    page.get_by_label("Why?").fill("Most of us are moving away.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your question")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Ask the others").click()
    expect(page.get_by_role("heading", name="Shall we close in the autumn?")).to_be_visible()
    looks_right(page)

    page.get_by_role("button", name="Yes").click()
    ballot = Ballot.objects.get()
    expect(page.locator(".govuk-panel")).to_contain_text("Saved. Your vote counts.")
    expect(page.locator(".govuk-panel")).to_contain_text(ballot.receipt)
    looks_right(page)
    page.get_by_role("link", name="Change your vote").click()
    expect(page.get_by_text("You have voted: Yes.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Not sure").click()
    expect(page.locator(".govuk-panel")).to_contain_text("Saved. Your vote counts.")
    assert [one.number for one in Ballot.objects.order_by("number")] == [1, 2]


def test_says_no_with_a_reason_by_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    cast, members = make_group()
    decision = ask(members, method=Method.CONSENT)
    sign_in(page, cast.amina_user.email)
    expect(page.get_by_role("heading", name="My money", exact=True)).to_be_visible()
    press(page, page.get_by_role("main").get_by_role("link", name=decision.question))
    press(page, page.get_by_role("button", name="No", exact=True))
    write(page, page.get_by_label("Why not?"), "We can borrow one.")
    press(page, page.get_by_role("button", name="Save my vote"))
    expect(page.locator(".govuk-panel")).to_contain_text("Saved. Your vote counts.")
    assert Ballot.objects.get().reason == "We can borrow one."


def test_chooses_among_offers_by_keyboard_alone(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast, members = make_group()
    offers = [
        Answer(
            label="Kind Hands",
            counts_as=CountsAs.OPTION,
            meaning="One hour costs £20.00.",
            picture="handshake",
        ),
        Answer(label="Care at Home", counts_as=CountsAs.OPTION, meaning="One hour costs £22.00."),
        Answer(label="None of these", counts_as=CountsAs.NO),
    ]
    decision = ask(members, kind=DecisionKind.CHOOSE_OFFER, options=offers)
    sign_in(page, cast.amina_user.email)
    page.goto(address(decision))
    looks_right(page)
    press(page, page.get_by_role("button", name="Save my vote"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose an answer first.")
    looks_right(page)
    for label in ("Kind Hands", "Care at Home"):
        reach(page, page.get_by_label(label))
        page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Save my vote"))
    expect(page.get_by_text("Kind Hands, Care at Home")).to_be_visible()
    assert len(Ballot.objects.get().option_ids) == 2


def test_votes_for_somebody_without_javascript_and_says_how_they_told(
    plain_page: Page, sign_in: SignIn
) -> None:
    cast, members = make_group()
    decision = ask(members)
    today = timezone.localdate()
    robin = make_authority(
        person=cast.amina,
        helper=make_user(name="Robin Reed"),
        scopes=[Scope.SEE, Scope.VOTE],
        start_date=today,
    )
    sign_in(plain_page, robin.helper.email)
    plain_page.goto("/acting-for/")
    plain_page.get_by_label("Amina Yusuf").check()
    plain_page.get_by_role("button", name="Save").click()
    plain_page.goto(address(decision))
    expect(plain_page.get_by_text("Amina Yusuf").first).to_be_visible()
    plain_page.get_by_role("button", name="Yes").click()
    expect(plain_page.get_by_role("heading", name="You chose: Yes")).to_be_visible()
    plain_page.get_by_role("button", name="Save my vote").click()
    expect(plain_page.locator(".govuk-error-summary")).to_contain_text("Say how Amina Yusuf told you")
    plain_page.get_by_label("How did Amina Yusuf tell you?").fill("She pointed at the picture.")
    plain_page.get_by_role("button", name="Save my vote").click()
    expect(plain_page.locator(".govuk-panel")).to_contain_text("Saved. Your vote counts.")
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.authority, ballot.acted_by) == (
        BallotChannel.SUPPORTER,
        robin,
        robin.label_for,
    )


def test_votes_and_reads_the_result_without_javascript(plain_page: Page, sign_in: SignIn) -> None:
    cast, members = make_group()
    decision = ask(members)
    vote(decision, members[1], "Yes")
    sign_in(plain_page, cast.amina_user.email)
    plain_page.goto(address(decision))
    plain_page.get_by_role("button", name="Yes").click()
    expect(plain_page.locator(".govuk-panel")).to_contain_text("Saved. Your vote counts.")
    close_decision(decision=decision, by="system:tests", at=decision.closes_at)
    plain_page.goto(address(decision))
    expect(plain_page.get_by_text("The members agreed. 2 said yes, nobody said no.")).to_be_visible()
    assert Decision.objects.get().state == DecisionState.PASSED


def test_reads_it_all_in_easy_words(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast, members = make_group()
    make_settings(person=cast.amina, is_easy=True)
    decision = ask(members)
    vote(decision, members[1], "Yes")
    sign_in(page, cast.amina_user.email)
    page.goto(f"/clusters/{cast.cluster.pk}/decisions/")
    looks_right(page)
    page.get_by_role("link", name=decision.question).click()
    expect(page.get_by_text("You decide together.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("We tell you what the group decides.")).to_be_visible()
    looks_right(page)
    close_decision(decision=decision, by="system:tests", at=decision.closes_at)
    page.goto(address(decision))
    expect(page.get_by_text("The group said yes.")).to_be_visible()
    looks_right(page)


def test_two_of_staff_enter_a_ballot_on_paper(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    cast, members = make_group()
    decision = ask(members)
    quinn = make_social_worker(council=cast.council)
    for number, reader in enumerate((cast.priya, quinn)):
        sign_in(page, reader.email)
        page.goto(address(decision))
        looks_right(page)
        page.get_by_role("link", name="Enter ballots on paper").click()
        looks_right(page)
        page.get_by_role("link", name="Enter a ballot of Dora Mensah").click()
        page.get_by_role("button", name="Save this reading").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what it says.")
        looks_right(page)
        page.get_by_label("On paper").check()
        page.get_by_label("Yes", exact=True).check()
        page.get_by_role("button", name="Save this reading").click()
        said = "You both read the same." if number else "Now a colleague enters it too"
        expect(page.get_by_text(said)).to_be_visible()
        assert Ballot.objects.count() == number
        page.get_by_role("button", name="Sign out").click()
