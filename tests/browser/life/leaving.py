"""A month of it: the bill, somebody leaves, the month is counted, and the last of their money comes home."""

from datetime import date

from django.core.management import call_command
from playwright.sync_api import expect

from clusters.models import Cluster, Membership, MembershipState
from commissioning.models import Contract
from reconciliation.models import MonthEnd, MonthEndState, Statement
from tests.browser.life.town import NAME, Life, old_tab, see, work_through
from tests.commissioning.leavers import in_budget, in_pool
from tests.invoices.systems import make_body, make_line_body, make_system

TUESDAYS = [date(2026, 6, day) for day in (2, 9, 16, 23, 30)]


def send_invoice(cluster: Cluster) -> None:
    """The provider's system bills five Tuesdays of June by the API."""
    contract = Contract.objects.get()
    lines = [
        make_line_body(
            line_number=number,
            service_code="CULT-MEAL",
            service_date=f"{day}",
            units="10",
            unit_rate_pence=4_69,
            amount_pence=46_90,
            member_ref=None,
        )
        for number, day in enumerate(TUESDAYS, 1)
    ]
    month = {"issue_date": "2026-06-30", "period_start": "2026-06-01", "period_end": "2026-06-30"}
    answer = make_system(contract=contract).send(make_body(contract, *lines, number="WP-JUNE", **month))
    assert answer.status_code == 201, answer.content
    work_through()
    assert in_pool(member(cluster, "Ben")) == (400_00 - 140_70, 140_70 - 58_60)
    assert sum(in_pool(one)[1] for one in cluster.memberships.all()) == 562_80 - 5 * 46_90


def leave_with_the_right_money(life: Life, cluster: Cluster) -> None:
    """Ben leaves: what moves is what the page said before."""
    page = life.home(life.town.ben)
    life.press(page, NAME)
    life.press(page, "Leave, and see what you take with you")
    expect(page.get_by_role("heading", level=1)).to_contain_text("you take £326.30 back to your own budget")
    see(page, "£15.10 more waits for the last bills.")
    behind = old_tab(page, button="Leave on")
    life.press(page, "Leave on")
    see(page, "You have left")
    see(page, "£326.30 is back in your own budget.")
    life.press(behind, "Leave on")
    see(behind, "You have left")
    ben = member(cluster, "Ben")
    assert (ben.state, ben.left_date) == (MembershipState.ON_NOTICE, date(2026, 7, 1))
    assert in_pool(ben) == (0, 15_10)
    assert in_budget(ben) == 1_100_00 + 326_30


def june_is_closed_and_the_books_are_right(life: Life, cluster: Cluster) -> None:
    """Farah counts June: every figure agrees, Ben's statement says what he paid, and every row is proven."""
    farah = life.home(life.town.farah)
    life.press(farah, "Reconcile June 2026")
    work_through()
    life.home(life.town.farah)
    life.press(farah, "June 2026")
    assert MonthEnd.objects.get(start_date=date(2026, 6, 1)).state == MonthEndState.CLEAN
    ben = Statement.objects.get(membership=member(cluster, "Ben"))
    assert (ben.opening_pence, ben.spent_pence, ben.closing_pence) == (400_00, 58_60, 341_40)
    call_command("check_books")


def the_last_of_it_comes_home(life: Life, cluster: Cluster) -> None:
    """No bill came for what waited: five weeks after he left it is back too."""
    page = life.home(life.town.ben)
    see(page, "£1,441.40")
    ben = member(cluster, "Ben")
    assert (ben.state, in_pool(ben), in_budget(ben)) == (MembershipState.LEFT, (0, 0), 1_441_40)
    call_command("check_books")


def member(cluster: Cluster, name: str) -> Membership:
    """Give somebody's part in the cluster as it stands now."""
    return cluster.memberships.get(person__name__startswith=name)
