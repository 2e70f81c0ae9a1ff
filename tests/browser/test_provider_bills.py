"""A provider's journey: upload invoices, put the file right, send it, see what is held, and answer."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.fixtures import Settings

from invoices.models import Invoice
from tests.browser.conftest import LooksRight, SignIn
from tests.invoices.sheets import make_csv, make_office

pytestmark = pytest.mark.django_db(transaction=True)

TOO_DEAR = {"service_date": "2026-05-05", "unit_rate_pence": "9900", "amount_pence": "9900"}


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


def upload(page: Page, content: bytes) -> None:
    """Choose a file and have it looked at."""
    page.get_by_label("The file").set_input_files(
        FilePayload(name="may.csv", mimeType="text/csv", buffer=content)
    )
    page.get_by_role("button", name="Look at this file").click()


def test_uploads_invoices_and_sees_what_is_held(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    office = make_office()
    sign_in(page, office.nora.email)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Your invoices").click()
    looks_right(page)
    page.get_by_role("link", name="Upload a file of invoices").click()
    page.get_by_role("button", name="Look at this file").click()
    expect(page.get_by_role("link", name="Choose a file.")).to_be_visible()
    looks_right(page)

    upload(page, make_csv({"unit_rate_pence": "£20.00"}, contract=office.contract))
    expect(page.get_by_text("unit_rate_pence has a pound sign.")).to_be_visible()
    looks_right(page)
    with page.expect_download() as errors:
        page.get_by_role("link", name="All of it as a file (CSV)").click()
    assert '2,unit_rate_pence,"unit_rate_pence has a pound sign' in errors.value.path().read_text()

    page.get_by_role("link", name="Upload invoices").click()
    upload(page, make_csv({}, TOO_DEAR, contract=office.contract))
    expect(page.get_by_role("heading", name="What would become of your file")).to_be_visible()
    looks_right(page)
    assert not Invoice.objects.exists()
    page.get_by_role("button", name="Send 1 invoice").click()
    expect(page.get_by_role("heading", name="Your file is sent")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="How your invoices stand now").click()
    page.get_by_role("link", name="A-1").click()
    looks_right(page)
    page.get_by_role("link", name="What to do about line 2").click()
    expect(page.get_by_text("Check the price against your contract.")).to_be_visible()
    looks_right(page)

    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("link", name="Say what the council should know.")).to_be_visible()
    looks_right(page)
    page.get_by_label("What should the council know?").fill("The new price was agreed in April.")
    page.get_by_label("A file that shows it, if you have one").set_input_files(
        FilePayload(name="letter.txt", mimeType="text/plain", buffer=b"From April on: 99 pounds.")
    )
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_text("Your answer is with the council.")).to_be_visible()
    expect(page.get_by_role("link", name="letter.txt")).to_be_visible()
    looks_right(page)


def test_writes_an_invoice_by_hand(page: Page, sign_in: SignIn, looks_right: LooksRight) -> None:
    office = make_office()
    sign_in(page, office.nora.email)
    page.goto("/invoices/provider/contracts/")
    looks_right(page)
    page.get_by_role("link", name="Care together").click()
    looks_right(page)
    page.get_by_role("button", name="Write an invoice").click()
    page.get_by_role("button", name="Look at what would become of it").click()
    expect(page.get_by_role("link", name="Write at least one line.")).to_be_visible()
    looks_right(page)
    page.get_by_label("Your number for it").fill("H-1")
    for label, day in (("Day of issue", "31"), ("First day billed", "01"), ("Last day billed", "31")):
        page.get_by_label(label).fill(f"2026-05-{day}")
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("Service").select_option("SESSION")
    line.get_by_label("Day").fill("2026-05-04")
    line.get_by_label("Units").fill("1.5")
    page.get_by_role("button", name="Look at what would become of it").click()
    expect(page.get_by_role("heading", name="What would become of it: £30.00")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("H-1 is sent.")).to_be_visible()
    looks_right(page)
