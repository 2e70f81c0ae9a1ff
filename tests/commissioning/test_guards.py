"""What PostgreSQL holds about contracts and approvals against everybody, psql included."""

from datetime import UTC, datetime

import psycopg
import pytest

from clusters.models import SharingRule
from commissioning.actions import approve, return_contract
from commissioning.models import Approval, Contract, ContractState
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import make_commissioner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
MOVE = "UPDATE commissioning_contract SET state = %s WHERE id = %s"


def make_waiting() -> Approval:
    """A request that could be approved: its member has money and a plan."""
    cluster = make_cluster()
    make_member(cluster=cluster)
    return make_request(cluster=cluster, one_off_pence=50_00)


def make_approved() -> Approval:
    approval = make_waiting()
    return approve(approval=approval, by=make_commissioner(council=approval.contract.council), at=NOW)


def make_returned() -> Approval:
    approval = make_waiting()
    by = make_commissioner(council=approval.contract.council)
    return return_contract(approval=approval, reason="Too dear", by=by, at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        "weekly_pence = 1",
        "one_off_pence = 1",
        "end_date = '2028-01-01'",
        "ref = 'K-X'",
        "is_regulated = true",
        "is_loaded = true",
    ],
)
def test_a_contract_does_not_change_once_it_is_put_forward(change: str) -> None:
    for approval in (make_waiting(), make_approved()):
        assert_refused(
            f"UPDATE commissioning_contract SET {change} WHERE id = %s",
            approval.contract_id,
            match="stays as it was put forward",
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commissioning_contractservice SET unit_rate_pence = 1 WHERE contract_id = %s",
        "INSERT INTO commissioning_contractservice (contract_id, code, description, unit, unit_rate_pence, "
        "sharing_rule) "
        "VALUES (%s, 'NEW', '', 'hour', 1, 'equal')",
        "UPDATE commissioning_commitment SET amount_pence = 1 WHERE contract_id = %s",
    ],
)
def test_what_it_buys_and_what_is_promised_stay(statement: str) -> None:
    for approval in (make_waiting(), make_approved()):
        assert_refused(statement, approval.contract_id, match="stay as they are")


def test_a_contract_that_was_sent_back_may_be_put_right() -> None:
    contract = make_returned().contract
    run_sql("UPDATE commissioning_contract SET one_off_pence = 1 WHERE id = %s", contract.pk)
    run_sql(
        "UPDATE commissioning_contractservice SET unit_rate_pence = 1 WHERE contract_id = %s", contract.pk
    )


def test_a_service_does_not_move_into_an_approved_contract() -> None:
    approved, returned = make_approved().contract, make_returned().contract
    session = returned.services.get(code="SESSION")
    move = "UPDATE commissioning_contractservice SET contract_id = %s, code = 'NEW' WHERE id = %s"
    assert_refused(move, approved.pk, session.pk)


@pytest.mark.parametrize(
    ("make", "to"),
    [
        (make_waiting, ContractState.DRAFT),
        (make_waiting, ContractState.ENDED),
        (make_returned, ContractState.APPROVED),
        (make_approved, ContractState.DRAFT),
        (make_approved, ContractState.REQUESTED),
    ],
)
def test_a_contract_changes_state_only_along_its_ways(make: object, to: ContractState) -> None:
    assert callable(make)
    assert_refused(MOVE, to, make().contract_id, match="A contract cannot go")


def test_a_contract_is_not_approved_by_nobody() -> None:
    assert_refused(MOVE, ContractState.APPROVED, make_waiting().contract_id, match="Nobody has approved")


def test_a_contract_is_not_approved_without_its_money() -> None:
    approval = make_waiting()
    run_sql(
        "UPDATE commissioning_approval SET state = 'approved', decided_by_id = %s, decided_at = now(), "
        "limit_pence = 100000000 WHERE id = %s",
        make_commissioner(council=approval.contract.council).pk,
        approval.pk,
    )
    assert_refused(MOVE, ContractState.APPROVED, approval.contract_id, match="have not committed")


def test_a_draft_is_approved_as_it_is_only_when_it_was_loaded() -> None:
    contract = make_waiting().contract
    assert make_contract().state == ContractState.APPROVED
    fresh = Contract.objects.create(
        council=contract.council,
        ref="K-NEW",
        cluster=contract.cluster,
        provider=contract.provider,
        start_date=contract.start_date,
        end_date=contract.end_date,
    )
    assert_refused(MOVE, ContractState.APPROVED, fresh.pk, match="A contract cannot go")


def test_a_contract_begins_as_a_draft() -> None:
    contract = make_waiting().contract
    assert_refused(
        "INSERT INTO commissioning_contract (council_id, ref, title, cluster_id, provider_id, start_date, end_date, "
        "state, weekly_pence, one_off_pence, is_regulated, is_loaded) "
        "SELECT council_id, 'K-NEW', '', cluster_id, provider_id, start_date, end_date, 'approved', 0, 0, false, true "
        "FROM commissioning_contract WHERE id = %s",
        contract.pk,
        match="begins as a draft",
    )


@pytest.mark.parametrize(
    "change", ["estimate_pence = 1", "reason = 'Other'", "requested_at = now()", "limit_pence = 1"]
)
def test_what_was_decided_never_changes(change: str) -> None:
    for approval in (make_approved(), make_returned()):
        assert_refused(
            f"UPDATE commissioning_approval SET {change} WHERE id = %s", approval.pk, match="is decided once"
        )


def test_a_request_says_the_yearly_value() -> None:
    approval = make_returned()
    insert = (
        "INSERT INTO commissioning_approval (contract_id, state, estimate_pence, requested_by_id, reason) "
        "VALUES (%s, 'waiting', %s, %s, '')"
    )
    who = approval.requested_by_id
    assert_refused(insert, approval.contract_id, 49_99, who, match="says the yearly value")
    run_sql(insert, approval.contract_id, 50_00, who)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            "decided_by_id = requested_by_id, limit_pence = 100000000",
            "commissioning_nobody_approves_their_own",
        ),
        ("decided_by_id = %(other)s, limit_pence = 4999", "commissioning_approval_is_within_the_limit"),
        ("decided_by_id = %(other)s, limit_pence = NULL", "commissioning_approval_says_the_limit"),
        ("decided_by_id = NULL, limit_pence = 100000000", "commissioning_approval_says_who_decided"),
    ],
)
def test_an_approval_is_somebody_elses_and_within_their_limit(change: str, rule: str) -> None:
    approval = make_waiting()
    other = make_commissioner(council=approval.contract.council).pk
    words = change.replace("%(other)s", f"'{other}'")
    assert_refused(
        f"UPDATE commissioning_approval SET state = 'approved', decided_at = now(), {words} WHERE id = %s",
        approval.pk,
        match=rule,
    )


def test_a_return_says_why() -> None:
    approval = make_waiting()
    other = make_commissioner(council=approval.contract.council).pk
    assert_refused(
        "UPDATE commissioning_approval SET state = 'returned', decided_at = now(), decided_by_id = %s WHERE id = %s",
        other,
        approval.pk,
        match="commissioning_return_says_why",
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_can_be_taken_away(owner_connection: psycopg.Connection) -> None:
    approval = make_approved()
    assert approval.contract.services.filter(sharing_rule=SharingRule.EQUAL).exists()
    for table in ("commissioning_approval", "commissioning_contract"):
        assert_kept(owner_connection, table)
    for table in ("commissioning_contractservice", "commissioning_commitment"):
        assert_kept(owner_connection, table)
