"""An officer reads the month's report, takes it as a PDF, and looks at one cluster's."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from time_machine import travel

from tests.browser.conftest import LooksRight, SignIn
from tests.people.makers import make_commissioner, make_council
from tests.plugin.bell import StartWorker
from tests.reports.makers import buy_session, buy_visit, make_buying_cluster
from tests.reports.reading import need_pdf_library


@pytest.fixture
def _late_in_may() -> Iterator[None]:
    """It is 30 May 2026, and the clock goes on."""
    with travel("2026-05-30 12:00:00+00:00", tick=True):
        yield


@pytest.mark.usefixtures("_late_in_may")
def test_an_officer_reads_the_report_and_takes_it_away(
    page: Page, sign_in: SignIn, looks_right: LooksRight, start_worker: StartWorker
) -> None:
    need_pdf_library()
    council = make_council(code="FAI", name="Fairholme")
    carol = make_commissioner(council=council)
    cluster, members, contract = make_buying_cluster(council=council)
    _, _, other = make_buying_cluster(council=council, name="Thursday music", size=7)
    buy_session(contract)
    buy_session(other, units="2", on=date(2026, 4, 9))
    buy_visit(contract, members[0])
    start_worker()

    sign_in(page, carol.email)
    page.goto("/reports/")
    looks_right(page)
    page.get_by_role("link", name="May 2026").click()
    expect(page.get_by_role("heading", name="What was not met").first).to_be_visible()
    expect(page.get_by_text("£70.00").first).to_be_visible()
    looks_right(page)

    page.get_by_role("button", name="Make a PDF of this report").click()
    link = page.get_by_role("link", name="Open the report as PDF")
    expect(link).to_be_visible()
    looks_right(page)
    made = page.request.get(str(link.get_attribute("href")))
    assert made.headers["content-type"] == "application/pdf"
    assert made.body().startswith(b"%PDF-1.7")

    page.get_by_role("link", name="Every cluster's own report").click()
    looks_right(page)
    page.get_by_role("link", name=cluster.name).click()
    expect(page.get_by_role("rowheader", name=members[0].ref)).to_be_visible()
    looks_right(page)
