"""Leaving that is not one's own choice: the members decided it, the cluster closes, somebody has died."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from clusters.actions import UnableToUse, cast, close_decision, open_decision
from clusters.models import (
    ClusterState,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionState,
    Membership,
    MembershipState,
    PledgeReturn,
)
from commissioning.actions.leave import UnableToLeave, leave, remove, settle_death
from commissioning.actions.settle import settle
from commissioning.actions.settle_due import close_empty_clusters
from commissioning.actions.wind_down import close_down
from people.models import Notice
from tests.commissioning.leavers import NINE, ON, in_budget, in_pool, make_promised, make_three, user_of
from tests.commissioning.test_settle import at, bill

pytestmark = pytest.mark.django_db

DECIDED = NINE + timedelta(days=10)


def decide(members: list[Membership], *, kind: DecisionKind, subject: UUID | None, why: str = "") -> Decision:
    """The members vote yes, all but the one it is about; the decision closes."""
    decision = open_decision(
        cluster=members[0].cluster,
        kind=kind,
        question="Is that what you want?",
        why=why,
        subject_id=subject,
        by=user_of(members[1]),
        at=NINE,
    )
    yes = decision.options.get(counts_as=CountsAs.YES)
    for entry in decision.roll.select_related("membership__person__user"):
        person = entry.membership.person
        cast(decision=decision, person=person, options=[yes.pk], by=user_of(entry.membership), at=NINE)
    return close_decision(decision=decision, by="system:tests", at=DECIDED)


def test_somebody_is_removed_only_by_a_decision_and_once() -> None:
    amina, ben, chidi = members = make_three()
    decision = decide(
        members, kind=DecisionKind.REMOVE, subject=amina.pk, why="We could not agree about the evenings."
    )
    assert decision.state == DecisionState.PASSED
    assert remove(decision=decision, at=DECIDED).state == MembershipState.LEFT
    assert remove(decision=decision, at=DECIDED).state == MembershipState.LEFT
    assert in_budget(amina) == 2_000_00
    assert [in_pool(each) for each in (ben, chidi)] == [(1_000_00, 0)] * 2
    told = Notice.objects.get(person=amina.person, kind="commissioning_removed")
    assert "We could not agree about the evenings." in told.words
    assert "(your social worker)" in told.words


def test_nobody_is_removed_by_a_decision_that_did_not_pass() -> None:
    amina, ben, _ = make_three()
    decision = open_decision(
        cluster=amina.cluster,
        kind=DecisionKind.REMOVE,
        question="Should Amina leave?",
        why="We quarrelled.",
        subject_id=amina.pk,
        by=user_of(ben),
        at=NINE,
    )
    with pytest.raises(UnableToUse, match="have not agreed"):
        remove(decision=decision, at=NINE)
    assert in_pool(amina) == (1_000_00, 0)


def test_who_leaves_before_it_is_decided_needs_no_decision_any_more() -> None:
    amina, ben, _ = make_three()
    decision = open_decision(
        cluster=amina.cluster,
        kind=DecisionKind.REMOVE,
        question="Should Amina leave?",
        why="We quarrelled.",
        subject_id=amina.pk,
        by=user_of(ben),
        at=NINE,
    )
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    decision.refresh_from_db()
    assert decision.state == DecisionState.STOPPED


def test_a_cluster_closes_once_its_contracts_are_over_and_everybodys_money_is_home() -> None:
    members = make_three()
    cluster = members[0].cluster
    contract = make_promised(cluster=cluster, promises={each: {"council": 360_00} for each in members})
    decision = decide(members, kind=DecisionKind.WIND_DOWN, subject=None)
    close_down(decision=decision, at=DECIDED)
    close_down(decision=decision, at=DECIDED)
    contract.refresh_from_db()
    assert contract.end_date == date(2026, 5, 28)  # decided on 14 May, two weeks of notice
    for member in members:
        member.refresh_from_db()
        assert (member.state, member.left_date) == (MembershipState.ON_NOTICE, contract.end_date)
    assert close_empty_clusters(at=at(contract.end_date)) == 0
    for member in members:
        settle(membership=member, by="system:tests", at=at(contract.end_date))
        settle(membership=member, by="system:tests", at=at(contract.end_date + timedelta(days=35)))
        assert (in_pool(member), in_budget(member)) == ((0, 0), 2_000_00)
    assert set(PledgeReturn.objects.values_list("reason", flat=True)) == {"closed"}
    assert close_empty_clusters(at=at(contract.end_date + timedelta(days=35))) == 1
    cluster.refresh_from_db()
    assert cluster.state == ClusterState.CLOSED


def died(member: Membership, on: date) -> Membership:
    member.person.died_date = on
    member.person.save(update_fields=["died_date"])
    return member


def test_a_death_ends_the_membership_that_day_and_tells_those_who_need_to_know() -> None:
    amina, ben, chidi = make_three()
    died(amina, ON)
    assert settle_death(person=amina.person, by="user:1", at=NINE + timedelta(days=3)) == 1
    assert settle_death(person=amina.person, by="user:1", at=NINE + timedelta(days=3)) == 0
    amina.refresh_from_db()
    assert (amina.state, amina.left_date) == (MembershipState.LEFT, ON)
    assert in_budget(amina) == 2_000_00
    assert {(each.person or each.user, each.kind) for each in Notice.objects.all()} == {
        (amina.person.lead_professional, "commissioning_member_died"),
        (ben.person, "commissioning_somebody_leaves"),
        (chidi.person, "commissioning_somebody_leaves"),
    }


def test_a_death_found_out_later_leaves_what_was_shared_as_it_was() -> None:
    amina, ben, chidi = members = make_three()
    contract = make_promised(cluster=amina.cluster, promises={each: {"council": 360_00} for each in members})
    bill(contract, day=ON + timedelta(days=2))
    settle_death(person=died(amina, ON).person, by="user:1", at=NINE + timedelta(days=4))
    amina.refresh_from_db()
    assert amina.left_date == ON + timedelta(days=3)
    assert in_pool(ben) == in_pool(chidi) == (640_00, 350_00)


def test_a_death_comes_before_a_day_they_had_chosen_and_ends_a_wish_to_join() -> None:
    amina, *_ = make_three()
    leave(membership=amina, on=ON + timedelta(days=20), by=user_of(amina), at=NINE)
    wish = Membership.objects.create(
        cluster=make_three()[0].cluster, person=amina.person, ref="W-1", state=MembershipState.ASKED
    )
    settle_death(person=died(amina, ON + timedelta(days=1)).person, by="user:1", at=NINE + timedelta(days=1))
    amina.refresh_from_db()
    wish.refresh_from_db()
    assert (amina.left_date, wish.state) == (ON + timedelta(days=1), MembershipState.DECLINED)


def test_nobody_is_taken_for_dead() -> None:
    amina, *_ = make_three()
    with pytest.raises(UnableToLeave, match="Record it first"):
        settle_death(person=amina.person, by="user:1", at=datetime(2026, 5, 4, tzinfo=UTC))
