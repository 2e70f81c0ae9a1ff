"""Opening a decision: whose it is to open, who stands on the roll, and what the agreement says about it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clusters.actions import Answer, UnableToOpen, open_decision
from clusters.models import ClusterState, CountsAs, DecisionKind, DecisionState, MembershipState, Method
from people.models import Notice, PolicyUnit, PolicyValue, Scope
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import NOW, leave, make_decision, make_voters, user_of
from tests.people.makers import make_authority, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

OFFERS = [
    Answer(label="Care at Home", counts_as=CountsAs.OPTION),
    Answer(label="Kind Hands", counts_as=CountsAs.OPTION),
]


def test_puts_a_question_to_everybody_who_is_a_member_now() -> None:
    members = make_voters(count=4)
    leaving = members.pop()
    leave(leaving, state=MembershipState.ON_NOTICE, on=NOW.date())
    decision = make_decision(members)
    assert {entry.membership for entry in decision.roll.all()} == set(members)
    assert all(entry.is_payer for entry in decision.roll.all())
    assert [answer.label for answer in decision.options.all()] == ["Yes", "No", "Not sure"]
    assert (decision.state, decision.opened_by) == (DecisionState.OPEN, user_of(members[0]).label)


def test_tells_everybody_on_the_roll_once() -> None:
    members = make_voters()
    make_decision(members)
    told = Notice.objects.filter(kind="clusters_decision_opened")
    assert {notice.person for notice in told} == {member.person for member in members}
    assert "kettle" in told[0].words
    assert "Monday 11 May 2026 at 5pm" in told[0].words
    assert "kettle" not in told[0].subject


def test_says_who_has_no_money_in_the_pool() -> None:
    members = make_voters(count=2)
    members += [make_member(cluster=members[0].cluster, pledged={})]
    decision = make_decision(members)
    assert [entry.is_payer for entry in decision.roll.order_by("membership__ref")] == [True, True, False]


def test_follows_the_agreement() -> None:
    members = make_voters()
    agreement = members[0].cluster.agreements.create(
        version=2,
        is_loaded=True,
        money_method=Method.TWO_THIRDS,
        quorum_votes=3,
        quorum_of=4,
        voting_days=14,
        is_secret=True,
    )
    agreement.signed_date = date(2026, 5, 1)
    agreement.save(update_fields=["signed_date"])
    decision = make_decision(members)
    assert (decision.method, decision.quorum_votes, decision.quorum_of) == (Method.TWO_THIRDS, 3, 4)
    assert decision.is_secret
    assert decision.closes_at == datetime(2026, 5, 18, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 5, 4, 15, 59, tzinfo=UTC), datetime(2026, 5, 11, 16, tzinfo=UTC)),
        (datetime(2026, 5, 4, 16, 1, tzinfo=UTC), datetime(2026, 5, 12, 16, tzinfo=UTC)),
        (datetime(2026, 10, 23, 9, tzinfo=UTC), datetime(2026, 10, 30, 17, tzinfo=UTC)),
    ],
)
def test_ends_at_five_in_the_afternoon_and_never_early(at: datetime, ends: datetime) -> None:
    assert make_decision(make_voters(), at=at).closes_at == ends


def test_leaves_at_least_the_time_the_agreement_promises() -> None:
    members = make_voters()
    with pytest.raises(UnableToOpen, match="too little time"):
        make_decision(members, closes_at=NOW + timedelta(days=6))
    with pytest.raises(UnableToOpen, match="at most 28 days"):
        make_decision(members, closes_at=NOW + timedelta(days=29))
    assert make_decision(members, closes_at=NOW + timedelta(days=8)).closes_at == NOW + timedelta(days=8)


def test_where_people_practise_a_vote_lasts_minutes() -> None:
    members = make_voters()
    PolicyValue.objects.create(
        council=members[0].cluster.council,
        code="voting_minutes",
        value=5,
        unit=PolicyUnit.NUMBER,
        effective_date=date(2026, 1, 1),
        source="For practice",
    )
    with pytest.raises(UnableToOpen, match="too little time"):
        make_decision(members, closes_at=NOW + timedelta(minutes=4))
    assert make_decision(members).closes_at == NOW + timedelta(minutes=5)


def test_choosing_among_options_is_by_approval() -> None:
    members = make_voters()
    assert make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=OFFERS).method == Method.APPROVAL


@pytest.mark.parametrize(
    "kinds", [[CountsAs.NO], [CountsAs.YES, CountsAs.YES], [CountsAs.YES, CountsAs.OPTION], []]
)
def test_refuses_answers_that_could_not_be_counted(kinds: list[CountsAs]) -> None:
    options = [Answer(label=f"{number}", counts_as=kind) for number, kind in enumerate(kinds)]
    with pytest.raises(UnableToOpen, match="either a yes and a no, or a choice"):
        make_decision(make_voters(), options=options)


def test_a_helper_who_may_vote_for_a_member_can_ask_for_them() -> None:
    members = make_voters()
    robin = make_user(name="Robin Reed")
    authority = make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE])
    decision = open_decision(
        cluster=members[0].cluster,
        kind=DecisionKind.SPEND_RESERVE,
        question="A kettle?",
        why="",
        subject_id=None,
        by=robin,
        at=NOW,
    )
    assert decision.opened_by == authority.label_for


def test_nobody_else_can_ask() -> None:
    members = make_voters()
    cluster = members[0].cluster
    only_sees = make_user()
    make_authority(person=members[1].person, helper=only_sees, scopes=[Scope.SEE])
    others = make_voters(cluster=make_cluster(council=cluster.council))
    for stranger in (only_sees, user_of(others[0]), make_social_worker(council=cluster.council)):
        with pytest.raises(UnableToOpen, match="Only members of the cluster"):
            open_decision(
                cluster=cluster,
                kind=DecisionKind.SPEND_RESERVE,
                question="A kettle?",
                why="",
                subject_id=None,
                by=stranger,
                at=NOW,
            )


def test_is_open_only_once_at_a_time() -> None:
    members = make_voters()
    make_decision(members)
    with pytest.raises(UnableToOpen, match="deciding on this already"):
        make_decision(members)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (DecisionKind.SPEND_RESERVE, 3),
        (DecisionKind.CHOOSE_OFFER, 3),
        (DecisionKind.END_CONTRACT, 1),
        (DecisionKind.WIND_DOWN, 1),
    ],
)
def test_takes_a_group_but_for_the_ways_out(kind: DecisionKind, least: int) -> None:
    options = OFFERS if kind == DecisionKind.CHOOSE_OFFER else None
    more: dict[str, Any] = {"options": options} if options else {}
    assert make_decision(make_voters(count=least), kind=kind, **more).roll.count() == least
    if least > 1:
        with pytest.raises(UnableToOpen, match=f"At least {least} members"):
            make_decision(make_voters(count=least - 1), kind=kind, **more)


def test_who_is_to_leave_has_no_vote_on_it_but_is_told_why() -> None:
    members = make_voters()
    decision = make_decision(members, kind=DecisionKind.REMOVE, subject_id=members[2].pk)
    assert {entry.membership for entry in decision.roll.all()} == set(members[:2])
    heard = Notice.objects.get(kind="clusters_decision_about_you")
    assert heard.person == members[2].person
    assert "The old one leaks." in heard.words


def test_nobody_alone_puts_somebody_out() -> None:
    members = make_voters(count=2)
    with pytest.raises(UnableToOpen, match="At least 2 members"):
        make_decision(members, kind=DecisionKind.REMOVE, subject_id=members[1].pk)


def test_is_about_somebody_or_something_of_this_cluster() -> None:
    members = make_voters()
    stranger = make_member()
    for kind, subject in (
        (DecisionKind.REMOVE, stranger.pk),
        (DecisionKind.ADMIT, members[1].pk),
        (DecisionKind.CHANGE_AGREEMENT, stranger.cluster.agreements.get().pk),
        (DecisionKind.REMOVE, None),
    ):
        with pytest.raises(UnableToOpen, match="not there any more"):
            make_decision(members, kind=kind, subject_id=subject)


def test_founders_decide_while_it_forms() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    person = make_person(council=cluster.council, user=make_user())
    founder = cluster.memberships.create(person=person, ref="F-1", state=MembershipState.MEMBERS_AGREED)
    assert make_decision([founder]).roll.get().membership == founder


def test_asks_something() -> None:
    members = make_voters()
    with pytest.raises(UnableToOpen, match="Write down the question"):
        open_decision(
            cluster=members[0].cluster,
            kind=DecisionKind.SPEND_RESERVE,
            question="  ",
            why="",
            subject_id=None,
            by=user_of(members[0]),
            at=NOW,
        )
