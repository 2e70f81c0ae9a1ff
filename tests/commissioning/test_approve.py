"""Approving a contract: every check done, its money promised in the same transaction, all of it or nothing."""

from datetime import UTC, date, datetime

import pytest

from clusters.models import Cluster, ClusterState, Membership, SharingRule
from clusters.queries import money_in_pool
from commissioning.actions import UnableToApprove, approve, request_approval
from commissioning.models import Approval, ApprovalState, Contract, ContractState
from ledger.models import Entry
from people.models import User
from tests.clusters.makers import make_agreement, make_cluster, make_member
from tests.commissioning.makers import make_request
from tests.people.makers import make_commissioner, make_social_worker, make_user
from tests.providers.makers import make_ethical, make_location, make_provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
MONDAY, NEXT_MONDAY = date(2026, 5, 4), date(2026, 5, 11)


def make_week(cluster: Cluster, *, weekly_pence: int = 70_00) -> Approval:
    """A contract for one week, so that its value is the weekly one."""
    return make_request(cluster=cluster, weekly_pence=weekly_pence, start_date=MONDAY, end_date=NEXT_MONDAY)


def commissioner_of(cluster: Cluster, *, limit: int = 50_000_00) -> User:
    return make_commissioner(council=cluster.council, approval_limit_pence=limit)


def share_and_promised(membership: Membership) -> tuple[int, int]:
    [held] = money_in_pool(membership=membership)
    return held.share_pence, held.committed_pence


def assert_refused(approval: Approval, by: User, why: str) -> None:
    """It names the reason, and nothing was changed or posted."""
    entries = Entry.objects.count()
    with pytest.raises(UnableToApprove, match=why):
        approve(approval=approval, by=by, at=NOW)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING
    assert Contract.objects.get(pk=approval.contract_id).state == ContractState.REQUESTED
    assert Entry.objects.count() == entries


def test_promises_each_members_money_to_the_contract() -> None:
    cluster = make_cluster()
    amina = make_member(cluster=cluster, pledged={"council": 300_00})
    bob = make_member(cluster=cluster, pledged={"council": 100_00})
    approval = approve(approval=make_week(cluster), by=commissioner_of(cluster), at=NOW, note="Good value")
    assert approval.state == ApprovalState.APPROVED
    assert approval.limit_pence == 50_000_00
    assert share_and_promised(amina) == (247_50, 52_50)
    assert share_and_promised(bob) == (82_50, 17_50)
    entry = Entry.objects.get(key=f"commit:{approval.contract_id}")
    assert entry.kind == "commit"
    assert entry.effective_date == date(2026, 5, 6)
    assert Contract.objects.get(pk=approval.contract_id).state == ContractState.APPROVED


@pytest.mark.parametrize(("limit_pence", "passes"), [(15_000_00, False), (20_000_00, True)])
def test_example_5_estimates_the_year_against_the_approvers_limit(limit_pence: int, passes: bool) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, pledged={"council": 20_000_00})
    approval = make_week(cluster, weekly_pence=344_40)
    assert approval.estimate_pence == 17_908_80
    by = commissioner_of(cluster, limit=limit_pence)
    if passes:
        assert approve(approval=approval, by=by, at=NOW).state == ApprovalState.APPROVED
    else:
        assert_refused(approval, by, "£17,908.80 a year; you may approve up to £15,000.00")


def test_is_never_by_whoever_asked() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    carol = commissioner_of(cluster)
    approval = make_request(cluster=cluster, by=carol)
    assert_refused(approval, carol, "colleague has to decide")


def test_is_only_by_a_commissioner_of_that_council() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    approval = make_week(cluster)
    for by in (make_user(), make_social_worker(council=cluster.council), commissioner_of(make_cluster())):
        assert_refused(approval, by, "not a commissioner of this council")


def test_waits_until_every_paying_members_plan_supports_it() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    make_member(cluster=cluster, ref="M-UNSURE", plan_agreed=False)
    assert_refused(make_week(cluster), commissioner_of(cluster), "Not agreed by their professional: M-UNSURE")


def test_waits_for_a_signed_agreement() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    make_member(cluster=cluster)
    make_agreement(cluster=cluster)
    assert_refused(make_week(cluster), commissioner_of(cluster), "no signed agreement")


def test_shares_each_service_as_the_members_signed() -> None:
    cluster = make_cluster(sharing={"HC-HOUR": SharingRule.EQUAL, "SESSION": SharingRule.EQUAL})
    make_member(cluster=cluster)
    assert_refused(make_week(cluster), commissioner_of(cluster), "does not share these so: HC-HOUR, MINIBUS")


def test_asks_the_latest_agreement_that_is_signed() -> None:
    cluster = make_cluster(sharing={"HC-HOUR": SharingRule.EQUAL})
    make_member(cluster=cluster)
    make_agreement(cluster=cluster, signed_date=MONDAY)
    make_agreement(cluster=cluster, sharing={"HC-HOUR": SharingRule.EQUAL})
    assert approve(approval=make_week(cluster), by=commissioner_of(cluster), at=NOW).state == "approved"


def test_promises_nothing_at_all_when_one_member_has_too_little() -> None:
    cluster = make_cluster()
    rich = make_member(cluster=cluster, pledged={"council": 100_00})
    poor = make_member(cluster=cluster, pledged={"council": 100_00})
    first, second = make_week(cluster, weekly_pence=150_00), make_week(cluster, weekly_pence=60_00)
    by = commissioner_of(cluster)
    approve(approval=first, by=by, at=NOW)
    assert_refused(second, by, "£10.00 is missing")
    assert share_and_promised(rich) == share_and_promised(poor) == (25_00, 75_00)


@pytest.mark.parametrize("rating", ["Good", "Not Rated", "Requires improvement"])
def test_lets_regulated_care_pass_unless_it_is_inadequate(rating: str) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    make_location(location_id="1-22", rating=rating)
    provider = make_ethical(provider=make_provider(council=cluster.council, cqc_location_id="1-22"))
    approval = make_request(cluster=cluster, provider=provider, is_regulated=True)
    assert approve(approval=approval, by=commissioner_of(cluster), at=NOW).state == ApprovalState.APPROVED


def test_refuses_regulated_care_that_is_inadequate_now() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    make_location(location_id="1-22", rating="Good", rated_on=date(2025, 1, 1))
    make_location(location_id="1-22", rating="Inadequate", rated_on=date(2026, 2, 1))
    provider = make_ethical(provider=make_provider(council=cluster.council, cqc_location_id="1-22"))
    approval = make_request(cluster=cluster, provider=provider, is_regulated=True)
    assert_refused(approval, commissioner_of(cluster), "Inadequate, 1 February 2026")


def test_refuses_regulated_care_that_the_regulator_does_not_know() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    approval = make_request(cluster=cluster, is_regulated=True)
    assert_refused(approval, commissioner_of(cluster), "Not in the regulator's directory")


def test_decides_once() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster)
    approval = make_week(cluster)
    approve(approval=approval, by=commissioner_of(cluster), at=NOW)
    with pytest.raises(UnableToApprove, match="Carol Okafor approved it a moment before you"):
        approve(approval=approval, by=commissioner_of(cluster), at=NOW)


def test_a_contract_that_waits_is_not_asked_for_again() -> None:
    approval = make_week_of_somebody()
    with pytest.raises(Exception, match="There is nothing to ask for"):
        request_approval(contract=approval.contract, by=approval.requested_by, at=NOW)


def make_week_of_somebody() -> Approval:
    cluster = make_cluster()
    make_member(cluster=cluster)
    return make_week(cluster)
