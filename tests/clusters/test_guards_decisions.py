"""What PostgreSQL holds about decisions against everybody, psql included."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from clusters.actions import Answer, ask_to_join, enter_paper_ballot, use_decision, withdraw_option
from clusters.models import (
    Ballot,
    BallotChannel,
    ClusterState,
    CountsAs,
    Decision,
    DecisionKind,
    Membership,
    MembershipState,
    Method,
)
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import (
    NOW,
    close,
    leave,
    let_in,
    make_decision,
    make_voters,
    option,
    vote,
)
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def members() -> list[Membership]:
    return make_voters(count=4)


@pytest.fixture
def decision(members: list[Membership]) -> Decision:
    """A question to three of four members: the last has come since."""
    return make_decision(members[:3])


def pass_by_hand(decision: Decision, label: str = "Yes") -> tuple[str, list[Any]]:
    """A decision called passed by hand, at its end."""
    statement = (
        "UPDATE clusters_decision SET state = 'passed', closed_at = closes_at, winner_id = %s WHERE id = %s"
    )
    return statement, [option(decision, label).pk, decision.pk]


@pytest.mark.django_db(transaction=True)
def test_what_was_opened_is_frozen_with_its_transaction() -> None:
    members = make_voters(count=4)
    roll = "INSERT INTO clusters_rollentry (decision_id, membership_id, is_payer) VALUES (%s, %s, true)"
    answer = (
        "INSERT INTO clusters_option (decision_id, number, label, meaning, prompt, picture, counts_as) "
        "VALUES (%s, 9, 'Maybe', '', '', '', 'option')"
    )
    with transaction.atomic():
        decision = make_decision(members[:3])
        late = make_member(cluster=decision.cluster)
        run_sql(roll, decision.pk, late.pk)
        run_sql(answer, decision.pk)
    later = make_member(cluster=decision.cluster)
    assert_refused(roll, decision.pk, later.pk, match="stays as it was opened")
    assert_refused(answer.replace("9", "8"), decision.pk, match="stays as it was opened")


def test_a_decision_does_not_say_it_was_made_in_another_transaction(decision: Decision) -> None:
    assert_refused(
        "UPDATE clusters_decision SET made_in = '1' WHERE id = %s", decision.pk, match="stays as it was asked"
    )


def test_the_roll_names_members_of_its_cluster_only(decision: Decision) -> None:
    assert_refused(
        "INSERT INTO clusters_rollentry (decision_id, membership_id, is_payer) VALUES (%s, %s, true)",
        decision.pk,
        make_member().pk,
        match="is of another cluster",
    )


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("clusters_rollentry", "is_payer = NOT is_payer"),
        ("clusters_ballot", "reason = 'Other'"),
        ("clusters_decisionuse", "act = 'Other'"),
    ],
)
def test_what_was_counted_is_written_once(table: str, change: str) -> None:
    make_everything()
    assert_refused(f"UPDATE {table} SET {change}", match="written once")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_can_be_taken_away(owner_connection: psycopg.Connection) -> None:
    make_everything()
    for name in ("decisionuse", "paperballot", "ballot", "rollentry", "option", "decision"):
        assert_kept(owner_connection, f"clusters_{name}")


def make_everything() -> Decision:
    """A passed decision that was used, with a vote on paper among the others."""
    members = make_voters()
    made = make_decision(members)
    for member in members[:2]:
        vote(made, member, "Yes")
    enter_paper_ballot(
        entry=made.roll.get(membership=members[2]),
        options=[option(made, "Yes").pk],
        channel=BallotChannel.PAPER,
        by=make_social_worker(council=made.cluster.council),
        at=NOW + HOUR,
    )
    made = close(made)
    use_decision(
        decision=made,
        kind=DecisionKind.SPEND_RESERVE,
        subject_id=None,
        act="buy",
        by="user:1",
        at=made.closes_at,
    )
    return made


@pytest.mark.parametrize("change", ["label = 'Other'", "counts_as = 'yes'", "number = 8"])
def test_an_answer_stays_as_it_was_put(decision: Decision, change: str) -> None:
    assert_refused(
        f"UPDATE clusters_option SET {change} WHERE id = %s",
        option(decision, "No").pk,
        match="stays as it was put to the vote",
    )


def test_an_answer_is_taken_back_once(decision: Decision) -> None:
    take_back = "UPDATE clusters_option SET withdrawn_at = now() WHERE id = %s"
    run_sql(take_back, option(decision, "No").pk)
    assert_refused(take_back, option(decision, "No").pk)


def test_a_decision_begins_open_and_stays_as_it_was_asked(decision: Decision) -> None:
    assert_refused(
        "INSERT INTO clusters_decision (cluster_id, kind, question, why, method, quorum_votes, quorum_of, is_secret, "
        "opened_at, opened_by, closes_at, state, closed_at, outcome) VALUES "
        "(%s, 'wind_down', '?', '', 'majority', 1, 2, false, %s, '', %s, 'not_passed', %s, '')",
        decision.cluster_id,
        NOW,
        NOW + HOUR,
        NOW + HOUR,
        match="begins open",
    )
    for change in (
        "question = 'Other'",
        "method = 'consent'",
        "quorum_votes = 2",
        "closes_at = closes_at + '1 d'",
    ):
        assert_refused(
            f"UPDATE clusters_decision SET {change} WHERE id = %s", decision.pk, match="stays as it was"
        )


def test_a_decision_is_counted_once_and_not_before_its_end(
    decision: Decision, members: list[Membership]
) -> None:
    for member in members[:2]:
        vote(decision, member, "Yes")
    statement, values = pass_by_hand(decision)
    early = statement.replace("closed_at = closes_at", "closed_at = closes_at - interval '1 second'")
    assert_refused(early, *values, match="open_to_the_end")
    run_sql(statement, *values)
    assert_refused(statement, *values, match="is counted once")
    assert_refused(
        "UPDATE clusters_decision SET state = 'open', closed_at = NULL, winner_id = NULL WHERE id = %s",
        decision.pk,
        match="is counted once",
    )


@pytest.mark.parametrize(
    ("method", "said", "why"),
    [
        ("majority", "yy--", None),
        ("majority", "yy---", "too few voted"),
        ("majority", "yuu", "too few said yes"),
        ("majority", "yynn", "as many or more"),
        ("majority", "yynnn", "as many or more"),
        ("two_thirds", "yyynn", "fewer than two thirds"),
        ("two_thirds", "yyyynn", None),
        ("consent", "yyn", None),
        ("consent", "yyr", "has a reason against"),
        ("unanimity", "yyy", None),
        ("unanimity", "yyu", "not everybody who pays"),
        ("unanimity", "yy-", "not everybody who pays"),
        ("majority", "y", None),
    ],
)
def test_a_decision_passes_with_its_votes_only(method: str, said: str, why: str | None) -> None:
    kind = DecisionKind.WIND_DOWN
    members = make_voters(count=len(said))
    made = make_decision(members, kind=kind, method=Method(method))
    words = {"y": ("Yes", ""), "n": ("No", ""), "r": ("No", "Too dear"), "u": ("Not sure", "")}
    for member, letter in zip(members, said, strict=True):
        if letter in words:
            label, reason = words[letter]
            vote(made, member, label, reason=reason)
    statement, values = pass_by_hand(made)
    if why is None:
        run_sql(statement, *values)
    else:
        assert_refused(statement, *values, match=why)


def test_the_votes_of_who_left_do_not_pass_a_decision_about_money(members: list[Membership]) -> None:
    made = make_decision(members)
    for member in members[:2]:
        vote(made, member, "Yes")
    leave(members[1], state=MembershipState.ON_NOTICE, on=NOW.date())
    statement, values = pass_by_hand(made)
    assert_refused(statement, *values, match="too few voted")


def test_unanimity_asks_payers_who_are_there(members: list[Membership]) -> None:
    members.append(make_member(cluster=members[0].cluster, pledged={}))
    made = make_decision(members, method=Method.UNANIMITY)
    for member in members[:3]:
        vote(made, member, "Yes")
    vote(made, members[4], "No")
    statement, values = pass_by_hand(made)
    assert_refused(statement, *values, match="not everybody who pays")
    leave(members[3], state=MembershipState.ON_NOTICE, on=NOW.date())
    run_sql(statement, *values)


@pytest.mark.parametrize("label", ["No", "Not sure"])
def test_no_does_not_win(decision: Decision, members: list[Membership], label: str) -> None:
    for member in members[:3]:
        vote(decision, member, label)
    statement, values = pass_by_hand(decision, label)
    assert_refused(statement, *values, match="could not win")


def test_what_was_taken_back_does_not_win(members: list[Membership]) -> None:
    offers = [Answer(label=label, counts_as=CountsAs.OPTION, offer_id=uuid4()) for label in ("Care", "Kind")]
    made = make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=offers)
    for member in members[:3]:
        vote(made, member, "Care")
    withdraw_option(offer_id=option(made, "Care").offer_id or uuid4(), by="user:1", at=NOW + HOUR)
    statement, values = pass_by_hand(made, "Care")
    assert_refused(statement, *values, match="could not win")


@pytest.mark.parametrize("wrong", ["open", "not passed", "other subject"])
def test_a_decision_unlocks_what_was_decided_once(
    decision: Decision, members: list[Membership], wrong: str
) -> None:
    use = (
        "INSERT INTO clusters_decisionuse (decision_id, act, subject_id, used_by) VALUES (%s, 'buy', %s, '')"
    )
    if wrong != "open":
        for member in members[:2]:
            vote(decision, member, "No" if wrong == "not passed" else "Yes")
        close(decision)
    subject = uuid4() if wrong == "other subject" else None
    assert_refused(use, decision.pk, subject, match="has not passed, or not about this")
    if wrong == "other subject":
        run_sql(use, decision.pk, None)
        assert_refused(use, decision.pk, None, match="decision_id")


@pytest.mark.parametrize("kind", ["admit", "remove", "change_agreement"])
def test_a_decision_about_somebody_says_about_whom(decision: Decision, kind: str) -> None:
    assert_refused(
        "INSERT INTO clusters_decision (cluster_id, kind, question, why, method, quorum_votes, quorum_of, is_secret, "
        "opened_at, opened_by, closes_at, state, outcome) VALUES "
        "(%s, %s, '?', '', 'majority', 1, 2, false, %s, '', %s, 'open', '')",
        decision.cluster_id,
        kind,
        NOW,
        NOW + HOUR,
        match="says_what_it_is_about",
    )


ADMIT = "UPDATE clusters_membership SET state = 'members_agreed' WHERE id = %s"


@pytest.mark.parametrize("state", [ClusterState.AGREED, ClusterState.ACTIVE, ClusterState.FROZEN])
def test_only_a_decision_lets_somebody_into_a_cluster_that_stands(state: ClusterState) -> None:
    cluster = make_cluster(state=state)
    asked = cluster.memberships.create(
        person=make_person(council=cluster.council), ref="M-1", state=MembershipState.ASKED
    )
    assert_refused(ADMIT, asked.pk, match="have not decided to let")


def test_a_founders_word_is_enough_while_it_forms() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    asked = cluster.memberships.create(
        person=make_person(council=cluster.council), ref="M-1", state=MembershipState.ASKED
    )
    run_sql(ADMIT, asked.pk)


def test_the_decision_on_one_lets_in_no_other(members: list[Membership]) -> None:
    cluster = members[0].cluster
    wishes = []
    for _ in range(2):
        person = make_person(council=cluster.council, user=make_user())
        make_budget(person=person)
        proposed = {make_stream(council=cluster.council): 100}
        assert person.user is not None
        wishes.append(ask_to_join(cluster=cluster, person=person, proposed=proposed, by=person.user, at=NOW))
    assert let_in(wishes[0]).state == MembershipState.MEMBERS_AGREED
    assert_refused(ADMIT, wishes[1].pk, match="have not decided to let")
    assert Ballot.objects.count() == len(members)
