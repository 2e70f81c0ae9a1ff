"""What PostgreSQL holds about clusters against everybody, psql included."""

from datetime import date
from uuid import UUID

import psycopg
import pytest

from clusters.models import (
    Agreement,
    ClusterState,
    Membership,
    MembershipEvent,
    MembershipState,
    Signature,
)
from ledger.actions import AccountName, Draft, Move, post
from ledger.models import AccountKind
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_agreement, make_cluster, make_member
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import YEAR_START, make_person

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    "change", ["words = 'Other words'", "signed_date = NULL", "signed_date = '2026-01-01'"]
)
def test_a_signed_agreement_never_changes(change: str) -> None:
    agreement = make_cluster().agreements.get()
    assert_refused(
        f"UPDATE clusters_agreement SET {change} WHERE id = %s", agreement.pk, match="stays as it was signed"
    )


def test_an_agreement_may_be_reworded_until_it_is_signed() -> None:
    agreement = make_agreement(cluster=make_cluster(state=ClusterState.FORMING))
    run_sql("UPDATE clusters_agreement SET words = 'Kinder words' WHERE id = %s", agreement.pk)


def test_an_agreement_is_not_signed_without_its_members() -> None:
    agreement = Agreement.objects.create(cluster=make_cluster(state=ClusterState.FORMING))
    sign = "UPDATE clusters_agreement SET signed_date = '2026-05-04' WHERE id = %s"
    assert_refused(sign, agreement.pk, match="not signed by its members")
    for _ in range(2):
        member = make_member(cluster=agreement.cluster)
        Signature.objects.create(agreement=agreement, membership=member, signed_date=DAY, signed_by="user:1")
    run_sql(sign, agreement.pk)


def test_an_agreement_is_not_called_loaded_afterwards() -> None:
    agreement = Agreement.objects.create(cluster=make_cluster(state=ClusterState.FORMING))
    assert_refused("UPDATE clusters_agreement SET is_loaded = true WHERE id = %s", agreement.pk)


def test_an_agreement_is_not_born_signed() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    assert_refused(
        "INSERT INTO clusters_agreement (cluster_id, version, words, signed_date, is_loaded) "
        "VALUES (%s, 9, '', '2026-05-04', true)",
        cluster.pk,
        match="written first",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clusters_sharingterm SET rule = 'equal' WHERE agreement_id = %s",
        "INSERT INTO clusters_sharingterm (agreement_id, service_code, contract_ref, rule) "
        "VALUES (%s, 'X', '', 'equal')",
    ],
)
def test_the_sharing_terms_of_a_signed_agreement_never_change(statement: str) -> None:
    agreement = make_cluster().agreements.get()
    assert_refused(statement, agreement.pk, match="stays as it was signed")


def test_a_term_does_not_move_into_a_signed_agreement() -> None:
    cluster = make_cluster()
    draft = make_agreement(cluster=cluster, sharing={})
    term = draft.sharing_terms.create(service_code="NEW", rule="equal")
    assert_refused(
        "UPDATE clusters_sharingterm SET agreement_id = %s WHERE id = %s",
        cluster.agreements.get(version=1).pk,
        term.pk,
    )


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("clusters_pledge", "amount_pence = amount_pence + 1"),
        ("clusters_planagreement", "note = 'Other'"),
        ("clusters_clusterevent", "reason = 'Other'"),
        ("clusters_membershipevent", "reason = 'Other'"),
        ("clusters_signature", "signed_date = '2020-01-01'"),
    ],
)
def test_what_was_said_is_written_once(table: str, change: str) -> None:
    make_everything()
    assert_refused(f"UPDATE {table} SET {change}", match="written once")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_can_be_taken_away(owner_connection: psycopg.Connection) -> None:
    make_everything()
    for table in (
        "clusters_pledge",
        "clusters_planagreement",
        "clusters_clusterevent",
        "clusters_membershipevent",
        "clusters_signature",
        "clusters_membership",
        "clusters_agreement",
        "clusters_cluster",
    ):
        assert_kept(owner_connection, table)


def make_everything() -> Membership:
    """A member with a pledge, a signature and an event."""
    member = make_member()
    agreement = member.cluster.agreements.get()
    Signature.objects.create(agreement=agreement, membership=member, signed_date=DAY, signed_by="user:1")
    MembershipEvent.objects.create(
        membership=member, to_state=member.state, acted_by="user:1", reason="Joined"
    )
    return member


