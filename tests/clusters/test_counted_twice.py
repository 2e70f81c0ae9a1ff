"""The count in Python and the count in PostgreSQL say the same, whatever is voted and whoever leaves."""

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from clusters.actions import YES_NO_UNSURE, Answer
from clusters.models import (
    Ballot,
    BallotChannel,
    CountsAs,
    Decision,
    DecisionKind,
    Membership,
    MembershipState,
    Method,
)
from clusters.queries.decisions import count_of
from tests.clusters.makers import make_member
from tests.clusters.voting import NOW, leave, make_decision, make_voters, user_of

pytestmark = pytest.mark.django_db

CASES = 60  # for each way of counting
OFFERS = [
    Answer(label="Care at Home", counts_as=CountsAs.OPTION),
    Answer(label="Kind Hands", counts_as=CountsAs.OPTION),
    Answer(label="None of these", counts_as=CountsAs.NO),
]
_receipts = iter(range(1_000_000))


def says_sql(decision: Decision, winner: UUID) -> str | None:
    """Why PostgreSQL would not let this answer win; nothing where it would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clusters_why_not_passed(jsonb_populate_record(d, jsonb_build_object('winner_id', %s::text))) "
            "FROM clusters_decision d WHERE d.id = %s",
            [str(winner), decision.pk],
        )
        row = cursor.fetchone()
    assert row is not None
    return row[0]  # type: ignore[no-any-return]


def vote_at_random(decision: Decision, members: list[Membership], chance: Random) -> None:
    """Each votes for something or nothing, some give a reason, and now and then somebody leaves."""
    options = list(decision.options.all())
    entries = {entry.membership_id: entry for entry in decision.roll.all()}
    for member in members:
        most = 2 if decision.method == Method.APPROVAL else 1
        chosen = chance.sample(options, chance.randint(0, most))
        if chosen:
            Ballot.objects.create(
                entry=entries[member.pk],
                number=1,
                option_ids=sorted(option.pk for option in chosen),
                reason=chance.choice(["", "", "Too dear"]),
                cast_at=NOW + timedelta(hours=1),
                cast_by=user_of(member),
                acted_by="user:1",
                channel=BallotChannel.WEB,
                receipt=f"R-{next(_receipts)}",
            )
    if chance.random() < 0.4:
        leave(chance.choice(members), state=MembershipState.ON_NOTICE, on=NOW.date())
    if chance.random() < 0.2 and decision.method == Method.APPROVAL:
        decision.options.filter(pk=options[0].pk).update(withdrawn_at=NOW)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("kind", [DecisionKind.WIND_DOWN, DecisionKind.REMOVE])
def test_both_counts_agree(method: Method, kind: DecisionKind) -> None:
    members = make_voters(count=4)
    members.append(make_member(cluster=members[0].cluster, pledged={}))
    put_out = make_member(cluster=members[0].cluster)
    decision = make_decision(
        members,
        kind=kind,
        subject_id=put_out.pk if kind == DecisionKind.REMOVE else uuid4(),
        method=method,
        options=OFFERS if method == Method.APPROVAL else YES_NO_UNSURE,
    )
    if kind == DecisionKind.WIND_DOWN:
        members.append(put_out)
    chance, passed = Random(f"{method} {kind}"), 0
    for _ in range(CASES):
        with transaction.atomic():
            vote_at_random(decision, members, chance)
            count = count_of(decision)
            could_win = [
                option.pk for option in decision.options.all() if option.counts_as in ("yes", "option")
            ]
            let_win = {winner for winner in could_win if says_sql(decision, winner) is None}
            assert let_win == ({count.winner} if count.winner else set()), count
            passed += count.has_passed
            transaction.set_rollback(True)
    assert method == Method.UNANIMITY or 0 < passed < CASES, "the cases tell nothing"
