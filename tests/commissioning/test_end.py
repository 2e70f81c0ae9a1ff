"""Ending a contract before its time, and changing what it buys: days, money, and who is told."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from clusters.models import DecisionKind, Membership
from clusters.queries import money_in_pool
from commissioning.actions import (
    Change,
    UnableToApprove,
    UnableToEnd,
    UnableToVary,
    approve,
    draft_variation,
    end_as_decided,
    end_early,
    put_variation_forward,
)
from commissioning.models import Approval, Contract, ContractEnd, ContractState
from commissioning.queries import money_for
from ledger.models import Entry
from people.models import Notice
from tests.clusters.deciding import make_passed_decision
from tests.commissioning.leavers import make_promised, make_three
from tests.people.makers import make_commissioner, make_user
from tests.providers.makers import make_ethical

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
EACH = 360_00  # twelve weeks at 90 pounds, by three


def make_running() -> tuple[Contract, list[Membership]]:
    """Twelve weeks from 6 April at 90 pounds a week, which three members promised in equal parts; nothing is billed."""
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster, promises={member: {"council": EACH} for member in members}
    )
    make_ethical(provider=contract.provider)
    return contract, members


def promised_to(members: list[Membership]) -> list[int]:
    return [money_in_pool(membership=member)[0].committed_pence for member in members]


def free(members: list[Membership]) -> list[int]:
    return [money_in_pool(membership=member)[0].share_pence for member in members]


def test_ends_once_its_notice_has_run_when_the_members_decide_it() -> None:
    contract, members = make_running()
    decision = make_passed_decision(
        cluster=contract.cluster, kind=DecisionKind.END_CONTRACT, subject_id=contract.pk
    )
    early = end_as_decided(decision=decision, at=AT)
    contract.refresh_from_db()
    assert contract.end_date == early.end_date == date(2026, 5, 18)
    assert early.planned_end_date == date(2026, 6, 29)
    assert promised_to(members) == [180_00] * 3  # six of the twelve weeks
    assert free(members) == [820_00] * 3
    assert end_as_decided(decision=decision, at=AT) == early
    assert Entry.objects.filter(kind="release").count() == 1


def test_tells_the_members_and_the_provider_why() -> None:
    contract, _ = make_running()
    carol = make_commissioner(council=contract.council)
    end_early(contract=contract, end_date=date(2026, 5, 4), reason="The provider stops", by=carol, at=AT)
    told = Notice.objects.filter(kind="commissioning_contract_ended")
    assert told.count() == 3
    assert all("The provider stops" in notice.words for notice in told)


def test_releases_everything_of_a_contract_that_has_not_begun() -> None:
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster,
        promises={members[0]: {"council": EACH}},
        start_date=date(2026, 6, 1),
        end_date=date(2026, 8, 24),
    )
    carol = make_commissioner(council=contract.council)
    end_early(contract=contract, end_date=date(2026, 6, 1), reason="Not wanted", by=carol, at=AT)
    assert promised_to(members[:1]) == [0]


@pytest.mark.parametrize(
    ("end_date", "why"),
    [
        (date(2026, 5, 3), "today or later"),
        (date(2026, 6, 29), "Choose a day in between"),
    ],
)
def test_refuses_a_day_that_is_past_or_no_earlier(end_date: date, why: str) -> None:
    contract, members = make_running()
    carol = make_commissioner(council=contract.council)
    with pytest.raises(UnableToEnd, match=why):
        end_early(contract=contract, end_date=end_date, reason="No", by=carol, at=AT)
    assert promised_to(members) == [EACH] * 3
    assert not ContractEnd.objects.exists()


def test_is_ended_by_hand_only_by_its_council_and_with_a_reason() -> None:
    contract, _ = make_running()
    day = date(2026, 5, 18)
    with pytest.raises(UnableToEnd, match="work for the council"):
        end_early(contract=contract, end_date=day, reason="No", by=make_user(), at=AT)
    with pytest.raises(UnableToEnd, match="Say why"):
        end_early(
            contract=contract, end_date=day, reason=" ", by=make_commissioner(council=contract.council), at=AT
        )


def test_a_change_replaces_the_old_contract_with_its_money_once_approved() -> None:
    contract, members = make_running()
    change = Change(
        start_date=date(2026, 6, 1), end_date=date(2026, 6, 29), weekly_pence=120_00, rates={"SESSION": 40_00}
    )
    carol = make_commissioner(council=contract.council, approval_limit_pence=50_000_00)
    new = draft_variation(contract=contract, change=change, by=members[0].person.user or carol, at=AT)
    decision = make_passed_decision(
        cluster=contract.cluster, kind=DecisionKind.VARY_CONTRACT, subject_id=new.pk
    )
    decision.asked_by = make_user()
    put_variation_forward(decision=decision, at=AT)
    approve(approval=Approval.objects.get(contract=new), by=carol, at=AT)
    contract.refresh_from_db()
    new.refresh_from_db()
    assert contract.end_date == new.start_date == date(2026, 6, 1)
    assert (new.state, new.replaces) == (ContractState.APPROVED, contract)
    assert new.services.get().unit_rate_pence == 40_00
    # Eight of twelve old weeks stay promised, and four new ones at 120 pounds are.
    assert promised_to(members) == [240_00 + 160_00] * 3


def test_a_change_is_paid_from_what_the_old_contract_does_not_need_any_more() -> None:
    members = make_three(pence={"council": EACH})
    contract = make_promised(
        cluster=members[0].cluster, promises={member: {"council": EACH} for member in members}
    )
    make_ethical(provider=contract.provider)
    assert free(members) == [0] * 3  # all they have is promised to the old one
    change = Change(
        start_date=date(2026, 6, 1), end_date=date(2026, 6, 29), weekly_pence=80_00, rates={"SESSION": 40_00}
    )
    carol = make_commissioner(council=contract.council, approval_limit_pence=50_000_00)
    new = draft_variation(contract=contract, change=change, by=carol, at=AT)
    decision = make_passed_decision(
        cluster=contract.cluster, kind=DecisionKind.VARY_CONTRACT, subject_id=new.pk
    )
    decision.asked_by = make_user()
    put_variation_forward(decision=decision, at=AT)
    approval = Approval.objects.get(contract=new)
    assert money_for(contract=approval.contract).short_pence == 0
    approve(approval=approval, by=carol, at=AT)
    # Eight old weeks of 30 pounds each, and a third of four new ones at 80 pounds.
    assert sorted(promised_to(members)) == [240_00 + 106_66, 240_00 + 106_67, 240_00 + 106_67]
    assert sum(free(members)) == 3 * EACH - sum(promised_to(members))


def test_a_change_that_comes_too_late_is_refused_in_plain_words() -> None:
    contract, _members = make_running()
    change = Change(start_date=date(2026, 6, 1), end_date=date(2026, 6, 29), weekly_pence=90_00, rates={})
    carol = make_commissioner(council=contract.council, approval_limit_pence=50_000_00)
    new = draft_variation(contract=contract, change=change, by=carol, at=AT)
    decision = make_passed_decision(
        cluster=contract.cluster, kind=DecisionKind.VARY_CONTRACT, subject_id=new.pk
    )
    decision.asked_by = make_user()
    put_variation_forward(decision=decision, at=AT)
    end_early(contract=contract, end_date=date(2026, 6, 28), reason="Sooner", by=carol, at=AT)
    approval = Approval.objects.get(contract=new)
    with pytest.raises(UnableToApprove, match="cannot replace contract"):
        approve(approval=approval, by=carol, at=AT)
    assert Contract.objects.get(pk=new.pk).state == ContractState.REQUESTED
    assert Entry.objects.filter(kind="commit", key=f"commit:{new.pk}").count() == 0


def test_a_change_begins_while_the_old_one_runs_and_is_made_by_its_own_people() -> None:
    contract, _ = make_running()
    change = Change(start_date=date(2026, 6, 29), end_date=date(2026, 7, 29), weekly_pence=120_00, rates={})
    carol = make_commissioner(council=contract.council)
    with pytest.raises(UnableToVary, match="has to begin from 4 May 2026 on"):
        draft_variation(contract=contract, change=change, by=carol, at=AT)
    with pytest.raises(UnableToVary, match="Only the members"):
        draft_variation(contract=contract, change=change, by=make_user(), at=AT)
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("day", ["2026-05-18", "2026-09-01"])
def test_postgresql_moves_no_last_day_without_a_row_that_says_so(day: str) -> None:
    contract, _ = make_running()
    with (
        pytest.raises(IntegrityError, match="stays as it was put forward"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE commissioning_contract SET end_date = %s WHERE id = %s", [day, contract.pk])


def test_postgresql_keeps_no_end_that_is_not_the_end() -> None:
    contract, _ = make_running()
    ContractEnd.objects.create(
        contract=contract,
        end_date=date(2026, 5, 18),
        planned_end_date=contract.end_date,
        reason="Because",
        ended_by="system:tests",
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="does not end on"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_postgresql_keeps_an_end_as_it_was_written() -> None:
    contract, _ = make_running()
    carol = make_commissioner(council=contract.council)
    end_early(contract=contract, end_date=date(2026, 5, 18), reason="Because", by=carol, at=AT)
    with pytest.raises(IntegrityError, match="is refused"), transaction.atomic():
        ContractEnd.objects.update(reason="Other")
