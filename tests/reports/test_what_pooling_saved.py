"""What pooling saved: what the same would have cost each member alone, less what was spent."""

import pytest

from clusters.models import SharingRule
from tests.commissioning.makers import make_service
from tests.reports.makers import APRIL, MAY, buy_session, buy_visit, credit_session, make_buying_cluster
from tests.reports.reading import report_of, rows_of, sign_off

pytestmark = pytest.mark.django_db


def test_says_what_pooling_saved_only_where_a_price_alone_is_known() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract, units="2")
    buy_visit(contract, members[0])

    bought = report_of(cluster.council).bought

    assert bought.saved_pence == 2 * (6 * 10_00 - 50_00)
    assert bought.known_pence == 100_00
    assert bought.known_per_cent == 83


@pytest.mark.parametrize("is_signed", [False, True])
def test_compares_with_what_each_member_would_have_paid_alone(*, is_signed: bool) -> None:
    """
    Four members. Two sessions at 50.00, shared by all four; alone a session would be 16.00 for one of them.
    Three hours at 20.00 for one of them; alone an hour would be 22.50. A quarter of a session is taken back.
    Alone: 1.75 x 4 x 16.00 = 112.00, and 3 x 22.50 = 67.50. Spent: 87.50 and 60.00.
    """
    shared = make_service(
        code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00, alone_rate_pence=16_00
    )
    own = make_service(code="VISIT", rule=SharingRule.BY_USE, unit_rate_pence=20_00, alone_rate_pence=22_50)
    cluster, members, contract = make_buying_cluster(size=4, services=[shared, own])
    number = buy_session(contract, units="2")
    credit_session(contract, number, pence=12_50)
    buy_visit(contract, members[0], units="3")
    if is_signed:
        sign_off(cluster.council, APRIL.start)
        sign_off(cluster.council, MAY.start)

    report = report_of(cluster.council)

    assert report.bought.saved_pence == 112_00 - 87_50 + 67_50 - 60_00
    told = {line.spend.key: line.bought for line in report.services}
    assert (told["SESSION"].rate_pence, told["SESSION"].each_pence) == (50_00, 12_50)
    assert told["SESSION"].alone_rate_pence == 16_00
    assert (told["VISIT"].each_pence, told["VISIT"].saved_pence) == (20_00, 7_50)


def test_claims_no_saving_where_no_price_alone_is_known() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_visit(contract, members[0])

    report = report_of(cluster.council)

    assert report.bought.saved_pence is None
    assert rows_of(report, "headlines")[2][1] == "Not known"


def test_says_plainly_when_pooling_cost_more() -> None:
    dear = make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00, alone_rate_pence=8_00)
    cluster, _, contract = make_buying_cluster(services=[dear])
    buy_session(contract)

    row = rows_of(report_of(cluster.council), "headlines")[2]

    assert row[1] == "£2.00 more"
    assert "cost more than buying the same alone" in str(row[2])
