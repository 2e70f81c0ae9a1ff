"""A commissioner's journey: see what waits, read the checks, approve one contract and send another back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commissioning.models import Contract, ContractState
from tests.browser.conftest import LooksRight, SignIn
from tests.cast import Cast, make_cast
from tests.commissioning.makers import make_request
from tests.providers.makers import make_ethical, make_location, make_provider

pytestmark = pytest.mark.django_db(transaction=True)


def make_waiting(cast: Cast, *, on: date, rating: str) -> Contract:
    """A regulated contract of 50 pounds a week for four weeks, whose provider is rated so."""
    make_location(location_id=f"1-{rating}", rating=rating)
    provider = make_provider(council=cast.council, name=f"{rating} Care", cqc_location_id=f"1-{rating}")
    make_ethical(provider=provider, expiry=on + timedelta(days=365))
    return make_request(
        cluster=cast.cluster,
        provider=provider,
        by=cast.priya,
        weekly_pence=50_00,
        is_regulated=True,
        start_date=on,
        end_date=on + timedelta(days=28),
    ).contract


def test_approves_a_contract_whose_checks_are_done(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    today = timezone.localdate()
    cast = make_cast(on=today)
    contract = make_waiting(cast, on=today, rating="Good")
    sign_in(page, cast.carol.email)
    expect(page.get_by_role("heading", name="What waits", exact=True)).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="Care together for Elm Street neighbours").click()
    expect(page.get_by_text("Not done")).to_have_count(0)
    expect(page.get_by_role("row", name="Left in the pool")).to_contain_text("£800.00")
    looks_right(page)
    page.get_by_role("button", name="Save my decision").click()
    expect(page.get_by_role("link", name="Say whether you approve it or send it back.")).to_be_visible()
    looks_right(page)

    page.get_by_label("Approve it, and promise it the members’ money").check()
    page.get_by_label("A note").fill("Good value for four weeks.")
    page.get_by_role("button", name="Save my decision").click()
    expect(page.locator(".govuk-panel")).to_contain_text("Approved")
    looks_right(page)
    assert Contract.objects.get(pk=contract.pk).state == ContractState.APPROVED

    page.get_by_role("link", name="See the contract").click()
    expect(page.get_by_text("Good value for four weeks.")).to_be_visible()
    looks_right(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="What waits").click()
    expect(page.get_by_text("No contract waits for approval.")).to_be_visible()


def test_sends_back_what_cannot_be_approved(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    today = timezone.localdate()
    cast = make_cast(on=today)
    contract = make_waiting(cast, on=today, rating="Inadequate")
    sign_in(page, cast.carol.email)
    page.get_by_role("link", name="Care together for Elm Street neighbours").click()
    expect(page.get_by_text("so it cannot be approved now")).to_be_visible()
    expect(page.get_by_label("Approve it, and promise it the members’ money")).to_have_count(0)
    expect(page.get_by_role("row", name="The regulator does not rate")).to_contain_text("Not done")
    looks_right(page)

    page.get_by_label("Send it back").check()
    page.get_by_label("A note").fill("Please ask a provider that is rated Good.")
    page.get_by_role("button", name="Save my decision").click()
    expect(page.locator(".govuk-panel")).to_contain_text("Sent back")
    looks_right(page)
    assert Contract.objects.get(pk=contract.pk).state == ContractState.RETURNED

    for name in ("Providers", "Contracts"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        looks_right(page)
