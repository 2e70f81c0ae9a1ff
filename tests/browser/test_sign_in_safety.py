"""What keeps signing in safe, in a browser: passkeys, an app, spare codes, sessions, text kept through a time-out."""

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Browser, CDPSession, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from commonpurse.sign_in.providers import council_sign_in
from people.models import RoleKind
from plans.models import Plan, PlanState
from tests.browser.conftest import LooksRight, SignIn, give_second_code
from tests.cast import make_cast
from tests.commonpurse.identity_provider import CLIENT, SECRET, running_provider
from tests.commonpurse.second_steps import give_app, give_passkey, give_spare_codes
from tests.people.makers import make_commissioner, make_council, make_user, make_user_with_role

pytestmark = pytest.mark.django_db(transaction=True)
SAFETY = "/settings/sign-in/"


@dataclass(frozen=True)
class Device:
    """A device that knows passkeys, made up by the browser."""

    session: CDPSession
    number: str

    def holds(self) -> int:
        """How many passkeys are on it."""
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.number})
        return len(found["credentials"])

    def knows_its_owner(self, *, is_so: bool) -> None:
        """Whether the finger on it is the right one."""
        self.session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": is_so}
        )


@pytest.fixture
def device(page: Page) -> Device:
    """A phone whose owner holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return Device(session, made["authenticatorId"])


def sign_out(page: Page) -> None:
    """Leave."""
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_lets_staff_add_a_passkey_and_sign_in_with_it_alone(
    page: Page, device: Device, sign_in_once: SignIn, looks_right: LooksRight
) -> None:
    carol = make_commissioner(council=make_council())
    sign_in_once(page, carol.email)
    expect(page.get_by_text("Before you go on, set up a second step.")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Add a passkey").click()
    looks_right(page)
    page.get_by_label("What to call it").fill("My work phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    looks_right(page)
    assert device.holds() == 1
    sign_out(page)

    page.goto("/sign-in/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    expect(page.get_by_text("That did not work")).not_to_be_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="What waits")).to_be_visible()
    page.goto(SAFETY)
    expect(page.get_by_text("one: My work phone.")).to_be_visible()
    looks_right(page)


def test_leads_on_to_where_somebody_wanted_to_go_with_a_passkey(
    page: Page, live_server: LiveServer, device: Device, sign_in: SignIn
) -> None:
    user = make_user(email="robin@example.test")
    sign_in(page, user.email)
    page.goto(f"{SAFETY}passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    sign_out(page)
    page.goto("/settings/sign-in/where/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{live_server.url}/settings/sign-in/where/")


def test_takes_a_passkey_as_the_second_step_and_refuses_the_wrong_finger(
    page: Page, device: Device, sign_in_once: SignIn, looks_right: LooksRight
) -> None:
    carol = make_commissioner(council=make_council())
    sign_in_once(page, carol.email)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    sign_out(page)

    sign_in_once(page, carol.email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    looks_right(page)
    device.knows_its_owner(is_so=False)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_text("That did not work, or you stopped it.")).to_be_visible()
    device.knows_its_owner(is_so=True)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("link", name="What waits")).to_be_visible()


def test_names_a_passkey_anew_and_takes_it_away(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    user = make_user(email="robin@example.test")
    give_passkey(user, name="My phone")
    sign_in(page, user.email)
    page.goto(f"{SAFETY}passkeys/")
    looks_right(page)
    page.get_by_role("link", name="Change its name").click()
    looks_right(page)
    page.get_by_label("What to call it").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Write a name for it.")).to_be_visible()
    looks_right(page)
    page.get_by_label("What to call it").fill("My old phone")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="My old phone")).to_be_visible()
    page.get_by_role("link", name="Take it away").click()
    looks_right(page)
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("You have no passkeys.")).to_be_visible()
    looks_right(page)


def test_sets_up_an_app_and_asks_for_its_code_next_time(
    page: Page, sign_in_once: SignIn, looks_right: LooksRight
) -> None:
    farah = make_user_with_role(council=make_council(), kind=RoleKind.FINANCE_OFFICER)
    sign_in_once(page, farah.email)
    page.get_by_role("link", name="Set up an app").click()
    looks_right(page)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("link", name="Write the code your app shows now.")).to_be_visible()
    looks_right(page)
    page.get_by_label("The code your app shows now").fill(page.locator(".code").first.inner_text())
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("10 of 10 are left")).to_be_visible()
    spare = page.locator("li.code").first.inner_text()
    page.get_by_role("link", name="Go to your first page").click()
    expect(page.get_by_role("link", name="Month end")).to_be_visible()
    sign_out(page)

    sign_in_once(page, farah.email)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Write the code from your app, or a spare code.")).to_be_visible()
    looks_right(page)
    page.get_by_label("The code from your app").fill(spare)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Month end")).to_be_visible()


def test_shows_the_pages_around_an_app_and_spare_codes_right(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    user = make_user(email="robin@example.test")
    give_app(user)
    give_spare_codes(user)
    sign_in(page, user.email)
    for address in (SAFETY, f"{SAFETY}app/remove/", f"{SAFETY}spare-codes/", f"{SAFETY}spare-codes/new/"):
        page.goto(address)
        looks_right(page)
    page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_text("10 of 10 are left")).to_be_visible()
    carol = make_commissioner(council=make_council())
    sign_out(page)
    sign_in(page, carol.email)
    page.goto(f"{SAFETY}app/remove/")
    expect(page.get_by_role("heading", name="The app stays for now")).to_be_visible()
    looks_right(page)


def test_asks_again_who_it_is_on_a_session_left_open(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    user = make_user(email="robin@example.test")
    give_app(user)
    give_passkey(user)
    sign_in(page, user.email)
    for session in Session.objects.all():  # as if an hour had passed
        data = session.get_decoded()
        for record in data.get("account_authentication_methods", []):
            record["at"] -= 3600
        session.session_data = Session.objects.encode(data)
        session.save()
    page.goto(f"{SAFETY}app/remove/")
    expect(page.get_by_role("heading", name="Show us that it is you")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Use a passkey instead").click()
    looks_right(page)
    page.get_by_role("link", name="Use a code instead").click()
    page.get_by_role("button", name="Go on").click()
    looks_right(page)
    page.get_by_label("The code from your app").fill(give_spare_codes(user)[0])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Take the app away?")).to_be_visible()


def test_signs_out_on_another_device(
    page: Page, chromium: Browser, live_server: LiveServer, sign_in: SignIn, looks_right: LooksRight
) -> None:
    user = make_user(email="robin@example.test")
    elsewhere = chromium.new_context(base_url=live_server.url, user_agent="Mozilla/5.0 (iPhone) Safari/604.1")
    phone = elsewhere.new_page()
    sign_in(phone, user.email)
    sign_in(page, user.email)
    page.goto(f"{SAFETY}where/")
    expect(page.get_by_role("heading", name="Safari on an iPhone")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Sign out there").click()
    expect(page.get_by_role("heading", name="Safari on an iPhone")).not_to_be_visible()
    looks_right(page)
    phone.goto(SAFETY)
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    elsewhere.close()


def test_keeps_what_was_written_when_the_session_ends_in_the_middle_of_a_form(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    cast = make_cast()
    plan = Plan.objects.create(
        person=cast.ben, version=2, state=PlanState.SUBMITTED, outcomes="To swim again", is_loaded=True
    )
    sign_in(page, cast.priya.email)
    page.goto(f"/plans/{plan.pk}/decide/")
    page.get_by_label("No, I am sending it back").check()
    page.get_by_label("If you send it back: why?").fill("What about the mornings?\nAnd the nights?")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save my answer").click()
    write_codes(page, cast.priya.email)
    expect(page.get_by_text("You were signed out. We kept what you wrote.")).to_be_visible()
    expect(page.get_by_label("No, I am sending it back")).to_be_checked()
    expect(page.get_by_label("If you send it back: why?")).to_have_value(
        "What about the mornings?\nAnd the nights?"
    )
    looks_right(page)
    plan.refresh_from_db()
    assert plan.state == PlanState.SUBMITTED
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_label("If you send it back: why?")).not_to_be_visible()
    plan.refresh_from_db()
    assert plan.state == PlanState.RETURNED


def write_codes(page: Page, email: str) -> None:
    """Sign in on the page that asks for it, without leaving the way one was on."""
    cache.clear()  # an app's code is taken once, and this is the second time in a minute
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    letters = page.context.new_page()
    letters.goto("/caught-mail/")
    code = letters.locator(".code").first.inner_text()
    letters.close()
    page.get_by_label("The code from the e-mail").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    give_second_code(page)


def test_signs_in_with_the_councils_own_account(
    page: Page, settings: Settings, looks_right: LooksRight
) -> None:
    carol = make_commissioner(council=make_council())
    with running_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = council_sign_in(
            issuer=provider.address, name="Testshire Council", client_id=CLIENT, secret=SECRET, over_tls=False
        )
        provider.claims = {"email": "stranger@example.test", "email_verified": True, "amr": ["mfa"]}
        page.goto("/sign-in/")
        looks_right(page)
        page.get_by_role("button", name="Sign in with Testshire Council").click()
        expect(page.get_by_role("heading", name="We could not sign you in this way")).to_be_visible()
        looks_right(page)
        provider.claims["email"] = carol.email
        page.get_by_role("link", name="Go back and sign in another way").click()
        page.get_by_role("button", name="Sign in with Testshire Council").click()
        expect(page.get_by_role("link", name="What waits")).to_be_visible()


def test_says_what_to_do_without_javascript(
    chromium: Browser, live_server: LiveServer, page: Page, sign_in: SignIn
) -> None:
    plain = chromium.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    plain.goto("/sign-in/")
    expect(plain.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(plain.get_by_role("button", name="Sign in with a passkey")).not_to_be_visible()
    sign_in(plain, make_commissioner(council=make_council()).email)
    plain.goto(f"{SAFETY}passkeys/add/")
    expect(plain.get_by_role("link", name="set up an app for codes")).to_be_visible()
    expect(plain.get_by_role("button", name="Add it")).not_to_be_visible()
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
    plain.context.close()
