"""Leaving and approving beside others on the real database: no penny twice, none lost, and everybody gets an answer."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from clusters.models import Cluster, Membership, MembershipState, PledgeReturn
from clusters.queries import money_of
from commissioning.actions import UnableToApprove, approve
from commissioning.actions.leave import UnableToLeave, leave
from commissioning.actions.settle import settle
from commissioning.models import Approval, Contract, ContractState
from invoices.models import InvoiceLine, LineState
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.leavers import NINE, ON, in_budget, in_pool, make_promised, make_three, user_of
from tests.commissioning.makers import make_request
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import count

pytestmark = pytest.mark.django_db(transaction=True)

MANY, ENOUGH_FOR = 50, 10
Act = Callable[[], object]


def all_at_once(acts: Sequence[Act], *refusals: type[Exception]) -> list[str]:
    """Do everything at the same moment, each on a connection of its own; gives the refusals' words."""
    together = Barrier(len(acts))

    def do(act: Act) -> str:
        try:
            together.wait(timeout=30)
            act()
        except refusals as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        answers = list(threads.map(do, acts))
    return [answer for answer in answers if answer]


def make_week(cluster: Cluster, *, pence: int) -> Approval:
    """A contract for one week that waits for approval."""
    start = date(2026, 5, 4)
    return make_request(
        cluster=cluster, weekly_pence=pence, start_date=start, end_date=start + timedelta(days=7)
    )


def test_fifty_approvals_against_money_for_ten_are_exactly_ten() -> None:
    cluster = make_cluster()
    amina, ben = (make_member(cluster=cluster, pledged={"council": ENOUGH_FOR * 35_00}) for _ in range(2))
    requests: list[Approval] = [make_week(cluster, pence=70_00) for _ in range(MANY)]
    carol = make_commissioner(council=cluster.council)

    def approving(request: Approval) -> Act:
        return lambda: approve(approval=request, by=carol, at=NINE)

    refused = all_at_once([approving(request) for request in requests], UnableToApprove)
    assert len(refused) == MANY - ENOUGH_FOR
    assert Contract.objects.filter(state=ContractState.APPROVED).count() == ENOUGH_FOR
    for [held] in money_of(memberships=[amina, ben]).values():
        assert (held.share_pence, held.committed_pence) == (0, ENOUGH_FOR * 35_00)
    assert list(faults(council=cluster.council)) == []


def test_leaving_twice_at_once_is_leaving_once() -> None:
    amina, *_ = make_three()
    by = user_of(amina)
    refused = all_at_once([lambda: leave(membership=amina, on=ON, by=by, at=NINE)] * 4, UnableToLeave)
    assert len(refused) == 3
    assert all("Nothing more needs doing" in words for words in refused)
    assert [each.amount_pence for each in PledgeReturn.objects.all()] == [1_000_00]
    assert in_budget(amina) == 2_000_00


def test_settling_many_times_at_once_is_settling_once() -> None:
    amina, contract = make_pool_of_three()
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    later = NINE + timedelta(days=40)
    all_at_once([lambda: settle(membership=amina, by="system:tests", at=later)] * 4)
    assert in_budget(amina) == 2_000_00
    assert PledgeReturn.objects.filter(membership=amina).count() == 2
    assert list(faults(council=contract.council)) == []


def make_pool_of_three() -> tuple[Membership, Contract]:
    """Amina of three, who each promised 360 pounds."""
    members = make_three()
    return members[0], make_promised(
        cluster=members[0].cluster, promises={each: {"council": 360_00} for each in members}
    )


@pytest.mark.parametrize("day", [ON - timedelta(days=1), ON])
@pytest.mark.parametrize("turn", range(3))
def test_leaving_while_a_bill_of_theirs_comes_in_fits_in_either_order(day: date, turn: int) -> None:
    """A day of hers is paid from her money; from the day she left on she pays nothing, or she leaves a day later."""
    amina, contract = make_pool_of_three()
    line = make_line(service_code="SESSION", service_date=day, units="9", unit_rate_pence=30_00)
    document = make_document(contract=contract, lines=[line])
    refused = all_at_once(
        [
            lambda: leave(membership=amina, on=ON, by=user_of(amina), at=NINE),
            lambda: send(document, contract=contract, on=ON),
        ],
        UnableToLeave,
    )
    amina.refresh_from_db()
    was_billed = day < ON or bool(refused)
    assert InvoiceLine.objects.get().state == LineState.ACCEPTED
    assert in_budget(amina) + sum(in_pool(amina)) == 2_000_00 - (90_00 if was_billed else 0)
    assert amina.state == (MembershipState.ACTIVE if refused else MembershipState.ON_NOTICE)
    assert all("first day you can leave on is 5 May 2026" in words for words in refused)
    month_end = count(contract.council)
    assert not month_end.findings.filter(is_blocking=True).exists()
    assert list(faults(council=contract.council)) == []


def test_leaving_while_a_contract_is_approved_takes_or_leaves_the_promise_whole() -> None:
    cluster = make_cluster()
    amina, *_ = make_three(cluster=cluster)
    request = make_week(cluster, pence=300_00)
    carol = make_commissioner(council=cluster.council)
    refused = all_at_once(
        [
            lambda: leave(membership=amina, on=ON, by=user_of(amina), at=NINE),
            lambda: approve(approval=request, by=carol, at=NINE),
        ],
        UnableToApprove,
    )
    free, promised = in_pool(amina)
    assert free == 0
    assert in_budget(amina) + promised == 2_000_00
    assert len(refused) == (
        promised == 0 and not Contract.objects.filter(state=ContractState.APPROVED).exists()
    )
    assert list(faults(council=cluster.council)) == []