@pytest.mark.parametrize("old", ClusterState)
def test_a_cluster_changes_state_only_along_its_ways(old: ClusterState) -> None:
    ways = {
        ClusterState.FORMING: {ClusterState.AGREED, ClusterState.CLOSED},
        ClusterState.AGREED: {ClusterState.ACTIVE, ClusterState.CLOSED},
        ClusterState.ACTIVE: {ClusterState.FROZEN, ClusterState.WINDING_DOWN},
        ClusterState.FROZEN: {ClusterState.ACTIVE, ClusterState.WINDING_DOWN},
        ClusterState.WINDING_DOWN: {ClusterState.CLOSED},
        ClusterState.CLOSED: set(),
    }
    for new in set(ClusterState) - {old}:
        cluster = make_cluster(state=old)
        move = "UPDATE clusters_cluster SET state = %s WHERE id = %s"
        if new in ways[old]:
            run_sql(move, new, cluster.pk)
        else:
            assert_refused(move, new, cluster.pk, match=f"from {old} to {new}")


def test_a_cluster_stays_in_its_council() -> None:
    cluster, other = make_cluster(), make_cluster()
    assert_refused("UPDATE clusters_cluster SET council_id = %s WHERE id = %s", other.council_id, cluster.pk)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MembershipState.ASKED, MembershipState.ACTIVE),
        (MembershipState.ASKED, MembershipState.PLAN_AGREED),
        (MembershipState.MEMBERS_AGREED, MembershipState.ACTIVE),
        (MembershipState.DECLINED, MembershipState.ASKED),
        (MembershipState.LEFT, MembershipState.ACTIVE),
        (MembershipState.ACTIVE, MembershipState.DECLINED),
    ],
)
def test_a_membership_skips_no_step_and_does_not_come_back(
    old: MembershipState, new: MembershipState
) -> None:
    cluster = make_cluster()
    membership = Membership.objects.create(
        cluster=cluster, person=make_person(council=cluster.council), ref="M-1", state=old, joined_date=DAY
    )
    assert_refused(
        "UPDATE clusters_membership SET state = %s WHERE id = %s", new, membership.pk, match="cannot go"
    )


def test_a_membership_keeps_whose_it_is_and_when_it_began() -> None:
    amina, bob = make_member(), make_member()
    change = "UPDATE clusters_membership SET {} WHERE id = %s"
    assert_refused(change.format("joined_date = '2020-01-01'"), amina.pk, match="stays whose it is")
    assert_refused(change.format(f"person_id = '{bob.person_id}'"), amina.pk, match="stays whose it is")


def test_the_day_somebody_left_stays() -> None:
    gone = make_member(pledged={}, left_date=DAY)
    assert_refused("UPDATE clusters_membership SET left_date = '2026-06-01' WHERE id = %s", gone.pk)


@pytest.mark.parametrize("wrong", ["nothing", "amount", "date", "stream", "member", "budget", "kind"])
def test_a_pledge_says_what_its_entry_moved(wrong: str) -> None:
    member = make_member()
    council, pledge = member.cluster.council, member.pledges.get()
    health = make_stream(council=council, code="health")
    stranger = make_member(cluster=member.cluster, pledged={})
    values = {
        "membership_id": stranger.pk if wrong == "member" else member.pk,
        "budget_id": make_budget(person=stranger.person).pk if wrong == "budget" else pledge.budget_id,
        "stream_id": health.pk if wrong == "stream" else pledge.stream_id,
        "amount_pence": 8 if wrong == "amount" else 7,
        "effective_date": DAY if wrong == "date" else YEAR_START,
        "entry_id": post_pledge(member, pence=7, is_return=wrong == "kind"),
    }
    insert = f"INSERT INTO clusters_pledge ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})"
    if wrong == "nothing":
        run_sql(insert, *values.values())
    else:
        assert_refused(insert, *values.values(), match="does not say what its entry moved")


def post_pledge(member: Membership, *, pence: int, is_return: bool) -> UUID:
    """An entry like a pledge's, from the budget into the pool or back, with no pledge row yet."""
    book, pledge = member.cluster.council.book_id, member.pledges.get()
    budget = AccountName(AccountKind.BUDGET, pledge.budget_id, "council").id_in(book)
    share = AccountName(AccountKind.POOL_SHARE, member.pk, "council").id_in(book)
    draft = Draft(
        key="pledge:by-hand",
        kind="return" if is_return else "pledge",
        effective_date=YEAR_START,
        reason="By hand",
        moves=[Move(share, budget, pence) if is_return else Move(budget, share, pence)],
    )
    return post(book_id=book, draft=draft, by="system:tests").entry_id


def test_nobody_has_left_while_their_money_is_in_the_pool() -> None:
    amina, ben = make_member(), make_member(pledged={})
    statement = "UPDATE clusters_membership SET state = 'left', left_date = '2026-06-01' WHERE id = %s"
    assert_refused(statement, amina.pk, match="still has money in the pool")
    run_sql(statement, ben.pk)


@pytest.mark.parametrize("state", ["on_notice", "left"])
def test_whoever_leaves_says_from_which_day_on(state: str) -> None:
    amina = make_member(pledged={})
    assert_refused(
        "UPDATE clusters_membership SET state = %s WHERE id = %s",
        state,
        amina.pk,
        match="does not say from which",
    )
