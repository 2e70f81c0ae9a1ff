"""Joining in the middle of a month: one pays from one's first day on, to the penny."""

from datetime import date

import pytest

from clusters.models import SharingRule
from invoices.models import InvoiceLine
from invoices.queries import shares_of_lines
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send

pytestmark = pytest.mark.django_db

JOINED = date(2026, 5, 15)
PENCE = 100_00


@pytest.mark.parametrize("rule", [SharingRule.EQUAL, SharingRule.BY_PLEDGE])
def test_pays_nothing_of_the_day_before_and_a_third_from_the_first_day_on(rule: SharingRule) -> None:
    cluster = make_cluster()
    for ref in ("M-1", "M-2"):
        make_member(cluster=cluster, ref=ref)
    make_member(cluster=cluster, ref="M-3", joined_date=JOINED)
    contract = make_contract(
        cluster=cluster, services=[make_service(code="SESSION", rule=rule, unit_rate_pence=PENCE)]
    )
    days = (JOINED.replace(day=14), JOINED, JOINED.replace(day=16))
    lines = [
        make_line(line_number=number, service_code="SESSION", unit_rate_pence=PENCE, service_date=day)
        for number, day in enumerate(days, start=1)
    ]
    send(make_document(contract=contract, lines=lines), contract=contract)

    paid: dict[date, dict[str, int]] = {day: {} for day in days}
    for share in shares_of_lines(line_ids=list(InvoiceLine.objects.values_list("pk", flat=True))):
        paid[share.service_date][share.membership_ref] = share.pence
    assert paid[days[0]] == {"M-1": 50_00, "M-2": 50_00}
    for day in days[1:]:
        assert sorted(paid[day].values()) == [33_33, 33_33, 33_34]
        assert sum(paid[day].values()) == PENCE
