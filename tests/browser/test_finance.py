"""A finance officer's journey: put a held line right, run the month end, follow a penny, sign, close, report."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from jobs.actions import work_off
from people.models import User
from reconciliation.actions import close_month, sign
from reconciliation.models import MonthEnd, MonthEndState
from tests.browser.conftest import LARGE, SMALL, LooksRight, SignIn
from tests.clusters.makers import make_member
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_council
from tests.reconciliation.makers import (
    APRIL,
    JUNE,
    MAY,
    Pool,
    bill,
    count,
    credit,
    make_finance_officer,
    make_pool,
)
from tests.reconciliation.test_find import post_without_line

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = Path(__file__).resolve().parents[2] / "screenshots" / "finance"


def look(page: Page, looks_right: LooksRight, name: str) -> None:
    """Hold a page to what a machine can see, and keep a picture of it for a person to look at."""
    looks_right(page)
    for size, words in ((LARGE, "large"), (SMALL, "small")):
        page.set_viewport_size(size)
        page.screenshot(path=PICTURES / f"{name}-{words}.png", full_page=True)
    page.set_viewport_size(LARGE)


def make_may() -> Pool:
    """A cluster with a month of visits, a credit, something held and something nobody can explain."""
    pool = make_pool(council=make_council(name="Testshire Council"), ref="CL-001", members=4)
    make_member(cluster=pool.cluster, ref="CL-001-late", joined_date=date(2026, 5, 12))
    for week in range(4):
        bill(pool, day=date(2026, 5, 5) + timedelta(days=7 * week), code="SESSION", number=f"INV-S{week}")
        bill(pool, day=date(2026, 5, 6) + timedelta(days=7 * week), code="MINIBUS", number=f"INV-M{week}")
        bill(
            pool,
            day=date(2026, 5, 7) + timedelta(days=7 * week),
            code="HC-HOUR",
            units="1.5",
            number=f"INV-H{week}",
        )
    credit(pool, "INV-S1", pence=10_00)
    dear = make_line(service_code="SESSION", unit_rate_pence=55_00, service_date=date(2026, 5, 28))
    send(make_document(contract=pool.contract, lines=[dear], number="INV-DEAR"), contract=pool.contract)
    post_without_line(pool)
    return pool


def put_right(page: Page, looks_right: LooksRight) -> None:
    """Put the held line right: a reason is asked for, the amount has to fit, and then it is paid."""
    page.get_by_role("link", name="Held lines").click()
    look(page, looks_right, "holds")
    page.get_by_role("link", name="Put right and pay").click()
    look(page, looks_right, "release")
    page.get_by_label("Price of one unit").fill("50")
    page.get_by_role("button", name="Judge it again and pay").click()
    expect(page.get_by_role("link", name="Say why it can be paid now.")).to_be_visible()
    looks_right(page)
    page.get_by_label("Why it can be paid now").fill("They agreed on the phone to the contract's price.")
    page.get_by_role("button", name="Judge it again and pay").click()
    expect(page.get_by_text("units times rate is not the amount")).to_be_visible()
    page.get_by_label("Amount").fill("50")
    page.get_by_role("button", name="Judge it again and pay").click()
    expect(page.get_by_text("The line is accepted")).to_be_visible()
    look(page, looks_right, "line")


def reconcile(page: Page, looks_right: LooksRight) -> None:
    """Run the month end, watch it, and see that something does not agree."""
    page.get_by_role("link", name="Month end").first.click()
    page.get_by_role("button", name="Reconcile May 2026").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    look(page, looks_right, "running")
    job = MonthEnd.objects.select_related("job").get().job
    assert job is not None
    work_off(job)
    expect(page.get_by_text("Something does not agree yet.")).to_be_visible()  # the page came anew by itself
    expect(page.get_by_text("Under way")).to_have_count(0)
    look(page, looks_right, "unclear")


def explain(page: Page, looks_right: LooksRight) -> None:
    """Explain what was found, so that the month can be signed."""
    page.get_by_role("link", name="Look at what was found").click()
    look(page, looks_right, "found")
    page.get_by_role("link", name="Explain it").click()
    page.get_by_role("button", name="Save the explanation").click()
    expect(page.get_by_role("link", name="Say why this is right")).to_be_visible()
    look(page, looks_right, "explain")
    page.get_by_label("Why is this right").fill("Paid on account, agreed with the members.")
    page.get_by_role("button", name="Save the explanation").click()
    expect(page.get_by_text("Paid on account, agreed with the members.")).to_be_visible()
    page.get_by_role("link", name="May 2026").click()


def follow_a_penny(page: Page, looks_right: LooksRight) -> None:
    """Go from a total to the cluster, to a member's statement, to the line and its shares."""
    page.get_by_role("link", name="Members' shares are the accepted lines").click()
    look(page, looks_right, "clusters")
    page.get_by_role("link", name="Elm Street neighbours").click()
    look(page, looks_right, "cluster")
    page.get_by_role("link", name="CL-001-01, council").click()
    look(page, looks_right, "statement")
    page.get_by_role("link", name="Tuesday 12 May 2026: Session, one hour").first.click()
    expect(page.get_by_text("Everybody who was a member that day pays the same.")).to_be_visible()
    look(page, looks_right, "shares")


def close_april(pool: Pool, officer: User) -> None:
    """The month before, which has to be closed first."""
    april = count(pool.council, start_date=APRIL)
    sign(month_end=april, by=officer, on=JUNE, at=timezone.now())
    close_month(month_end=april, by=officer, at=timezone.now())


def check_and_sign(page: Page, looks_right: LooksRight) -> None:
    """Check once more and sign; closing is refused while April is open."""
    page.get_by_role("link", name="Month end").first.click()
    page.get_by_role("link", name="May 2026").click()
    page.get_by_role("link", name="Check and sign").click()
    look(page, looks_right, "sign")
    page.get_by_role("button", name="Sign May 2026").click()
    expect(page.get_by_text("May 2026 is signed. You can close it now.")).to_be_visible()
    look(page, looks_right, "signed")
    page.get_by_role("link", name="Close and seal").click()
    look(page, looks_right, "close")
    page.get_by_role("button", name="Close and seal May 2026").click()
    expect(page.get_by_text("Sign and close that month first.")).to_be_visible()
    looks_right(page)


def close_for_good(page: Page, looks_right: LooksRight) -> None:
    """Close, read the seal, and open the report."""
    page.get_by_role("button", name="Close and seal May 2026").click()
    expect(page.get_by_text("May 2026 is closed and sealed.")).to_be_visible()
    expect(page.get_by_text("Seal of the month")).to_be_visible()
    look(page, looks_right, "closed")
    page.get_by_role("link", name="The commissioning report for May 2026").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_runs_the_month_end_from_held_lines_to_the_seal(
    page: Page, sign_in: SignIn, looks_right: LooksRight
) -> None:
    pool = make_may()
    officer = make_finance_officer(council=pool.council)
    sign_in(page, officer.email)
    expect(page.get_by_role("heading", name="Month end")).to_be_visible()
    look(page, looks_right, "months")
    put_right(page, looks_right)
    reconcile(page, looks_right)
    explain(page, looks_right)
    follow_a_penny(page, looks_right)
    check_and_sign(page, looks_right)
    close_april(pool, officer)
    close_for_good(page, looks_right)
    month_end = MonthEnd.objects.get(start_date=MAY)
    assert (month_end.state, month_end.signed_by) == (MonthEndState.CLOSED, officer)
